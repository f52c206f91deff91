import { createHash } from 'node:crypto';
import type { NewTransaction } from './rows.ts';

/** The hash before the first link of a chain: the epoch's own, so that chains of two files never fit together. */
export function chainStart(epoch: string, chain: 'transactions' | 'audit'): Buffer {
  return createHash('sha256').update(`milepost:${chain}:${epoch}`).digest();
}

/** SHA-256 over the previous link and every column of a transaction that never changes, its request bytes included. */
export function transactionHash(
  previousHash: Uint8Array,
  seq: number,
  bootId: string,
  entry: NewTransaction,
): Buffer {
  const columns = [
    seq,
    entry.callerKey,
    entry.idempotencyKey,
    entry.reference,
    entry.kind,
    entry.originalSeq ?? null,
    entry.collectorNumber,
    entry.entryMode,
    entry.preTaxCents,
    entry.postTaxCents,
    entry.transactionDay,
    entry.recordedAtMs,
    entry.monotonicMs,
    bootId,
    entry.details,
  ];
  return createHash('sha256')
    .update(previousHash)
    .update(JSON.stringify(columns))
    .update(entry.request)
    .digest();
}

export interface AuditLine {
  readonly id: number;
  readonly seq: number | null;
  readonly atMs: number;
  readonly what: string;
  readonly actor: string | null;
  readonly detail: string;
}

/** SHA-256 over the previous link and every column of an audit line. */
export function auditHash(previousHash: Uint8Array, line: AuditLine): Buffer {
  const columns = [line.id, line.seq, line.atMs, line.what, line.actor, line.detail];
  return createHash('sha256').update(previousHash).update(JSON.stringify(columns)).digest();
}
