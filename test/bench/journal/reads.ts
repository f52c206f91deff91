import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { BenchOptions } from '../benches.ts';
import { inRounds, median, medianRatio } from '../statistics.ts';
import { inFolder, withJournal } from './folders.ts';

async function runProgram<Output>(
  name: string,
  args: readonly string[],
  schema: z.ZodType<Output>,
): Promise<Output> {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  return schema.parse(JSON.parse(stdout));
}

const Asked = z.object({
  answers: z.record(z.string(), z.tuple([z.array(z.number())], z.array(z.number()))),
  rssMb: z.number(),
});

/** The slowest-growing question's opposite: of all questions the ratio of the one that grows most. */
export async function measureQueries(
  small: string,
  full: string,
  { rounds, note }: BenchOptions,
): Promise<{ readonly ratio: number; readonly rssMb: number }> {
  const { answers } = await runProgram('queries-process.ts', [String(rounds * 20), full, small], Asked);
  const alone = await runProgram('queries-process.ts', ['20', full], Asked);
  const ratios = Object.entries(answers).map(([name, [inFull, inSmall = []]]) => {
    const ratio = medianRatio(inFull, inSmall);
    note(
      `${name}: ${median(inFull).toFixed(3)} ms in the full journal, ${median(inSmall).toFixed(3)} ms in the small one: ${ratio.toFixed(2)} times`,
    );
    return ratio;
  });
  return { ratio: Math.max(...ratios), rssMb: alone.rssMb };
}

const Started = z.object({ sinceStartMs: z.number(), sinceOpenMs: z.number() });

/** A fresh process until it has what the first screen shows, with the full journal over an empty one. */
export async function measureStart(full: string, { rounds, note }: BenchOptions): Promise<number> {
  return await inFolder(async (folder) => {
    const empty = join(folder, 'empty');
    await withJournal(empty, () => Promise.resolve());
    const start = (journal: string) => runProgram('start-process.ts', [journal], Started);
    const started = await inRounds(rounds * 2, { full: () => start(full), empty: () => start(empty) });
    const since = (name: 'full' | 'empty', what: keyof z.output<typeof Started>): number[] =>
      started[name].map((one) => one[what]);
    const ms = (values: readonly number[]): string => `${median(values).toFixed(0)} ms`;
    note(
      `start with the full journal ${ms(since('full', 'sinceStartMs'))}, with an empty one ${ms(since('empty', 'sinceStartMs'))}`,
    );
    note(
      `  of that, the journal alone ${ms(since('full', 'sinceOpenMs'))} and ${ms(since('empty', 'sinceOpenMs'))}`,
    );
    return medianRatio(since('full', 'sinceStartMs'), since('empty', 'sinceStartMs'));
  });
}
