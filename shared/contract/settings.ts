import { z } from 'zod';
import { Reason } from '../domain/reasons.ts';

/** Where a value can come from, lowest first: a higher one hides a lower one, unless the policy locks the key. */
export const layerNames = ['defaults', 'policy', 'store', 'terminal', 'environment'] as const;
export type LayerName = (typeof layerNames)[number];

const Place = z.strictObject({
  layer: z.enum(layerNames),
  /** The file or the variable. */
  source: z.string(),
  line: z.int().min(1).optional(),
  /** JSON; in words where a value is nobody's business. */
  value: z.string(),
});

const SettingKind = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), options: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('number'), minimum: z.number(), maximum: z.number() }),
  z.strictObject({ kind: z.literal('text') }),
  z.strictObject({ kind: z.literal('yes-no') }),
  /** A list or a record: shown, and changed in a file only. */
  z.strictObject({ kind: z.literal('structure') }),
]);

/** One setting as a person sees it: its value, where that came from, and what it hides. */
export const SettingView = z.strictObject({
  key: z.string(),
  description: z.strictObject({ 'en-CA': z.string(), 'fr-CA': z.string() }).optional(),
  kind: SettingKind,
  holds: Place,
  hides: z.array(Place),
  isLocked: z.boolean(),
  /** Set in this terminal's own layer since the start: holds from the next start on. */
  isWaiting: z.boolean(),
});
export type SettingView = z.output<typeof SettingView>;

const SecretView = z.strictObject({
  name: z.enum([
    'client-secret',
    'api-key',
    'client-key',
    'client-key-passphrase',
    'proxy-credentials',
    'pin-pepper',
  ]),
  state: z.enum(['sealed', 'owner-only-file', 'environment', 'missing']),
  /** Until when the one before it is tried as well. */
  oldAcceptedUntil: z.iso.datetime().optional(),
});
export type SecretView = z.output<typeof SecretView>;

const Nothing = z.strictObject({});

const secretNames = SecretView.shape.name.options;

/** What an approval by PIN gave, good for one action; left out by who is signed in with the right. */
const Approval = z.string().max(200).optional();

export const settingsCalls = {
  'settings.list': {
    input: Nothing,
    output: z.strictObject({
      settings: z.array(SettingView),
      secrets: z.array(SecretView),
      files: z.strictObject({ policy: z.string(), store: z.string(), terminal: z.string() }),
    }),
  },
  /** Sets one key of this terminal's own layer for the next start, as JSON; null takes it out again. */
  'settings.change': {
    input: z.strictObject({
      key: z.string().max(100),
      value: z.string().max(2000).nullable(),
      approval: Approval,
    }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('changed') }),
      z.strictObject({ kind: z.literal('refused'), reason: Reason }),
      z.strictObject({ kind: z.literal('locked') }),
      z.strictObject({ kind: z.literal('not-written'), code: z.string() }),
      z.strictObject({ kind: z.literal('approval-needed') }),
    ]),
  },
  'secrets.enter': {
    input: z.strictObject({
      name: z.enum(secretNames),
      value: z.string().min(1).max(20_000),
      oldAcceptedUntil: z.iso.datetime().optional(),
      approval: Approval,
    }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('kept') }),
      z.strictObject({ kind: z.literal('not-kept'), code: z.string() }),
      z.strictObject({ kind: z.literal('approval-needed') }),
    ]),
  },
} as const;
