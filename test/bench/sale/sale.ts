import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { settingsFor, startSimulator, startTerminal } from '../../e2e/programs.ts';
import { startRig } from '../../rig/rig.ts';
import type { Bench } from '../benches.ts';
import { median, medianRatio } from '../statistics.ts';
import { startBareTill } from './bare-till.ts';
import { playSale, watchSales, type Played } from './played.ts';

const LATENCIES_MS = [0, 500] as const;
const rounded = (value: number): number => Math.round(value * 100) / 100;

interface Pair {
  readonly ours: Played;
  readonly bare: Played;
}

function figuresOf(latencyMs: number, pairs: readonly Pair[]): Record<string, number> {
  const ours = (read: (played: Played) => number): number =>
    rounded(median(pairs.map((pair) => read(pair.ours))));
  const ratio = (read: (played: Played) => number): number =>
    rounded(
      medianRatio(
        pairs.map((pair) => read(pair.ours)),
        pairs.map((pair) => read(pair.bare)),
      ),
    );
  return {
    [`scan_to_outcome_ms_at_${latencyMs}`]: ours((played) => played.scanToOutcomeMs),
    [`scan_to_outcome_over_bare_at_${latencyMs}`]: ratio((played) => played.scanToOutcomeMs),
    [`enter_to_outcome_ms_at_${latencyMs}`]: ours((played) => played.enterToOutcomeMs),
    [`enter_to_next_ms_at_${latencyMs}`]: ours((played) => played.enterToNextMs),
  };
}

const seen = (figure: string, means: string) => ({ figure, means, aim: 'none', isMet: () => true });

/** A sale as a cashier makes it, in a real browser with a real scanner's line: what the hand does, and how long it takes. */
export const saleBench: Bench = {
  aims: [
    { figure: 'keys', means: 'pressed in one sale of $NN.NN: the amount and Enter', aim: '6', isMet: (v) => v === 6 }, // prettier-ignore
    { figure: 'clicks', means: 'touches and clicks in one sale', aim: '0', isMet: (v) => v === 0 },
    ...LATENCIES_MS.flatMap((latencyMs) => [
      seen(
        `scan_to_outcome_ms_at_${latencyMs}`,
        `from the card to "credited", AIR MILES taking ${latencyMs} ms`,
      ),
      seen(`scan_to_outcome_over_bare_at_${latencyMs}`, 'the same over a bare till'),
      seen(`enter_to_outcome_ms_at_${latencyMs}`, 'of that, after the last key'),
      seen(`enter_to_next_ms_at_${latencyMs}`, 'from Enter until the next card can be read'),
    ]),
  ],
  async run({ rounds, note }) {
    const folder = mkdtempSync(join(tmpdir(), 'milepost-bench-sale-'));
    const simulator = await startSimulator(folder, ['--seed', '7']);
    const scanner = await startRig(folder);
    const settings = { devices: { scanner: { path: scanner.path } }, sale: { askAgainMinutes: 0 } };
    const terminal = await startTerminal(folder, settingsFor(simulator, settings));
    const till = await startBareTill();
    const executablePath = process.env['MILEPOST_CHROMIUM'] ?? '/usr/bin/chromium';
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ executablePath, args });
    try {
      const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'en-CA' });
      const collectors = await simulator.collectors();
      const page = await context.newPage();
      await page.goto(terminal.ready.url);
      await page.locator('.light[data-health="well"]', { hasText: 'Scanner' }).waitFor();
      await watchSales(page, {
        collector: '[data-field="collector"]',
        credited: '.last-sale[data-outcome="credited"]',
      });
      const bare = await context.newPage();
      await bare.goto(till.url);
      await watchSales(bare, { collector: '#collector', credited: 'p' });

      let sold = 0;
      const sell = async (): Promise<Pair> => {
        const collector = collectors[sold % collectors.length] ?? '';
        const amount = `${20 + Math.floor(sold / 80)}.${10 + (sold % 80)}`;
        sold += 1;
        const ours = await playSale(
          page,
          async () => {
            await scanner.write(`]C0${collector}\r`);
            await page.waitForFunction(
              () => document.querySelector<HTMLInputElement>('[data-field="collector"]')?.value !== '',
            );
          },
          amount,
        );
        const theirs = await playSale(
          bare,
          async () => {
            await bare.locator('#collector').fill(collector);
            await bare.locator('#amount').focus();
          },
          amount,
        );
        return { ours, bare: theirs };
      };

      const figures: Record<string, number> = {};
      const all: Pair[] = [];
      for (const latencyMs of LATENCIES_MS) {
        await simulator.setFaults({ latencyMs });
        till.setLatencyMs(latencyMs);
        await sell(); // Warms both.
        const pairs: Pair[] = [];
        for (let round = 0; round < rounds; round += 1) pairs.push(await sell());
        all.push(...pairs);
        Object.assign(figures, figuresOf(latencyMs, pairs));
        note(`at ${latencyMs} ms: ${pairs.map(({ ours }) => rounded(ours.scanToOutcomeMs)).join(', ')} ms from scan to outcome`); // prettier-ignore
      }
      const most = (read: (played: Played) => number): number =>
        Math.max(...all.map(({ ours }) => read(ours)));
      return { keys: most((played) => played.keys), clicks: most((played) => played.clicks), ...figures };
    } finally {
      till.stop();
      await browser.close();
      await terminal.stop();
      await simulator.stop();
      await scanner.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
