import { z } from 'zod';
import { closeReasons, openOutcomes, outcomeReasons, outcomes } from '../domain/outcome.ts';
import { notStoredReasons } from './not-stored.ts';
import { printStates, printTroubles } from './receipts.ts';
import { IssueRefusal } from './refusals.ts';
import { Sale, TaxesInput } from './views.ts';

export const OpenOutcome = z.enum(openOutcomes);
export type OpenOutcome = z.output<typeof OpenOutcome>;

const Seq = z.int().min(1);
const InstantMs = z.int().min(0);
const Count = z.int().min(0);
/** What an approval by PIN gave, good for one action. */
const Approval = z.string().max(64).optional();
const Why = z.string().trim().max(300);

/** What a person can do about a transaction as it stands. */
export const decisionKinds = ['correct', 'check', 'send-again', 'send-now', 'write-off', 'cancel'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

const Actor = z.string().optional();

/** One thing that happened to a transaction. The renderer has a sentence for each. */
const StoryLine = z.discriminatedUnion('kind', [
  /** `inPlaceOf`: the reference of the refused transaction it corrects. */
  z.strictObject({
    kind: z.literal('stored'),
    atMs: InstantMs,
    actor: Actor,
    why: z.string().optional(),
    inPlaceOf: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('attempt'),
    atMs: InstantMs,
    number: z.int().min(1),
    elapsedMs: z.int().min(0),
    /** An outcome, or the reason why there was none. */
    code: z.enum([...outcomes, ...outcomeReasons]),
    status: z.int().optional(),
    detail: z.string().optional(),
  }),
  /** Handed to a person without another attempt: its key may have lapsed, or reconciling its day did not find it there. */
  z.strictObject({
    kind: z.literal('parked'),
    atMs: InstantMs,
    actor: Actor,
    isMissingThere: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal('checked'), atMs: InstantMs, actor: Actor }),
  z.strictObject({
    kind: z.literal('found'),
    atMs: InstantMs,
    actor: Actor,
    milesAmount: z.int().optional(),
  }),
  z.strictObject({ kind: z.literal('sent-again'), atMs: InstantMs, actor: Actor }),
  /** `by`: the reference of what was recorded in its place. */
  z.strictObject({
    kind: z.literal('closed'),
    atMs: InstantMs,
    actor: Actor,
    closedAs: z.enum(closeReasons),
    why: z.string().optional(),
    by: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('print'),
    atMs: InstantMs,
    state: z.enum(printStates),
    trouble: z.enum(printTroubles).optional(),
  }),
  /** Reconciling its day found other Miles there, and a person took those over. */
  z.strictObject({
    kind: z.literal('miles-taken-over'),
    atMs: InstantMs,
    actor: Actor,
    why: z.string().optional(),
    milesHere: z.int().nullable(),
    milesThere: z.int(),
  }),
  /** Reconciling its day found a difference, and a person noted why that is right. */
  z.strictObject({
    kind: z.literal('difference-noted'),
    atMs: InstantMs,
    actor: Actor,
    why: z.string().optional(),
  }),
  /** A line that this version has no sentence for. */
  z.strictObject({ kind: z.literal('other'), atMs: InstantMs, actor: Actor }),
  /** A return of it was recorded; `outcome` is where that stands now. */
  z.strictObject({
    kind: z.literal('returned'),
    atMs: InstantMs,
    reference: z.string(),
    outcome: z.enum([...outcomes, 'closed']),
    milesAmount: z.int().optional(),
  }),
]);
export type StoryLine = z.output<typeof StoryLine>;

const StoryReply = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('story'),
    sale: Sale,
    /** Of a return: the reference of its sale. */
    originalReference: z.string().optional(),
    taxes: TaxesInput,
    excludedCents: z.int().min(0),
    /** In the order of time. */
    lines: z.array(StoryLine),
    decisions: z.array(z.enum(decisionKinds)),
    /** The settings name no sponsor codes, so AIR MILES can not be asked. */
    isCheckOff: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('unknown') }),
]);
export type Story = Extract<z.output<typeof StoryReply>, { kind: 'story' }>;

const ApprovalNeeded = z.strictObject({ kind: z.literal('approval-needed') });
/** It changed meanwhile. Nothing was done. */
const NotPossible = z.strictObject({ kind: z.literal('not-possible') });
const Done = z.strictObject({ kind: z.literal('done') });
const DecisionReply = z.discriminatedUnion('kind', [Done, NotPossible, ApprovalNeeded]);

/** Why AIR MILES could not be asked what it has. */
export const checkTroubles = ['no-sponsor-codes', 'busy', 'refused', 'too-many', ...outcomeReasons] as const;
export type CheckTrouble = (typeof checkTroubles)[number];

/** The board: what is owed, and what needs a person. */
export const boardCalls = {
  /** A window of what is not final, oldest first, and how many there are. */
  'board.page': {
    input: z.strictObject({
      /** Empty means all of them. */
      outcomes: z.array(OpenOutcome).max(openOutcomes.length),
      /** A reference's beginning or a Collector Number's last digits. */
      search: z.string().max(64),
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    output: z.strictObject({
      rows: z.array(Sale),
      /** Of everything that matches the search, whatever the filter. */
      counts: z.strictObject({ stored: Count, 'needs-manager': Count, accepted: Count }),
      total: Count,
    }),
  },
  /** One transaction's whole life, and what can be done about it. */
  'board.story': { input: z.strictObject({ seq: Seq }), output: StoryReply },
  /** A corrected sale in the place of a refused one. Its Collector is kept where none is given. */
  'board.correct': {
    input: z.strictObject({
      seq: Seq,
      saleKey: z.uuid(),
      collectorText: z.string().max(64).optional(),
      preTaxCents: z.int(),
      /** Of `preTaxCents`, what earns nothing. */
      excludedCents: z.int().min(0),
      taxes: TaxesInput,
      why: Why,
      approval: Approval,
    }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('recorded'), sale: Sale }),
      z.strictObject({ kind: z.literal('refused'), refusals: z.array(IssueRefusal).min(1) }),
      z.strictObject({ kind: z.literal('not-stored'), reason: z.enum(notStoredReasons) }),
      NotPossible,
      ApprovalNeeded,
    ]),
  },
  /** Asks Transaction History. Found: credited. Not found: it may be sent again. */
  'board.check': {
    input: z.strictObject({ seq: Seq, approval: Approval }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('found'), milesAmount: z.int().optional() }),
      z.strictObject({ kind: z.literal('not-found') }),
      z.strictObject({
        kind: z.literal('unavailable'),
        trouble: z.enum(checkTroubles),
        detail: z.string().optional(),
      }),
      NotPossible,
      ApprovalNeeded,
    ]),
  },
  /** With the same key and bytes; only after a check that did not find it. */
  'board.sendAgain': {
    input: z.strictObject({ seq: Seq, approval: Approval }),
    output: DecisionReply,
  },
  /** Now, and not when its turn comes. Decides nothing, so it needs nobody. */
  'board.sendNow': {
    input: z.strictObject({ seq: Seq }),
    output: z.discriminatedUnion('kind', [Done, NotPossible]),
  },
  'board.writeOff': {
    input: z.strictObject({ seq: Seq, why: Why.min(3), approval: Approval }),
    output: DecisionReply,
  },
  'board.cancel': {
    input: z.strictObject({ seq: Seq, why: Why.min(3), approval: Approval }),
    output: DecisionReply,
  },
} as const;
