import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readAnchor } from '../../main/journal/anchor.ts';
import { verifyChains, type Verification } from '../../main/journal/verify.ts';

export const journalFolder = (dataFolder: string): string => join(dataFolder, 'journal');
export const journalFile = (dataFolder: string): string => join(journalFolder(dataFolder), 'journal.sqlite');
export const anchorFile = (dataFolder: string): string => join(journalFolder(dataFolder), 'journal.anchor');

/** A transaction with its delivery, as it stands in the file. */
export interface JournalRow {
  readonly seq: number;
  readonly saleKey: string;
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly collectorNumber: string;
  readonly preTaxCents: number;
  readonly postTaxCents: number;
  readonly recordedAtMs: number;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly maybeSentAtMs: number | null;
  readonly milesAmount: number | null;
}
export interface JournalAttempt {
  readonly seq: number;
  readonly startedAtMs: number;
  readonly elapsedMs: number;
  readonly status: number | null;
  readonly code: string;
  readonly detail: string | null;
}
export interface JournalAuditLine {
  readonly id: number;
  readonly seq: number | null;
  readonly atMs: number;
  readonly what: string;
  readonly actor: string | null;
  readonly detail: string;
}

const ROW = `SELECT t.seq, t.caller_key AS saleKey, t.idempotency_key AS idempotencyKey, t.reference,
  t.collector_number AS collectorNumber, t.pre_tax_cents AS preTaxCents, t.post_tax_cents AS postTaxCents,
  t.recorded_at_ms AS recordedAtMs, d.state, d.reason, d.attempts, d.maybe_sent_at_ms AS maybeSentAtMs,
  d.miles_amount AS milesAmount FROM transactions t JOIN deliveries d ON d.seq = t.seq`;

/** Reads a journal with a connection that can not change it; undefined where there is none, or nothing in it yet. */
export function openReading(file: string) {
  if (!existsSync(file)) return undefined;
  const database = new Database(file, { readonly: true, fileMustExist: true });
  const isEmpty = database.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0;
  if (isEmpty) {
    database.close();
    return undefined;
  }
  const byReference = database.prepare<[string], JournalRow>(`${ROW} WHERE t.reference = ?`);
  const bySaleKey = database.prepare<[string], JournalRow>(`${ROW} WHERE t.caller_key = ?`);
  const byKey = database.prepare<[string], JournalRow>(`${ROW} WHERE t.idempotency_key = ?`);
  return {
    rows: (): JournalRow[] => database.prepare<[], JournalRow>(`${ROW} ORDER BY t.seq`).all(),
    byReference: (reference: string): JournalRow | undefined => byReference.get(reference),
    bySaleKey: (saleKey: string): JournalRow | undefined => bySaleKey.get(saleKey),
    byIdempotencyKey: (key: string): JournalRow | undefined => byKey.get(key),
    attempts: (): JournalAttempt[] =>
      database
        .prepare<[], JournalAttempt>(
          'SELECT seq, started_at_ms AS startedAtMs, elapsed_ms AS elapsedMs, status, code, detail FROM attempts ORDER BY id',
        )
        .all(),
    audit: (): JournalAuditLine[] =>
      database
        .prepare<[], JournalAuditLine>(
          'SELECT id, seq, at_ms AS atMs, what, actor, detail FROM audit ORDER BY id',
        )
        .all(),
    lastAuditId: (): number => Number(database.prepare('SELECT max(id) FROM audit').pluck().get() ?? 0),
    marks: (): number =>
      Number(database.prepare('SELECT count(maybe_sent_at_ms) FROM deliveries').pluck().get()),
    /** Both chains from their first link, and the anchor beside them. */
    verify(anchor: string): Verification {
      const epoch = String(database.prepare(`SELECT value FROM meta WHERE name = 'epoch'`).pluck().get());
      return verifyChains(database, epoch, readAnchor(anchor), undefined);
    },
    close: (): void => {
      database.close();
    },
  };
}
export type JournalReading = NonNullable<ReturnType<typeof openReading>>;

/**
 * Reads the journal of a terminal that was killed as its next start would find it, without doing anything to it: the
 * database is linked and the WAL copied (its first `walBytes`), so that SQLite's own recovery happens beside it.
 */
export function readAsFound<Result>(
  dataFolder: string,
  walBytes: Buffer | undefined,
  read: (journal: JournalReading) => Result,
): Result | undefined {
  const file = journalFile(dataFolder);
  if (!existsSync(file)) return undefined;
  const beside = join(dataFolder, 'reading');
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside);
  const link = join(beside, 'journal.sqlite');
  linkSync(file, link);
  if (walBytes !== undefined) writeFileSync(`${link}-wal`, walBytes);
  else if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${link}-wal`);
  try {
    const journal = openReading(link);
    if (journal === undefined) return undefined;
    try {
      return read(journal);
    } finally {
      journal.close();
    }
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
