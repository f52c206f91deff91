import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { checkCopy } from './backup.ts';
import { versionOf } from './database.ts';
import { journalFiles } from './open.ts';
import { syncFile, syncFolder } from './sync.ts';

/** What a copy from before an update is to the journal of now. */
export type CopyStanding =
  /** The journal was not brought to a newer version: the version before opens it as it is. */
  | 'not-needed'
  /** It was, and holds exactly what the copy holds. */
  | 'same'
  /** It was, and something was recorded, sent or decided since: going back to the copy would forget it. */
  | 'recorded-since'
  /** One of the two is missing or can not be read. */
  | 'unreadable';

function tablesOf(database: Database.Database, schema: string): string[] {
  return database
    .prepare<[], string>(
      `SELECT name FROM ${schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all();
}

/** Whether each table of the copy holds the same rows in the journal, in the columns that both have. */
function holdsTheSame(database: Database.Database): boolean {
  const known = new Set(tablesOf(database, 'main'));
  return tablesOf(database, 'copy').every((table) => {
    if (!known.has(table)) return false;
    const columns = database
      .prepare<[string], string>(`SELECT '"' || name || '"' FROM pragma_table_info(?, 'copy')`)
      .pluck()
      .all(table)
      .join(', ');
    const rows = (schema: string): string => `SELECT ${columns} FROM ${schema}."${table}"`;
    const differs = (first: string, second: string): boolean =>
      database.prepare(`${rows(first)} EXCEPT ${rows(second)} LIMIT 1`).get() !== undefined;
    return !differs('main', 'copy') && !differs('copy', 'main');
  });
}

/** Compares the journal in `folder` with a copy from before an update. Nothing is changed. */
export function compareWithCopy(folder: string, copy: string | undefined): CopyStanding {
  const { database: file } = journalFiles(folder);
  if (!existsSync(file)) return 'not-needed';
  if (copy === undefined || !existsSync(copy)) return 'unreadable';
  try {
    checkCopy(copy);
    const before = new Database(copy, { readonly: true, fileMustExist: true });
    const versionBefore = versionOf(before);
    before.close();
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      if (versionOf(database) <= versionBefore) return 'not-needed';
      database.prepare('ATTACH ? AS copy').run(copy);
      return holdsTheSame(database) ? 'same' : 'recorded-since';
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof Error) return 'unreadable';
    throw error;
  }
}

/**
 * Puts a copy from before an update, which `compareWithCopy` called the same, in the place of the journal. The newer
 * file is kept whole in a folder of its own. At every moment either the newer file or the copy is the journal: its WAL
 * is emptied first, then the copy takes its place in one rename. The anchor fits both: they end with the same lines.
 */
export function putCopyBack(folder: string, copy: string, nowMs: number): { readonly aside: string } {
  const files = journalFiles(folder);
  const newer = new Database(files.database, { fileMustExist: true });
  newer.pragma('wal_checkpoint(TRUNCATE)');
  newer.close();
  if (existsSync(`${files.database}-wal`)) throw new Error('The journal is still in use');
  const aside = join(folder, `newer-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const kept = join(aside, basename(files.database));
  copyFileSync(files.database, kept);
  syncFile(kept);
  syncFolder(aside);
  const half = `${files.database}.back`;
  copyFileSync(copy, half);
  syncFile(half);
  renameSync(half, files.database);
  syncFolder(folder);
  return { aside };
}
