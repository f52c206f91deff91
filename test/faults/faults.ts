import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runChapter } from './chapter.ts';
import { planRun } from './plan.ts';
import { warmUp } from './terminal-life.ts';

const USAGE = `npm run faults -- [options]
  --kills N      how often the terminal is killed (40)
  --seed S       decides what is done; the same seed does the same (drawn)
  --minutes M    stops sooner, after so many minutes
  --patience S   how many seconds the queue may take to run empty at the end (60)
  --json         one line of figures on standard output, and nothing else unless something is wrong
  --keep         leaves the folder of a chapter that found something, to be looked at
  --source DIR   the folder that holds main/ and shared/ (this project)
npm run faults -- mutants: proves that each of a list of deliberate faults is found
`;

const Count = z.coerce.number().int().min(0);
const Flags = z.strictObject({
  kills: Count.min(1).default(40),
  seed: Count.default(() => Math.floor(Math.random() * 1_000_000)),
  minutes: z.coerce.number().positive().default(Number.POSITIVE_INFINITY),
  patience: z.coerce.number().positive().default(60),
  json: z.boolean().default(false),
  keep: z.boolean().default(false),
  source: z.string().default(resolve(import.meta.dirname, '../..')),
});
type Flags = z.output<typeof Flags>;

function readFlags(words: readonly string[]): Flags | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = {
      kills: text,
      seed: text,
      minutes: text,
      patience: text,
      source: text,
      json: flag,
      keep: flag,
    } as const;
    return Flags.parse(parseArgs({ args: [...words], options }).values);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return undefined;
  }
}

async function run({ kills, seed, minutes, json, source, keep, patience }: Flags): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const startedMs = performance.now();
  const isTimeUp = (): boolean => performance.now() - startedMs > minutes * 60_000;
  const figures = {
    sales: 0,
    kills: 0,
    told_stored: 0,
    lost: 0,
    doubled: 0,
    parallel_violations: 0,
    unexplained: 0,
    seed,
  };
  let isGood = true;
  const options = {
    source: resolve(source),
    patienceMs: patience * 1000,
    isKept: keep,
    say: json ? () => undefined : say,
    isTimeUp,
  };
  await warmUp(options.source);
  for (const chapter of planRun(seed, kills)) {
    const result = await runChapter(chapter, options);
    figures.sales += result.sales;
    figures.kills += result.kills;
    figures.told_stored += result.toldStored;
    figures.lost += result.counts.lost;
    figures.doubled += result.counts.doubled;
    figures.parallel_violations += result.counts.parallel;
    figures.unexplained += result.counts.unexplained;
    isGood = figures.lost + figures.doubled + figures.parallel_violations + figures.unexplained === 0;
    if (!isGood) {
      say(`seed ${seed}`);
      for (const line of result.history) say(line);
      for (const line of result.others) say(`also ${line}`);
    }
    if (!isGood || isTimeUp()) break;
  }
  if (!json) say(`${((figures.kills * 60_000) / (performance.now() - startedMs)).toFixed(0)} kills a minute`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  return isGood ? 0 : 1;
}

const [word, ...rest] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (word === 'mutants') {
  const { runMutants } = await import('./mutants.ts');
  process.exitCode = await runMutants(rest);
} else {
  const flags = readFlags(process.argv.slice(2));
  process.exitCode = flags === undefined ? 2 : await run(flags);
}
