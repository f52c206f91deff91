import type { Bench } from '../benches.ts';
import { inFolder } from '../journal/folders.ts';
import { median } from '../statistics.ts';
import { PLANTED_DAY, plantDay, reconcilerOver } from './planted.ts';

const SALES = 10_000;
const OF_EACH_KIND = 5;
/** What a page of Collectors costs is measured against itself: memory may not follow the day's size. */
const MEASURE_EVERY_MS = 20;

interface Run {
  readonly seconds: number;
  readonly wrong: number;
  readonly growthMb: number;
}

const isSame = (found: readonly (string | null)[], planted: readonly string[]): boolean =>
  found.length === planted.length && planted.every((reference) => found.includes(reference));

async function measure(note: (line: string) => void): Promise<Run> {
  return await inFolder(async (folder) => {
    const { simulator, client, journal, planted } = await plantDay(folder, SALES, OF_EACH_KIND);
    const { reconciler, forwarder, progress } = reconcilerOver(journal, client);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, MEASURE_EVERY_MS);
    const startedMs = performance.now();
    await reconciler.start(PLANTED_DAY, null);
    await reconciler.idle();
    const seconds = (performance.now() - startedMs) / 1000;
    clearInterval(watch);
    const last = progress.at(-1);
    const found = await journal.differences(last?.id ?? 0, 1000, 0);
    const of = (kind: string) => found.filter((each) => each.kind === kind).map(({ reference }) => reference);
    const isRight =
      last?.state === 'finished' &&
      found.length === 3 * OF_EACH_KIND &&
      last.credited === OF_EACH_KIND &&
      isSame(of('missing-there'), planted.missingThere) &&
      isSame(of('missing-here'), planted.missingHere) &&
      isSame(of('different'), planted.different);
    note(`  ${SALES} sales: ${seconds.toFixed(1)} s, ${JSON.stringify(last)}`);
    await forwarder.stop(0);
    await client.close();
    await journal.close();
    await simulator.stop();
    return { seconds, wrong: isRight ? 0 : 1, growthMb: (most - before) / 1e6 };
  });
}

/** A day of 10,000 sales with five planted differences of each kind, over HTTPS, simulator in the same process. */
export const reconcileBench: Bench = {
  aims: [
    {
      figure: 'wrong_runs',
      means: 'runs that did not find exactly the planted differences',
      aim: '0',
      isMet: (value) => value === 0,
    },
    {
      figure: 'seconds',
      means: 'for 10,000 sales of 10,000 Collectors, unpaced',
      aim: '<= 120',
      isMet: (value) => value <= 120,
    },
    {
      figure: 'growth_mb',
      means: 'memory at its most over what it was at the start, the simulator’s included',
      aim: '< 150',
      isMet: (value) => value < 150,
    },
  ],
  async run({ rounds, note }) {
    const runs: Run[] = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await measure(note));
    return {
      wrong_runs: runs.reduce((sum, { wrong }) => sum + wrong, 0),
      seconds: Math.round(median(runs.map(({ seconds }) => seconds)) * 10) / 10,
      growth_mb: Math.round(median(runs.map(({ growthMb }) => growthMb))),
    };
  },
};
