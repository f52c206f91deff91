import type { Bench } from '../benches.ts';
import { measureScreen } from './screen.ts';
import { measureThroughput } from './throughput.ts';

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** What the device layer puts on top of a serial line: from the bytes to the screen, and back to back. */
export const scanBench: Bench = {
  aims: [
    {
      figure: 'screen_minus_bare_median_ms',
      means: 'from the bytes to the Collector in a real window, less a bare data event, median',
      aim: '<= 20',
      isMet: (value) => value <= 20,
    },
    {
      figure: 'screen_minus_bare_p99_ms',
      means: 'the same, 99th percentile',
      aim: '<= 20',
      isMet: (value) => value <= 20,
    },
    { figure: 'frames_per_second', means: 'scans in main, back to back', aim: 'none', isMet: () => true },
    {
      figure: 'frames_over_bare',
      means: 'the same over frames counted on a bare line',
      aim: '>= 0.5',
      isMet: (value) => value >= 0.5,
    },
  ],
  async run(options) {
    const screen = await measureScreen(options);
    const throughput = await measureThroughput(options);
    return {
      screen_minus_bare_median_ms: rounded(screen.medianMs),
      screen_minus_bare_p99_ms: rounded(screen.p99Ms),
      frames_per_second: Math.round(throughput.framesPerSecond),
      frames_over_bare: rounded(throughput.framesOverBare),
    };
  },
};
