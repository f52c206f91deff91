import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { AnchorMark } from './anchor.ts';
import { transactionHash } from './chain.ts';
import type { Store } from './store.ts';
import {
  STORED_ATTEMPT,
  STORED_AUDIT,
  STORED_DELIVERY,
  STORED_TRANSACTION,
  type StoredAttempt,
  type StoredAudit,
  type StoredDelivery,
  type StoredTransaction,
} from './stored-rows.ts';

/** What a recovery did, for the screen and the audit chain. */
export interface Recovery {
  /** Where the damaged files lie, whole. */
  readonly folder: string;
  readonly kept: number;
  /** Transactions that are known to have been there and could not be read whole. */
  readonly lost: number;
}

const Note = z.object({ aside: z.string(), atMs: z.number() });
/** Written before the first file moves, removed when the new journal stands: a recovery cut short is taken up again. */
export type RecoveryNote = Readonly<z.output<typeof Note>>;

export function readNote(file: string): RecoveryNote | undefined {
  if (!existsSync(file)) return undefined;
  return Note.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export function writeNote(file: string, folder: string, atMs: number): RecoveryNote {
  const stamp = new Date(atMs).toISOString().replaceAll(/[:.]/g, '-');
  const note = { aside: join(folder, `damaged-${stamp}`), atMs };
  const half = `${file}.new`;
  writeFileSync(half, JSON.stringify(note), { flush: true });
  renameSync(half, file);
  return note;
}

/**
 * Moves the files of a damaged journal, whole, into a folder of their own; the last of `files` goes last. Where that one
 * has moved already, what lies in its place is a new journal that was cut short, and goes.
 */
export function setAside(aside: string, files: readonly string[]): void {
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const [main = ''] = files.slice(-1);
  const haveMoved = existsSync(join(aside, basename(main)));
  for (const file of files) {
    if (!existsSync(file)) continue;
    if (haveMoved) rmSync(file);
    else renameSync(file, join(aside, basename(file)));
  }
}

/** Reads one row, or nothing where the page it lies on can not be read. */
function readable<Row>(read: () => Row | undefined): Row | undefined {
  try {
    return read();
  } catch (error) {
    // A damaged page: that row is lost and counted, the next one may lie on a whole page.
    if (error instanceof Database.SqliteError) return undefined;
    throw error;
  }
}

function isIntact(row: StoredTransaction): boolean {
  const { seq, bootId, previousHash } = row;
  return transactionHash(previousHash, seq, bootId, {
    ...row,
    originalSeq: row.originalSeq ?? undefined,
  }).equals(row.hash);
}

/** How far a damaged file went, as far as anything still says. */
function highestSeq(damaged: Database.Database, anchor: AnchorMark | undefined): number {
  const inFile = readable(() =>
    damaged.prepare<[], number | null>('SELECT max(seq) FROM transactions').pluck().get(),
  );
  const inDeliveries = readable(() =>
    damaged.prepare<[], number | null>('SELECT max(seq) FROM deliveries').pluck().get(),
  );
  return Math.max(inFile ?? 0, inDeliveries ?? 0, anchor?.lastSeq ?? 0);
}

/**
 * Brings everything readable of a damaged journal or a backup into a new one, renumbered without gaps in a new epoch.
 * A transaction whose own hash does not fit is not carried over: its bytes can not be trusted. What is not final counts
 * as possibly sent: it goes again with its key or, past the key's lifetime, to a person.
 */
export function copyReadable(
  damagedFile: string,
  anchor: AnchorMark | undefined,
  environment: string,
  store: Store,
): { readonly kept: number; readonly lost: number } {
  let damaged: Database.Database | undefined;
  try {
    damaged = new Database(damagedFile, { readonly: true, fileMustExist: true });
    damaged.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    damaged?.close();
    return { kept: 0, lost: anchor?.lastSeq ?? 0 };
  }
  const file = damaged;
  const reader = <Row>(sql: string) => readable(() => file.prepare<[number], Row>(sql));
  const transaction = reader<StoredTransaction>(
    `SELECT ${STORED_TRANSACTION} FROM transactions WHERE seq = ?`,
  );
  const delivery = reader<StoredDelivery>(`SELECT ${STORED_DELIVERY} FROM deliveries WHERE seq = ?`);
  const attempts = reader<StoredAttempt>(`SELECT ${STORED_ATTEMPT} FROM attempts WHERE seq = ? ORDER BY id`);
  const audit = reader<StoredAudit>(`SELECT ${STORED_AUDIT} FROM audit WHERE id = ?`);
  const end = highestSeq(file, anchor);
  const known = readable(() =>
    file.prepare<[], string>(`SELECT value FROM meta WHERE name = 'environment'`).pluck().get(),
  );
  // Rows of an unknown or another environment stay where they are: a sale must never reach the wrong place.
  if ((anchor?.environment ?? known) !== environment) {
    file.close();
    return { kept: 0, lost: end };
  }
  const auditEnd = Math.max(
    readable(() => file.prepare<[], number | null>('SELECT max(id) FROM audit').pluck().get()) ?? 0,
    anchor?.lastAuditId ?? 0,
  );
  const newSeqs = new Map<number, number>();
  let lost = 0;
  for (let seq = 1; seq <= end; seq += 1) {
    const row = readable(() => transaction?.get(seq));
    if (row === undefined || !isIntact(row)) {
      lost += 1;
      continue;
    }
    const originalSeq = row.originalSeq === null ? undefined : newSeqs.get(row.originalSeq);
    const rest = {
      delivery: readable(() => delivery?.get(seq)),
      attempts: readable(() => attempts?.all(seq)) ?? [],
    };
    const newSeq = store.bringOver({ ...row, originalSeq }, rest);
    if (newSeq === undefined) continue;
    newSeqs.set(seq, newSeq);
  }
  for (let id = 1; id <= auditEnd; id += 1) {
    const line = readable(() => audit?.get(id));
    if (line === undefined) continue;
    const seq = line.seq === null ? null : (newSeqs.get(line.seq) ?? null);
    store.bringOverAudit({ ...line, seq });
  }
  file.close();
  return { kept: newSeqs.size, lost };
}
