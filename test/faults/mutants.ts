import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { mutations, verdicts, type Mutation } from './mutations.ts';

const root = resolve(import.meta.dirname, '../..');
const KILLS = 40;
/** What hangs on a moment of a millisecond is looked for more than once. */
const SEEDS = [1, 2, 3];
/** Terminals at once. */
const PARALLEL = 2;

const Figures = z.looseObject({
  kills: z.int(),
  lost: z.int(),
  doubled: z.int(),
  parallel_violations: z.int(),
  unexplained: z.int(),
});

interface Trial {
  readonly name: string;
  readonly isAsWanted: boolean;
  readonly what: string;
  readonly seconds: number;
}

/** A copy of the program, with one text changed where a mutation is given. */
function makeCopy(folder: string, mutation: Mutation | undefined): void {
  for (const part of ['main', 'shared', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'out'));
  symlinkSync(join(root, 'out/renderer'), join(folder, 'out/renderer'));
  if (mutation === undefined) return;
  const file = join(folder, mutation.file);
  const parts = readFileSync(file, 'utf8').split(mutation.find);
  if (parts.length !== 2)
    throw new Error(
      `${mutation.name}: the text to change stands ${parts.length - 1} times in ${mutation.file}`,
    );
  writeFileSync(file, parts.join(mutation.replace));
}

async function runProgram(args: readonly string[]): Promise<{ code: number; output: string; said: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode ?? -1, output, said };
}

async function tryPower(copy: string): Promise<Omit<Trial, 'name' | 'seconds'>> {
  const program = join(import.meta.dirname, 'power/power.ts');
  // A small run: synchronous=NORMAL loses something at almost every stop.
  const flags = ['--json', '--sales', '40', '--stops', '40', '--source', copy];
  const { code, said } = await runProgram([program, ...flags]);
  const [line = ''] = said.split('\n').filter((text) => text.startsWith('The journal:') || code === 2);
  return {
    isAsWanted: code === 1,
    what: code === 1 ? `power: ${line}` : `power ended with ${code}: ${line}`,
  };
}

async function tryFaults(
  copy: string,
  mutation: Mutation | undefined,
): Promise<Omit<Trial, 'name' | 'seconds'>> {
  const clean = mutation?.by.kind === 'faults' ? (mutation.by.clean ?? []) : [];
  for (const seed of SEEDS) {
    const program = join(import.meta.dirname, 'faults.ts');
    const flags = [
      '--kills',
      `${KILLS}`,
      '--seed',
      `${seed}`,
      '--json',
      '--patience',
      '10',
      '--source',
      copy,
    ];
    const { code, output, said } = await runProgram([program, ...flags]);
    if (code !== 0 && code !== 1)
      return { isAsWanted: false, what: `ended with ${code}: ${said.slice(-300)}` };
    const figures = Figures.parse(JSON.parse(output));
    const found = verdicts.filter((name) => figures[name] > 0).map((name) => `${name} ${figures[name]}`);
    const what = `seed ${seed}, ${figures.kills} kills: ${found.join(', ')}`;
    const dirty = clean.filter((name) => figures[name] > 0);
    if (dirty.length > 0)
      return { isAsWanted: false, what: `${what}; ${dirty.join(', ')} should have stayed 0` };
    if (code === 1) return { isAsWanted: mutation !== undefined, what };
  }
  return { isAsWanted: mutation === undefined, what: `nothing found with seeds ${SEEDS.join(', ')}` };
}

async function tryOne(mutation: Mutation | undefined): Promise<Trial> {
  const startedMs = performance.now();
  const copy = mkdtempSync(join(tmpdir(), 'milepost-mutant-'));
  try {
    makeCopy(copy, mutation);
    const trial = mutation?.by.kind === 'power' ? await tryPower(copy) : await tryFaults(copy, mutation);
    const name = mutation?.name ?? '(nothing changed)';
    return { name, seconds: Math.round((performance.now() - startedMs) / 1000), ...trial };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * Proves that the harness can fail: every deliberate fault has to be found, and the program as it is has to pass the
 * same runs. `words` choose mutants by a part of their names. 0 when all is as it should be, else 1.
 */
export async function runMutants(words: readonly string[]): Promise<number> {
  const isChosen = (name: string): boolean => words.length === 0 || words.some((word) => name.includes(word));
  const waiting = [undefined, ...mutations].filter((mutation) =>
    isChosen(mutation?.name ?? '(nothing changed)'),
  );
  const trials: Trial[] = [];
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const trial = await tryOne(waiting.shift());
      trials.push(trial);
      const mark = trial.name.startsWith('(')
        ? trial.isAsWanted
          ? 'passes'
          : 'FAILS'
        : trial.isAsWanted
          ? 'caught'
          : 'SURVIVED';
      process.stdout.write(
        `${mark.padEnd(9)}${trial.name.padEnd(38)}${String(trial.seconds).padStart(4)} s  ${trial.what}\n`,
      );
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return trials.length > 0 && trials.every(({ isAsWanted }) => isAsWanted) ? 0 : 1;
}

if (import.meta.main) process.exitCode = await runMutants(process.argv.slice(2));
