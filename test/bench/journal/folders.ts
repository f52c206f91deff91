import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openJournal, type Journal } from '../../../main/journal/journal.ts';

/** On the disk the project lies on: a disk in memory would measure nothing. */
const out = fileURLToPath(new URL('../../../out', import.meta.url));
export const cacheFolder = join(out, 'bench-cache');

/** A folder on a real disk for as long as `work` takes. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, 'bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens the journal in `folder` as the terminal does, for as long as `work` takes. */
export async function withJournal<Result>(
  folder: string,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const opening = await openJournal({ folder, environment: 'training', reserveBytes: 0 });
  if (opening.kind === 'refused') throw new Error(`${opening.code}: ${opening.message}`);
  try {
    return await work(opening.journal);
  } finally {
    await opening.journal.close();
  }
}
