import { z } from 'zod';
import { verdicts } from '../domain/verdict.ts';

/** What doctor looks at, in the order of its numbers. */
export const checkIds = [
  'version',
  'settings',
  'folder',
  'disk',
  'journal',
  'queue',
  'backups',
  'time-zone',
  'secrets',
  'proxy',
  'dns',
  'tcp',
  'tls',
  'clock',
  'token',
  'api',
  'scanner',
  'printer',
] as const;
export type CheckId = (typeof checkIds)[number];

/** What was found, as a stable word: the sentence for it stands in the catalogues, under `doctor.<check>.<word>`. */

export const Finding = z.strictObject({
  number: z.int().min(1),
  check: z.enum(checkIds),
  verdict: z.enum(verdicts),
  code: z.string().max(60),
  /** What the sentence tells besides. */
  facts: z.record(z.string(), z.string().max(500)),
});
export type Finding = z.output<typeof Finding>;

const Desk = z.strictObject({
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  hours: z.string().optional(),
});

export const SupportContact = z.strictObject({
  partnerDesk: Desk,
  programmeDesk: Desk,
  escalation: z.array(z.string()),
});
export type SupportContact = z.output<typeof SupportContact>;

export const DoctorReport = z.strictObject({
  madeAtMs: z.int(),
  version: z.string(),
  environment: z.string(),
  store: z.string(),
  findings: z.array(Finding),
  support: SupportContact,
});
export type DoctorReport = z.output<typeof DoctorReport>;

const Percentiles = z.strictObject({ p50: z.number(), p95: z.number() });
const Count = z.int().min(0);

/** One day in figures, as this terminal saw it. Durations are milliseconds. */
export const DayFigures = z.strictObject({
  day: z.iso.date(),
  sales: Count,
  outcomes: z.record(z.string(), Count),
  deviceFaults: Count,
  calls: Count,
  /** Refusals of one transaction: AIR MILES was there. */
  refused: Count,
  /** No answer, or one that says AIR MILES fails. */
  failed: Count,
  /** Could not leave the store: not held against AIR MILES. */
  ownNetwork: Count,
  /** Of the calls that could leave the store, how many AIR MILES answered well; 0 to 1. */
  availability: z.number().min(0).max(1).optional(),
  pressToStored: Percentiles.optional(),
  pressToCredited: Percentiles.optional(),
  latency: Percentiles.optional(),
});
export type DayFigures = z.output<typeof DayFigures>;

const BundleFile = z.strictObject({ name: z.string(), bytes: Count });
export type BundleFile = z.output<typeof BundleFile>;

const Nothing = z.strictObject({});

/** Doctor, figures and the support bundle. Looking takes longer than a call may: it is started, then read. */
export const doctorCalls = {
  'doctor.start': { input: Nothing, output: Nothing },
  'doctor.read': {
    input: Nothing,
    output: z.strictObject({ isLooking: z.boolean(), report: DoctorReport.optional() }),
  },
  'support.contact': { input: Nothing, output: SupportContact },
  /** Gathers a bundle and lists it; nothing is saved yet. */
  'support.prepare': { input: Nothing, output: z.strictObject({ files: z.array(BundleFile) }) },
  'support.save': {
    input: Nothing,
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('saved'), path: z.string() }),
      z.strictObject({ kind: z.literal('not-saved'), code: z.string() }),
      z.strictObject({ kind: z.literal('nothing-prepared') }),
    ]),
  },
  'metrics.read': {
    input: Nothing,
    output: z.strictObject({
      days: z.array(DayFigures),
      queue: z.strictObject({ depth: Count, oldestAgeMs: Count }),
    }),
  },
} as const;

/** What a page tried that its policy, or its window, does not allow. */
export const pageCalls = {
  'page.refused': {
    input: z.strictObject({
      reason: z.enum(['policy', 'navigation']),
      /** The part of the policy: `connect-src`. */
      directive: z
        .string()
        .regex(/^[a-z-]{1,40}$/)
        .optional(),
      /** Where to, or `inline` or `eval`; all but its origin is dropped. */
      target: z.string().max(2000),
    }),
    output: Nothing,
  },
} as const;

/** The way out of a screen that is locked to Milepost. */
export const lockdownCalls = {
  'lockdown.read': {
    input: Nothing,
    output: z.strictObject({
      /** `browser`: nothing is locked there, the browser host is for development and demonstrations. */
      host: z.enum(['electron', 'browser']),
      isKiosk: z.boolean(),
      platform: z.enum(['windows', 'linux', 'macos', 'other']),
    }),
  },
  'lockdown.leave': {
    input: z.strictObject({ approval: z.string().max(200).optional() }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('left') }),
      z.strictObject({ kind: z.literal('not-locked') }),
      z.strictObject({ kind: z.literal('approval-needed') }),
    ]),
  },
} as const;
