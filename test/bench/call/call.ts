import type { Bench } from '../benches.ts';
import { measureCredited } from './press.ts';
import { measureThroughput } from './throughput.ts';

const rounded = (value: number): number => Math.round(value * 100) / 100;
const credited = (latencyMs: number): string =>
  `from the press in a window to credited in it, over a bare POST, at ${latencyMs} ms latency`;
const throughput = (concurrency: number) => ({
  figure: `throughput_over_undici_${concurrency}`,
  means: `requests a second of the client, over bare undici, ${concurrency} at once`,
  aim: '>= 0.85',
  isMet: (value: number) => value >= 0.85,
});

/** What the terminal puts on top of the network: a sale's way through all of it, and the client by itself. */
export const callBench: Bench = {
  aims: [
    // Storing first costs a commit or two; without any latency there is nothing for it to hide behind.
    { figure: 'credited_over_bare_0ms', means: credited(0), aim: 'none', isMet: () => true },
    {
      figure: 'credited_over_bare_500ms',
      means: credited(500),
      aim: '<= 1.1',
      isMet: (value) => value <= 1.1,
    },
    ...[1, 4, 16].map(throughput),
  ],
  async run(options) {
    const [at0, at500] = [await measureCredited(0, options), await measureCredited(500, options)];
    const one = await measureThroughput(1, options);
    const four = await measureThroughput(4, options);
    const sixteen = await measureThroughput(16, options);
    return {
      credited_over_bare_0ms: rounded(at0),
      credited_over_bare_500ms: rounded(at500),
      throughput_over_undici_1: rounded(one),
      throughput_over_undici_4: rounded(four),
      throughput_over_undici_16: rounded(sixteen),
    };
  },
};
