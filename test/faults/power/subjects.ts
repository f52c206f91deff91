import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNaive, createJournalCheck } from './check.ts';
import type { Durability } from './disk.ts';
import { recordWrites } from './record.ts';
import { replay, type Figures } from './replay.ts';

export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The journal lies deeper than the folder that is watched, so that the folders it makes are part of the replay. */
const JOURNAL_FOLDER = 'data/journal';

export interface Plan {
  readonly sales: number;
  readonly stops: number;
  readonly seed: number;
  readonly models: readonly Durability[];
}

/** The checker itself is at fault, not what it checks. */
export class CheckerBroken extends Error {
  override readonly name = 'CheckerBroken';
}

async function inScratch<Result>(
  work: (scratch: string) => Promise<Result>,
  parent = tmpdir(),
): Promise<Result> {
  const scratch = realpathSync(mkdtempSync(join(parent, 'milepost-power-')));
  try {
    return await work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Images are laid out in memory where that can be: what is checked is their content, and they are thousands of files. */
const imagesIn = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Records a run of the journal in `source` and replays it; its images are opened by the journal in `opener`. */
export async function tryJournal(source: string, opener: string, plan: Plan): Promise<Figures> {
  return await inScratch(async (scratch) => {
    const watched = join(scratch, 'watched');
    mkdirSync(watched);
    const journal = join(source, 'main/journal/journal.ts');
    const program = [here('terminal-under-test.ts'), join(watched, JOURNAL_FOLDER), journal];
    const operations = await recordWrites([...program, `${plan.sales}`, `${plan.seed}`], watched, scratch);
    const check = await createJournalCheck(opener, JOURNAL_FOLDER);
    return await inScratch((workFolder) => replay({ ...plan, operations, check, workFolder }), imagesIn);
  });
}

/** The same for the naive store, which must be caught. */
export async function tryNaive(plan: Plan): Promise<Figures> {
  return await inScratch(async (scratch) => {
    const watched = join(scratch, 'watched');
    mkdirSync(watched);
    const program = [here('naive-store.ts'), watched, `${plan.sales}`, `${plan.seed}`];
    const operations = await recordWrites(program, watched, scratch);
    return await inScratch(
      (workFolder) => replay({ ...plan, operations, check: checkNaive, workFolder }),
      imagesIn,
    );
  });
}

const FULL = `['synchronous', 'full', 2]`;
const NORMAL = `['synchronous', 'normal', 1]`;

/** The same for a copy of this project whose journal asks for synchronous=NORMAL, which must be caught too. */
export async function tryNormal(plan: Plan): Promise<Figures> {
  return await inScratch(async (scratch) => {
    const copy = join(scratch, 'copy');
    for (const part of ['main', 'shared', 'package.json']) {
      cpSync(join(projectRoot, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
    const file = join(copy, 'main/journal/database.ts');
    const text = readFileSync(file, 'utf8');
    if (!text.includes(FULL)) throw new CheckerBroken(`${FULL} is not in main/journal/database.ts any more`);
    writeFileSync(file, text.replace(FULL, NORMAL));
    return await tryJournal(copy, projectRoot, plan);
  });
}
