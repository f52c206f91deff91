import { chromium } from '@playwright/test';
import { counters, runCounter, type Counter, type MixFigures } from './mix.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The mix at every counter, each with its share of the actions; true where nothing was misplaced, doubled or lost. */
export async function scanMix(actions: number, seed: number): Promise<boolean> {
  const executablePath = process.env['MILEPOST_CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const share = Math.ceil(actions / counters.length);
  say(`Scan mix: ${actions} actions at ${counters.length} counters, seed ${seed}`);
  const results: MixFigures[] = [];
  const run = async (counter: Counter, index: number): Promise<void> => {
    const figures = await runCounter(browser, counter, { actions: share, seed: seed + index });
    results.push(figures);
    say(lineOf(figures));
    for (const fault of figures.faults.slice(0, 10)) say(`    ${fault}`);
  };
  try {
    await Promise.all(counters.map(run));
  } finally {
    await browser.close();
  }
  const sum = (of: (figures: MixFigures) => number): number =>
    results.reduce((total, figures) => total + of(figures), 0);
  const faults = sum((figures) => figures.faults.length);
  say(
    `In all: ${sum(({ done }) => done.scans)} scans and swipes, ${sum(({ done }) => done.keys)} keys, ` +
      `${sum(({ done }) => done['focus moves'])} focus moves, ${sum(({ sold }) => sold.length)} sales; ${faults} faults`,
  );
  return faults === 0;
}

function lineOf({ counter: { desk, wedge }, done, sent, sold, faults }: MixFigures): string {
  const board = `${desk.system}, scanner for ${desk.scanner} by ${wedge.mode}`;
  const scans = `${sent.serial} serial reads, ${sent.wedge} bursts`;
  return `  ${board}: ${scans}, ${done.keys} keys, ${done['focus moves']} focus moves, ${sold.length} sales; ${faults.length} faults`;
}
