import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { backUp, checkCopy } from './backup.ts';
import { versionOf } from './database.ts';
import { migrations } from './migrations/migrations.ts';
import { journalFiles } from './open.ts';
import { upgrade } from './upgrade.ts';

export type Rehearsal =
  | { readonly kind: 'no-journal' }
  /** Nothing this version may judge: a damaged file, or one of a newer version. The ordinary start deals with it. */
  | { readonly kind: 'not-rehearsed'; readonly problem: string }
  /** `copy` is the journal as it was before, whole; bringing another copy to this version went well. */
  | { readonly kind: 'passed'; readonly copy: string; readonly lastSeq: number }
  /** This version can not bring the journal over. The journal itself was not touched. */
  | { readonly kind: 'failed'; readonly problem: string };

/** Copies kept of journals from before updates. */
const COPIES_KEPT = 3;

/**
 * Before a new version opens the journal for the first time: copies it into `into` (whole, checked from end to end),
 * brings a second copy to this version, follows its chains and counts its rows. The journal itself is only read.
 */
export async function rehearseUpgrade(
  folder: string,
  into: string,
  nowMs: number,
  steps = migrations,
): Promise<Rehearsal> {
  const { database: file } = journalFiles(folder);
  if (!existsSync(file)) return { kind: 'no-journal' };
  let copy: Awaited<ReturnType<typeof backUp>>;
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const version = versionOf(database);
      if (version === 0) return { kind: 'no-journal' };
      if (version > steps.length) return { kind: 'not-rehearsed', problem: 'newer-version' };
      copy = await backUp(database, into, COPIES_KEPT, nowMs);
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof Error) return { kind: 'not-rehearsed', problem: error.message };
    throw error;
  }
  const stage = join(into, 'rehearsal');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true, mode: 0o700 });
  try {
    const trial = join(stage, 'journal.sqlite');
    copyFileSync(copy.file, trial);
    const database = new Database(trial);
    try {
      upgrade(database, trial, steps);
    } finally {
      database.close();
    }
    const after = checkCopy(trial);
    if (after.lastSeq !== copy.lastSeq || after.transactions !== copy.transactions) {
      return {
        kind: 'failed',
        problem: `${copy.transactions} transactions became ${after.transactions} on the copy`,
      };
    }
    return { kind: 'passed', copy: copy.file, lastSeq: copy.lastSeq };
  } catch (error) {
    return { kind: 'failed', problem: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
