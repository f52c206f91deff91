import type { DayTotal, DeliveryState, TransactionRow } from './rows.ts';
import type { TransactionKind } from '../../shared/domain/transaction-kind.ts';

/** What one offer came to in one kind of transaction and state, where the partner states its Miles. */
export interface OfferTotal {
  readonly offerCode: string;
  readonly kind: TransactionKind;
  readonly state: DeliveryState;
  readonly count: number;
  readonly milesAmount: number;
}

export interface DaySummary {
  /** Miles are those credited or taken back, else those the stored request states. */
  readonly totals: readonly DayTotal[];
  readonly offers: readonly OfferTotal[];
  /** Due or waiting for a person, of days before this one. */
  readonly earlierOwed: number;
}

/** One Transaction Day in the list of days. */
export interface DayEntry {
  readonly day: string;
  readonly count: number;
}

/** A transaction with the bytes it is sent as. */
export interface LoggedRow extends TransactionRow {
  readonly request: Uint8Array;
  /** Of a return: the reference of what it takes back. */
  readonly originalReference: string | null;
}

export type ReconciliationState = 'running' | 'paused' | 'cancelled' | 'finished';
export type DifferenceKind = 'missing-there' | 'missing-here' | 'different' | 'not-asked';

/** How far a reconciliation has come, and what it found. */
export interface ReconciliationRow {
  readonly id: number;
  readonly day: string;
  readonly startedAtMs: number;
  readonly actor: string | null;
  readonly state: ReconciliationState;
  /** Why it is paused. */
  readonly reason: string | null;
  readonly lastCollector: string;
  readonly collectors: number;
  readonly asked: number;
  readonly matched: number;
  /** Accepted, and not there yet: they may show up later. */
  readonly awaited: number;
  /** Found there, and credited here because of it. */
  readonly credited: number;
  readonly endedAtMs: number | null;
}

export interface NewDifference {
  readonly kind: DifferenceKind;
  readonly seq: number | null;
  readonly collectorNumber: string;
  readonly reference: string | null;
  readonly milesHere: number | null;
  readonly milesThere: number | null;
  readonly detail: string | null;
}

export interface DifferenceRow extends NewDifference {
  /** Of its transaction here, where there is one. */
  readonly transactionKind: TransactionKind | null;
  readonly originalSeq: number | null;
  readonly id: number;
  readonly reconciliation: number;
  readonly repairedAs: string | null;
  readonly repairedAtMs: number | null;
}

/** What asking about some Collectors came to: written in one commit with how far it has come. */
export interface ReconciliationStep {
  readonly id: number;
  readonly lastCollector: string;
  readonly asked: number;
  readonly matched: number;
  readonly awaited: number;
  readonly differences: readonly NewDifference[];
  /** Accepted or in doubt here, and found there. `milesAmount` positive. */
  readonly found: ReadonlyArray<{ readonly seq: number; readonly milesAmount: number | undefined }>;
}

/** What can be done about a difference in one step. */
export const repairs = ['send-again', 'park', 'take-theirs', 'note'] as const;
export type Repair = (typeof repairs)[number];
