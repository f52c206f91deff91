import { z } from 'zod';
import { dayGroups, dayStates } from '../domain/day-totals.ts';
import { outcomeReasons, outcomes } from '../domain/outcome.ts';
import { transactionKinds } from '../domain/transaction-kind.ts';
import { Language } from './views.ts';

const Day = z.iso.date();
const Count = z.int().min(0);
const Approval = z.string().max(64).optional();
const approvalNeeded = z.strictObject({ kind: z.literal('approval-needed') });

const Figure = z.strictObject({
  group: z.enum(dayGroups),
  state: z.enum(dayStates),
  count: Count,
  /** Negative where Miles were taken back. */
  milesAmount: z.int(),
  milesUnknown: Count,
  preTaxCents: z.int(),
});
const Offer = z.strictObject({
  offerCode: z.string(),
  count: Count,
  issuedMiles: z.int(),
  returnedMiles: z.int(),
});

/** A return that a manager keyed from the paper: its sale is not known here. */
const IsWithoutOriginal = z.literal(true).optional();

/** What of a day is not final, and why. */
const Owed = z.strictObject({
  reference: z.string(),
  kind: z.enum(transactionKinds),
  collectorMasked: z.string(),
  preTaxCents: z.int(),
  milesAmount: z.int().optional(),
  outcome: z.enum(outcomes),
  reason: z.enum(outcomeReasons).optional(),
  isWithoutOriginal: IsWithoutOriginal,
});
export type Owed = z.output<typeof Owed>;

/** A closing as it was signed; it stands in the audit chain. */
export const Closing = z.strictObject({
  day: Day,
  closedAtMs: z.int(),
  /** Null where the store works without operators. */
  closedBy: z.string().nullable(),
  language: Language,
  /** Closed before the Transaction Day was over. */
  isEarly: z.boolean(),
  figures: z.array(Figure),
  offers: z.array(Offer),
  owedCount: Count,
  /** What is carried over, by name; no more than are worth printing. */
  owed: z.array(Owed),
  earlierOwed: Count,
});
export type Closing = z.output<typeof Closing>;

export const reconciliationReasons = [
  'no-answer',
  'token-refused',
  'not-allowed',
  'request-refused',
  'journal',
] as const;
export type ReconciliationReason = (typeof reconciliationReasons)[number];

export const Reconciliation = z.strictObject({
  id: z.int(),
  day: Day,
  startedAtMs: z.int(),
  state: z.enum(['running', 'paused', 'cancelled', 'finished']),
  /** Why it is paused, and in the far end's own words. */
  reason: z.enum(reconciliationReasons).optional(),
  reasonDetail: z.string().optional(),
  collectors: Count,
  asked: Count,
  matched: Count,
  /** Accepted, and not there yet. */
  awaited: Count,
  /** Found there, and credited here because of it. */
  credited: Count,
  /** Differences found, and how many of them nobody has dealt with. */
  differences: Count,
  open: Count,
});
export type Reconciliation = z.output<typeof Reconciliation>;

export const repairKinds = ['send-again', 'park', 'take-theirs', 'note'] as const;
export type RepairKind = (typeof repairKinds)[number];

export const Difference = z.strictObject({
  id: z.int(),
  kind: z.enum(['missing-there', 'missing-here', 'different', 'not-asked']),
  collectorMasked: z.string(),
  reference: z.string().optional(),
  milesHere: z.int().optional(),
  milesThere: z.int().optional(),
  detail: z.string().optional(),
  isWithoutOriginal: IsWithoutOriginal,
  /** What can be done about it, the likeliest first; nothing once it was dealt with. */
  repairs: z.array(z.enum(repairKinds)),
  repairedAs: z.enum(repairKinds).optional(),
});
export type Difference = z.output<typeof Difference>;

export const DayOverview = z.strictObject({
  day: Day,
  isOver: z.boolean(),
  figures: z.array(Figure),
  offers: z.array(Offer),
  owedCount: Count,
  /** The first of them. */
  owed: z.array(Owed),
  earlierOwed: Count,
  closing: Closing.optional(),
  /** Recorded on that day after it was closed. */
  sinceClosing: Count,
  /** Whether Transaction History can be asked: the settings name the sponsor codes. */
  canReconcile: z.boolean(),
  reconciliation: Reconciliation.optional(),
  reportFolder: z.string(),
  exportFolder: z.string(),
});
export type DayOverview = z.output<typeof DayOverview>;

const DayFile = z.strictObject({
  kind: z.literal('file'),
  name: z.string(),
  folder: z.string(),
  mediaType: z.string(),
  /** Base64. */
  content: z.string(),
});

/** Closing the Transaction Day: totals, what is owed, sign-off, reconciling, the partner's log. */
export const dayCalls = {
  'day.list': {
    input: z.strictObject({}),
    output: z.strictObject({
      today: Day,
      days: z.array(z.strictObject({ day: Day, count: Count, isClosed: z.boolean() })),
    }),
  },
  'day.overview': { input: z.strictObject({ day: Day }), output: DayOverview },
  /** Signs a day off. `isKnowingly`: whoever asks has seen what is still owed and carries it over. */
  'day.close': {
    input: z.strictObject({ day: Day, isKnowingly: z.boolean(), language: Language, approval: Approval }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('closed'),
        closing: Closing,
        /** False where the report could not be written; the day is closed all the same. */
        isReportWritten: z.boolean(),
      }),
      z.strictObject({ kind: z.literal('owed'), count: Count }),
      z.strictObject({ kind: z.literal('already-closed') }),
      z.strictObject({ kind: z.literal('not-begun') }),
      approvalNeeded,
    ]),
  },
  /** The report of a closed day, written into its folder again and given to be saved or printed. */
  'day.report': {
    input: z.strictObject({ day: Day, format: z.enum(['pdf', 'csv']), language: Language }),
    output: z.discriminatedUnion('kind', [DayFile, z.strictObject({ kind: z.literal('not-closed') })]),
  },
  /** The partner's transaction log of a day. Collector Numbers are in full in it: a manager's to make. */
  'day.export': {
    input: z.strictObject({ day: Day, format: z.enum(['csv', 'jsonl']), approval: Approval }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('written'),
        file: z.string(),
        sha256: z.string(),
        count: Count,
        /** False where the same file lay there already. */
        isNew: z.boolean(),
      }),
      z.strictObject({ kind: z.literal('not-written'), folder: z.string() }),
      approvalNeeded,
    ]),
  },
  /** Begins to reconcile a day, or goes on with what was begun. */
  'day.reconcile': {
    input: z.strictObject({ day: Day, approval: Approval }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('started'), reconciliation: Reconciliation }),
      z.strictObject({
        kind: z.literal('not-possible'),
        reason: z.enum(['no-sponsor-codes', 'nothing-recorded', 'other-day']),
        day: Day.optional(),
      }),
      approvalNeeded,
    ]),
  },
  'day.cancelReconciling': { input: z.strictObject({}), output: z.strictObject({}) },
  'day.differences': {
    input: z.strictObject({ reconciliation: z.int(), offset: Count, limit: z.int().min(1).max(200) }),
    output: z.strictObject({ differences: z.array(Difference) }),
  },
  'day.repair': {
    input: z.strictObject({
      difference: z.int(),
      how: z.enum(repairKinds),
      why: z.string().max(300),
      approval: Approval,
    }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('done'), difference: Difference }),
      z.strictObject({ kind: z.literal('not-possible'), difference: Difference }),
      approvalNeeded,
    ]),
  },
} as const;
