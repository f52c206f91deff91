import type { EntryMode } from '../../shared/domain/collector-number.ts';
import type { CloseReason, Outcome, OutcomeReason } from '../../shared/domain/outcome.ts';
import type { TransactionKind } from '../../shared/domain/transaction-kind.ts';
import type { OperatorRole } from '../../shared/domain/operator.ts';
import type { StoredAttempt } from './stored-rows.ts';

/** What the programme's table asks for after a failure: the first try and at least two more. */
export const MINIMUM_ATTEMPTS = 3;

/** A transaction about to be recorded. `request` is sent as it stands, for ever. */
export interface NewTransaction {
  /** The caller's own name for it: recording the same key again finds the first. */
  readonly callerKey: string;
  /** UUID v4, made once, sent as the Idempotency-Key with every attempt. */
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly kind: TransactionKind;
  /** The sale a return belongs to: the return is sent only after it was credited or accepted. */
  readonly originalSeq: number | undefined;
  readonly collectorNumber: string;
  readonly entryMode: EntryMode;
  readonly preTaxCents: number;
  readonly postTaxCents: number;
  readonly transactionDay: string;
  readonly recordedAtMs: number;
  readonly monotonicMs: number;
  /** Whatever else was known when it was recorded, as JSON. */
  readonly details: string;
  readonly request: Uint8Array;
}

export type DeliveryState = 'due' | 'credited' | 'accepted' | 'needs-manager' | 'cancelled' | 'written-off';

/** A recorded transaction with its delivery, without its request bytes. */
export interface TransactionRow {
  readonly seq: number;
  readonly callerKey: string;
  readonly reference: string;
  readonly kind: TransactionKind;
  /** Of a return: the sale it takes back. */
  readonly originalSeq: number | null;
  readonly collectorNumber: string;
  readonly entryMode: EntryMode;
  readonly preTaxCents: number;
  readonly postTaxCents: number;
  readonly transactionDay: string;
  readonly recordedAtMs: number;
  /** JSON, as it was recorded. */
  readonly details: string;
  readonly state: DeliveryState;
  readonly reason: OutcomeReason | null;
  readonly closedAs: CloseReason | null;
  readonly detail: string | null;
  readonly attempts: number;
  readonly dueAtMs: number;
  readonly maybeSentAtMs: number | null;
  readonly milesAmount: number | null;
  readonly balanceMiles: number | null;
  readonly settledAtMs: number | null;
}

/** A person's decision: who, when and why stand in the audit chain. */
export interface Decision {
  readonly atMs: number;
  /** The operator's name; null where the store works without operators. */
  readonly actor: string | null;
  readonly why: string;
}

/** One line of the audit chain. */
export interface JournalLine {
  readonly id: number;
  readonly seq: number | null;
  readonly atMs: number;
  readonly what: string;
  readonly actor: string | null;
  /** JSON. */
  readonly detail: string;
}

/** Everything the journal knows of one transaction. */
export interface Story {
  readonly row: TransactionRow;
  readonly attempts: readonly StoredAttempt[];
  readonly lines: readonly JournalLine[];
}

/** What is not final, as the board lists it. */
export type OpenState = Extract<DeliveryState, 'due' | 'needs-manager' | 'accepted'>;

export interface OpenQuery {
  readonly states: readonly OpenState[];
  /** Matches a reference's beginning or a Collector Number's end; undefined matches everything. */
  readonly search: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface OpenPage {
  /** Oldest first. */
  readonly rows: readonly TransactionRow[];
  /** How many of each state match, whichever states were asked for. */
  readonly counts: Readonly<Record<OpenState, number>>;
  /** How many match in the states asked for, all pages together. */
  readonly total: number;
}

/** What one kind of transaction in one state came to on a Transaction Day. */
export interface DayTotal {
  readonly kind: TransactionKind;
  readonly state: DeliveryState;
  readonly count: number;
  readonly milesAmount: number;
  /** How many of them have no Miles known. */
  readonly milesUnknown: number;
  readonly preTaxCents: number;
}

export interface OperatorRow {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
  /** Never leaves main. */
  readonly pinHash: string;
  readonly isActive: boolean;
  readonly failures: number;
  readonly lockedUntilMs: number;
}

/** What the forwarder needs to send one transaction. */
export interface Claim {
  readonly seq: number;
  readonly kind: TransactionKind;
  readonly idempotencyKey: string;
  readonly collectorNumber: string;
  readonly request: Uint8Array;
  readonly attempts: number;
  /** When it was first sent in a way that may have arrived, before this claim; null when it surely never was. */
  readonly maybeSentBeforeMs: number | null;
}

/** One attempt and what it means for the transaction, committed together. */
export interface Settlement {
  readonly seq: number;
  readonly startedAtMs: number;
  readonly elapsedMs: number;
  readonly status: number | undefined;
  /** A stable word for the attempt's result: an outcome or a reason. */
  readonly code: Outcome | OutcomeReason;
  readonly detail: string | undefined;
  readonly serverDateMs: number | undefined;
  readonly next:
    | {
        readonly kind: 'credited';
        readonly milesAmount: number | undefined;
        readonly balanceMiles: number | undefined;
      }
    | { readonly kind: 'accepted' }
    | { readonly kind: 'needs-manager'; readonly reason: OutcomeReason }
    | {
        readonly kind: 'due';
        readonly reason: OutcomeReason;
        readonly dueAtMs: number;
        readonly surelyNotSent: boolean;
      };
  readonly answer: Uint8Array | undefined;
}

export interface JournalCounts {
  readonly due: number;
  readonly needsManager: number;
  /** When the oldest due transaction was recorded. */
  readonly oldestDueAtMs: number | null;
}

/** How much room is left on the journal's disk. `full`: nothing new is recorded; `low`: soon. */
export type DiskSpace = 'well' | 'low' | 'full';
