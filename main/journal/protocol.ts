import type { CloseReason } from '../../shared/domain/outcome.ts';
import type { Archived } from './archive.ts';
import type { Backup } from './backup.ts';
import type {
  DayEntry,
  DaySummary,
  DifferenceKind,
  DifferenceRow,
  LoggedRow,
  ReconciliationRow,
  ReconciliationState,
  ReconciliationStep,
  Repair,
} from './day-rows.ts';
import type { RepairResult } from './reconciling.ts';
import type { Recovery } from './recover.ts';
import type { DecisionResult, ReturnRecordResult } from './decisions.ts';
import type { Note, PrintEntry } from './registers.ts';
import type { ClaimQuery, RecordGuards, StoreRecordResult } from './store.ts';
import type {
  Claim,
  DayTotal,
  Decision,
  DiskSpace,
  JournalCounts,
  JournalLine,
  NewTransaction,
  OpenPage,
  OpenQuery,
  OperatorRow,
  Settlement,
  Story,
  TransactionRow,
} from './rows.ts';

/** What the worker needs to open the journal. */
export interface OpenOptions {
  readonly folder: string;
  readonly environment: string;
  /** Names this run of the program; beside the monotonic time it orders events across clock jumps. */
  readonly bootId: string;
  /** Below this much free space on the disk nothing new is recorded, so that outcomes can still be written. */
  readonly reserveBytes: number;
}

/** Why a transaction is not on the disk. Nothing of it was kept. */
export type NotStoredReason = 'disk-full' | 'read-only' | 'disk-error' | 'queue-full' | 'stopping';

export type RecordResult =
  | Exclude<StoreRecordResult, { readonly kind: 'queue-full' }>
  | { readonly kind: 'not-stored'; readonly reason: NotStoredReason };

/** Every operation of the worker: its arguments and its result. Writing ones are grouped into commits. */
export interface Operations {
  record: { args: [entry: NewTransaction, guards: RecordGuards]; result: StoreRecordResult };
  claim: { args: [query: ClaimQuery]; result: Claim[] };
  release: { args: [claims: ReadonlyArray<Pick<Claim, 'seq' | 'maybeSentBeforeMs'>>]; result: void };
  settle: { args: [settlement: Settlement]; result: TransactionRow };
  park: { args: [seq: number, reason: string, atMs: number]; result: TransactionRow };
  clampDueTimes: { args: [latestMs: number]; result: number };
  makeAllDue: { args: [nowMs: number]; result: number };
  row: { args: [seq: number]; result: TransactionRow };
  find: { args: [callerKey: string]; result: TransactionRow | undefined };
  recent: { args: [limit: number]; result: TransactionRow[] };
  counts: { args: []; result: JournalCounts & { readonly space: DiskSpace } };
  nextDueAtMs: { args: []; result: number | null };
  // Decisions of people.
  recordReturn: {
    args: [entry: NewTransaction, guards: RecordGuards, returnsSeen: number];
    result: ReturnRecordResult;
  };
  cancel: { args: [seq: number, reason: CloseReason, decision: Decision]; result: DecisionResult };
  writeOff: { args: [seq: number, decision: Decision]; result: DecisionResult };
  sendAgain: { args: [seq: number, decision: Decision]; result: DecisionResult };
  foundCredited: {
    args: [seq: number, milesAmount: number | undefined, decision: Decision];
    result: DecisionResult;
  };
  correct: {
    args: [seq: number, entry: NewTransaction, guards: RecordGuards, decision: Decision];
    result: StoreRecordResult | { readonly kind: 'not-possible' };
  };
  // What people ask.
  byReference: { args: [reference: string]; result: TransactionRow | undefined };
  returnsOf: { args: [seq: number]; result: TransactionRow[] };
  salesOf: {
    args: [collectorNumber: string, day: string | undefined, limit: number];
    result: TransactionRow[];
  };
  dayPage: { args: [day: string, afterSeq: number, limit: number]; result: TransactionRow[] };
  dayTotals: { args: [day: string]; result: DayTotal[] };
  story: { args: [seq: number]; result: Story | undefined };
  requestOf: { args: [seq: number]; result: Uint8Array | undefined };
  lines: { args: [what: string, limit: number]; result: JournalLine[] };
  openPage: { args: [query: OpenQuery]; result: OpenPage };
  // What is kept beside transactions.
  operators: { args: []; result: OperatorRow[] };
  saveOperator: { args: [row: OperatorRow, note: Omit<Note, 'seq'>]; result: void };
  renewPinHash: { args: [id: string, from: string, to: string, note: Omit<Note, 'seq'>]; result: boolean };
  operatorTried: { args: [id: string, failures: number, lockedUntilMs: number]; result: void };
  keepOfferTable: { args: [hash: string, text: string]; result: void };
  offerTable: { args: [hash: string]; result: string | undefined };
  note: { args: [line: Note]; result: void };
  recordPrint: { args: [entry: PrintEntry]; result: void };
  printsOf: { args: [seq: number]; result: JournalLine[] };
  // Whole days, and reconciling them.
  daySummary: { args: [day: string]; result: DaySummary };
  days: { args: [limit: number]; result: DayEntry[] };
  owedPage: { args: [day: string, afterSeq: number, limit: number]; result: TransactionRow[] };
  logPage: { args: [day: string, afterSeq: number, limit: number]; result: LoggedRow[] };
  closingsOf: { args: [day: string]; result: JournalLine[] };
  beginReconciliation: { args: [day: string, atMs: number, actor: string | null]; result: ReconciliationRow };
  latestReconciliation: { args: [day: string]; result: ReconciliationRow | undefined };
  unfinishedReconciliation: { args: []; result: ReconciliationRow | undefined };
  collectorsOfDay: {
    args: [day: string, after: string, limit: number];
    result: { collectorNumber: string; rows: TransactionRow[] }[];
  };
  unknownReferences: { args: [references: readonly string[]]; result: string[] };
  reconciled: { args: [step: ReconciliationStep, decision: Decision]; result: ReconciliationRow };
  markReconciliation: {
    args: [id: number, state: ReconciliationState, reason: string | null, atMs: number];
    result: ReconciliationRow;
  };
  differences: { args: [reconciliation: number, limit: number, offset: number]; result: DifferenceRow[] };
  differenceCounts: {
    args: [reconciliation: number];
    result: { kind: DifferenceKind; count: number; open: number }[];
  };
  repair: { args: [id: number, how: Repair, decision: Decision]; result: RepairResult };
  /** Copies the journal in use into a folder, checks the copy, keeps the newest `keep`. */
  backUp: { args: [folder: string, keep: number, nowMs: number]; result: Backup };
  /** Moves what is final and older into an archive in a folder; undefined when nothing is due. */
  archive: { args: [folder: string, beforeMs: number]; result: Archived | undefined };
}
export type OperationName = keyof Operations;

export type Request =
  | {
      [Name in OperationName]: {
        readonly id: number;
        readonly name: Name;
        readonly args: Operations[Name]['args'];
      };
    }[OperationName]
  | { readonly id: number; readonly name: 'close'; readonly args: [] };

/** A commit that failed fails every operation in it; `diskFault` is set where the disk and not the code is to blame. */
export type Reply =
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | {
      readonly id: number;
      readonly kind: 'failed';
      readonly diskFault: NotStoredReason | undefined;
      readonly message: string;
    };

export type Opened =
  | { readonly kind: 'opened'; readonly recovery: Recovery | undefined }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };
