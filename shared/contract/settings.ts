import { z } from 'zod';

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
