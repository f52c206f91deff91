import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { syncFile, syncFolder } from './sync.ts';
import { lastSeqOf, verifyChains } from './verify.ts';

export interface Backup {
  readonly file: string;
  readonly bytes: number;
  readonly transactions: number;
  /** The number of its last transaction, whether that was archived since or not. */
  readonly lastSeq: number;
}

const NAME = /^journal-\d{4}-\d{2}-\d{2}T.*\.sqlite$/;
/** Pages copied before the writer has its turn again: measured, no step takes longer than 10 ms. */
const PAGES_A_STEP = 256;

/** The backups in a folder, oldest first. */
export function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => NAME.test(name));
  return names.toSorted().map((name) => join(folder, name));
}

/** Opens a copy of a journal read-only and follows its chains from end to end. Throws where it is not whole. */
export function checkCopy(file: string): Pick<Backup, 'transactions' | 'lastSeq'> {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const epoch = database.prepare<[], string>(`SELECT value FROM meta WHERE name = 'epoch'`).pluck().get();
    if (epoch === undefined) throw new Error(`No journal: ${file}`);
    const verification = verifyChains(database, epoch, undefined, undefined);
    if (verification.kind === 'whole')
      return { transactions: verification.transactions, lastSeq: lastSeqOf(database) };
    throw new Error(`The ${verification.chain} chain of the copy is broken at ${verification.at}`);
  } finally {
    database.close();
  }
}

/**
 * Copies a journal in use into `folder` through SQLite's backup interface, checks the copy from end to end, and only
 * then gives it its name; the newest `keep` stay. A copy that is not whole goes, and the older ones stay.
 */
export async function backUp(
  database: Database.Database,
  folder: string,
  keep: number,
  nowMs: number,
): Promise<Backup> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `journal-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}.sqlite`;
  const file = join(folder, name);
  const half = join(folder, 'unfinished.sqlite');
  for (const leftover of ['', '-wal', '-shm', '-journal']) rmSync(`${half}${leftover}`, { force: true });
  await database.backup(half, { progress: () => PAGES_A_STEP });
  const held = checkCopy(half);
  syncFile(half);
  renameSync(half, file);
  syncFolder(folder);
  for (const leftover of ['-wal', '-shm']) rmSync(`${half}${leftover}`, { force: true });
  for (const old of listBackups(folder).slice(0, -keep)) rmSync(old);
  return { file, bytes: statSync(file).size, ...held };
}
