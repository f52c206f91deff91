import type { Bench } from '../benches.ts';
import { measureDrain } from './drain.ts';
import { historyOf } from './history.ts';
import { measurePress } from './press.ts';
import { measureQueries, measureStart } from './reads.ts';

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** What storing first costs: recording, draining, asking and starting, each beside what it is held against. */
export const journalBench: Bench = {
  aims: [
    {
      figure: 'stored_over_fsync',
      means: 'from the press to stored, over a bare write and sync of as many bytes',
      aim: '<= 2.5',
      isMet: (value) => value <= 2.5,
    },
    {
      figure: 'drain_over_undici',
      means: 'sales sent a second, over a bare loop posting the same bodies',
      aim: '>= 0.8',
      isMet: (value) => value >= 0.8,
    },
    {
      figure: 'queries_1m_over_1k',
      means: 'the question that slows down most, with 1,000,000 sales over 1,000',
      aim: '<= 1.5',
      isMet: (value) => value <= 1.5,
    },
    {
      figure: 'start_1m_over_empty',
      means: 'a fresh process until it has its first screen, with 1,000,000 sales over none',
      aim: '<= 1.5',
      isMet: (value) => value <= 1.5,
    },
    {
      figure: 'longest_stall_ms',
      means: 'of the event loop of main in any of the drains',
      aim: '< 50',
      isMet: (value) => value < 50,
    },
    {
      figure: 'rss_1m_mb',
      means: 'memory of main with 1,000,000 sales, after the questions',
      aim: '< 200',
      isMet: (value) => value < 200,
    },
  ],
  async run(options) {
    const small = historyOf(1000, options.note);
    const full = historyOf(1_000_000, options.note);
    const stored = await measurePress(options);
    const drain = await measureDrain(options);
    const queries = await measureQueries(small, full, options);
    const start = await measureStart(full, options);
    return {
      stored_over_fsync: rounded(stored),
      drain_over_undici: rounded(drain.ratio),
      queries_1m_over_1k: rounded(queries.ratio),
      start_1m_over_empty: rounded(start),
      longest_stall_ms: rounded(drain.longestStallMs),
      rss_1m_mb: rounded(queries.rssMb),
    };
  },
};
