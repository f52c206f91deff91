import type { AuditLine } from './chain.ts';
import type { NewTransaction } from './rows.ts';

/** Columns of a transaction in the file, under the names the rest of the journal uses. */
export const STORED_TRANSACTION = `seq, caller_key AS callerKey, idempotency_key AS idempotencyKey, reference, kind,
  original_seq AS originalSeq, collector_number AS collectorNumber, entry_mode AS entryMode,
  pre_tax_cents AS preTaxCents, post_tax_cents AS postTaxCents, transaction_day AS transactionDay,
  recorded_at_ms AS recordedAtMs, monotonic_ms AS monotonicMs, boot_id AS bootId, details, request,
  previous_hash AS previousHash, hash`;

export type StoredTransaction = Omit<NewTransaction, 'originalSeq'> & {
  readonly seq: number;
  readonly originalSeq: number | null;
  readonly bootId: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
};

export const STORED_AUDIT = `id, seq, at_ms AS atMs, what, actor, detail, previous_hash AS previousHash, hash`;

export type StoredAudit = AuditLine & { readonly previousHash: Buffer; readonly hash: Buffer };

export const STORED_DELIVERY = `seq, state, reason, detail, attempts, due_at_ms AS dueAtMs,
  maybe_sent_at_ms AS maybeSentAtMs, status, miles_amount AS milesAmount, balance_miles AS balanceMiles, answer,
  settled_at_ms AS settledAtMs`;

export interface StoredDelivery {
  readonly seq: number;
  readonly state: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly attempts: number;
  readonly dueAtMs: number;
  readonly maybeSentAtMs: number | null;
  readonly status: number | null;
  readonly milesAmount: number | null;
  readonly balanceMiles: number | null;
  readonly answer: Buffer | null;
  readonly settledAtMs: number | null;
}

export const STORED_ATTEMPT = `id, seq, started_at_ms AS startedAtMs, elapsed_ms AS elapsedMs, status, code, detail,
  server_date_ms AS serverDateMs`;

export interface StoredAttempt {
  readonly id: number;
  readonly seq: number;
  readonly startedAtMs: number;
  readonly elapsedMs: number;
  readonly status: number | null;
  readonly code: string;
  readonly detail: string | null;
  readonly serverDateMs: number | null;
}
