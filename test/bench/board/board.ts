import { chromium, type Page } from '@playwright/test';
import type { OpenFile } from '../../../main/journal/open.ts';
import { startTerminal } from '../../e2e/programs.ts';
import { makeJournal } from '../../faults/power/made-journal.ts';
import { makeSale } from '../../faults/power/sales.ts';
import type { Bench, BenchOptions } from '../benches.ts';
import { inFolder } from '../journal/folders.ts';
import { median } from '../statistics.ts';

const MANY = 50_000;
const FEW = 50;
/** Nobody listens there: what is stored stays stored. */
const NOWHERE = 'https://localhost:1';

/** A journal in which so many are open: three of five stored, one for a manager, one accepted. */
function fill({ database, store }: OpenFile, count: number): void {
  database.pragma('synchronous = off');
  const nowMs = Date.now();
  const add = (index: number): void => {
    const recordedAtMs = nowMs - (count - index) * 10_000;
    const sale = { ...makeSale(Math.random), recordedAtMs };
    const result = store.record(sale, { dueLimit: count + 1, equalSinceMs: undefined });
    if (result.kind !== 'recorded' || index % 5 < 3) return;
    const isAccepted = index % 5 === 3;
    store.settle({
      seq: result.row.seq,
      startedAtMs: recordedAtMs,
      elapsedMs: 250,
      status: isAccepted ? 202 : 400,
      code: isAccepted ? 'accepted' : 'rejected',
      detail: undefined,
      serverDateMs: undefined,
      answer: undefined,
      next: isAccepted ? { kind: 'accepted' } : { kind: 'needs-manager', reason: 'rejected' },
    });
  };
  database.transaction(() => {
    for (let index = 0; index < count; index += 1) add(index);
  })();
}

/** Presses a filter and says how long until its rows are drawn. */
async function filterMs(page: Page, key: string): Promise<number> {
  const startedMs = performance.now();
  await page.keyboard.press(key);
  await page.locator('.board-table[aria-busy="false"]').waitFor();
  await page.locator('.board-row[data-index="0"][data-outcome]').waitFor();
  return performance.now() - startedMs;
}

interface Measured {
  readonly longTasksMs: readonly number[];
  readonly filterMs: readonly number[];
}

async function measure(folder: string, count: number, rounds: number): Promise<Measured> {
  makeJournal(folder, (file) => fill(file, count));
  const airmiles = { baseUrl: NOWHERE, clientId: 'bench' };
  const settings = { airmiles, devices: { scanner: { path: 'none' } }, operators: { mode: 'off' } };
  const terminal = await startTerminal(folder, settings);
  const executablePath = process.env['MILEPOST_CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1024, height: 768 } });
    await page.goto(terminal.ready.url);
    await page.locator('.checkout').waitFor();
    await page.keyboard.press('F3');
    await page.locator('.board-row[data-outcome]').first().waitFor();
    const longTasks = await page.evaluateHandle(() => {
      const seen: number[] = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.push(entry.duration);
      }).observe({ type: 'longtask' });
      return seen;
    });
    const filters: number[] = [];
    await page.mouse.move(400, 500);
    for (let round = 0; round < rounds; round += 1) {
      // By wheel, by leaps of the scroll bar and by keys.
      for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 600);
      for (let leap = 1; leap <= 20; leap += 1) {
        await page.evaluate((share) => {
          const list = document.querySelector('.board-scroll');
          if (list !== null) list.scrollTop = list.scrollHeight * share;
          return new Promise(requestAnimationFrame);
        }, leap / 20);
      }
      await page.keyboard.press('Home');
      for (let row = 0; row < 40; row += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'])
        filters.push(await filterMs(page, key));
    }
    return { longTasksMs: await longTasks.jsonValue(), filterMs: filters };
  } finally {
    await browser.close();
    await terminal.stop();
  }
}

/** The board in a real Chromium over a journal of 50,000 open transactions, beside one of 50. */
export const boardBench: Bench = {
  aims: [
    {
      figure: 'long_tasks',
      means: 'tasks over 50 ms while 50,000 rows are scrolled and filtered',
      aim: 'none',
      isMet: (value) => value === 0,
    },
    {
      figure: 'filter_over_small',
      means: 'from a filter’s key to its rows, with 50,000 over with 50',
      aim: '3 times',
      isMet: (value) => value <= 3,
    },
  ],
  async run({ rounds, note }: BenchOptions) {
    const many = await inFolder((folder) => measure(folder, MANY, rounds));
    const few = await inFolder((folder) => measure(folder, FEW, rounds));
    const ms = median(many.filterMs);
    note(`filter: ${ms.toFixed(0)} ms with ${MANY} rows, ${median(few.filterMs).toFixed(0)} ms with ${FEW}`);
    return {
      long_tasks: many.longTasksMs.length,
      longest_task_ms: Math.round(Math.max(0, ...many.longTasksMs)),
      filter_ms: Math.round(ms),
      filter_over_small: Number((ms / median(few.filterMs)).toFixed(2)),
    };
  },
};
