import { parseArgs } from 'node:util';
import { z } from 'zod';
import { busyHashing, hangUps, replugs } from './endurance.ts';
import { fuzzFlat } from './fuzzing.ts';
import { scanMix } from './mix/command.ts';
import { runMutants } from './mutants.ts';

const USAGE = `npm run devices -- NAME [options]
  mutants [words]  proves that the tests find each of a list of deliberate faults
  fuzz             random and mutated frames against an independent oracle (--frames 1000000 --seed S), and time per byte
  replug           unplugs and plugs in again (--times 200)
  hang             hangs up 0, 1, 3 and 10 ms after data (--times 100 each) and measures the processor
  busy             scans while eight hashing jobs keep main busy (--times 200)
  mix              random scans, swipes, keys and focus moves in a real browser on three keyboard layouts (--actions 10000 --seed S)
  all              everything`;

const Flags = z.strictObject({
  frames: z.coerce.number().int().min(1).default(1_000_000),
  seed: z.coerce
    .number()
    .int()
    .default(() => Math.floor(Math.random() * 1e9)),
  actions: z.coerce.number().int().min(1).default(10_000),
  times: z.coerce.number().int().min(1).optional(),
});

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    frames: { type: 'string' },
    seed: { type: 'string' },
    actions: { type: 'string' },
    times: { type: 'string' },
  },
});
const { frames, seed, actions, times } = Flags.parse(values);
const [name = '', ...words] = positionals;

const runs: Readonly<Record<string, () => Promise<boolean> | boolean>> = {
  mutants: () => runMutants(words),
  fuzz: () => fuzzFlat(frames, seed),
  replug: () => replugs(times ?? 200),
  hang: () => hangUps(times ?? 100),
  mix: () => scanMix(actions, seed),
  busy: () => busyHashing(times ?? 200),
};

const chosen = name === 'all' ? Object.values(runs) : [runs[name]];
for (const run of chosen) {
  if (run === undefined) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = 2;
  } else if (!(await run())) process.exitCode = 1;
}
