import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContext, type Page, type Response } from '@playwright/test';
import { settingsFor, startSimulator, startTerminal } from '../../e2e/programs.ts';
import type { Bench } from '../benches.ts';
import { median, medianRatio } from '../statistics.ts';
import { barePage, startEmptyPage } from './pages.ts';
import { p95, seenOn, watch, type Watched } from './reactions.ts';

const SALES_A_ROUND = 5;
const STORED_BEHIND = 5000;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Keys whole sales into whatever field waits; a hand that is quick, a key every 30 ms. */
async function keySales(page: Page, collector: string): Promise<Watched> {
  await seenOn(page);
  for (let sale = 0; sale < SALES_A_ROUND; sale += 1) {
    await page.keyboard.type(`${collector}${10 + sale}.${20 + Math.floor(Math.random() * 80)}`, {
      delay: 30,
    });
    await page.keyboard.press('Enter', { delay: 30 });
    // Ours clears itself once the sale is on the disk; a bare page has no such field.
    await page.waitForFunction(() => {
      const field = document.querySelector<HTMLInputElement>('[data-field="collector"]');
      return field === null || field.value === '';
    });
  }
  return await seenOn(page);
}

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

interface FirstLoad {
  /** When the page first could be used, in milliseconds after it was asked for. */
  readonly usableMs: number;
  /** Everything asked for until then and its fonts, compressed; what is fetched ahead afterwards is not in it. */
  readonly gzipBytes: number;
  /** Tasks over 50 ms from the first byte until a second after it could be used, what is fetched ahead included. */
  readonly longTasks: number;
}

/** Opens the page in a browser that has never seen it, and watches it from before its first script. */
async function firstLoad(
  browser: Browser,
  storageState: StorageState,
  url: string,
  selector: string,
): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, storageState });
  const page = await context.newPage();
  const responses = new Map<string, Response>();
  page.on('response', (response) => {
    // A browser asks for an icon once, whichever page it is on; what has no body weighs nothing.
    if (response.ok()) responses.set(response.url(), response);
  });
  await page.addInitScript((wanted) => {
    const longTasks: number[] = [];
    Reflect.set(globalThis, 'milepostLongTasks', longTasks);
    new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
    const look = (): void => {
      if (document.querySelector(wanted) === null) requestAnimationFrame(look);
      else Reflect.set(globalThis, 'milepostUsableMs', performance.now());
    };
    requestAnimationFrame(look);
  }, selector);
  await page.goto(url);
  await page.waitForFunction(() => Reflect.has(globalThis, 'milepostUsableMs'));
  const { usableMs, longTasks, addresses } = await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const usableAtMs = Number(Reflect.get(globalThis, 'milepostUsableMs'));
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return {
      usableMs: usableAtMs,
      longTasks: (Reflect.get(globalThis, 'milepostLongTasks') as number[]).length,
      addresses: entries
        .filter(({ startTime, name }) => startTime < usableAtMs || name.endsWith('.woff2'))
        .map(({ name }) => name),
    };
  });
  const sizes = [url, ...new Set(addresses)].map(async (address) => {
    const body = await responses.get(address)?.body();
    if (body === undefined) return 0;
    return address.endsWith('.woff2') ? body.length : gzipSync(body).length;
  });
  const gzipBytes = (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
  await context.close();
  return { usableMs, gzipBytes, longTasks };
}

/** Stores sales through the page's own wire while AIR MILES is in maintenance. */
async function storeSales(page: Page, collectors: readonly string[], count: number): Promise<void> {
  await page.evaluate(
    async ({ numbers, wanted }) => {
      const socket = new WebSocket(`ws://${location.host}/wire`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      let answered = 0;
      let isOpen = true;
      socket.addEventListener('close', () => (isOpen = false));
      socket.addEventListener('message', ({ data }) => {
        if (String(data).startsWith('{"id"')) answered += 1;
      });
      // Never more than a few on their way: a window that reads too slowly would be taken for one that hangs.
      const until = async (count: number): Promise<void> => {
        while (answered < count) {
          if (!isOpen) throw new Error(`The wire was closed after ${answered} of ${wanted} sales`);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      };
      for (let id = 0; id < wanted; id += 1) {
        const input = {
          saleKey: crypto.randomUUID(),
          collectorText: numbers[id % numbers.length],
          entryMode: 'keyed',
          preTaxCents: 1000 + id,
          taxes: { gst: 0, hst: 0, pst: 0, qst: 0 },
          isSecondSale: true,
        };
        socket.send(JSON.stringify({ id, call: 'checkout.issue', input }));
        await until(id - 50);
      }
      await until(wanted);
      socket.close();
    },
    { numbers: collectors, wanted: count },
  );
}

/** What a cashier feels: how soon a key shows, whether the page ever stands still, how soon it is there. */
export const screenBench: Bench = {
  aims: [
    {
      figure: 'reaction_p95_ms',
      means: 'from a key to the frame that shows it',
      aim: '< 100',
      isMet: (v) => v < 100,
    },
    { figure: 'reaction_over_bare_p95', means: 'the same over a bare page', aim: 'none', isMet: () => true },
    { figure: 'long_tasks', means: 'tasks over 50 ms in all sales', aim: '0', isMet: (v) => v === 0 },
    { figure: 'reaction_draining_p95_ms', means: `the same while ${STORED_BEHIND} stored sales drain`, aim: '< 100', isMet: (v) => v < 100 }, // prettier-ignore
    { figure: 'long_tasks_draining', means: 'and the long tasks in it', aim: '0', isMet: (v) => v === 0 },
    { figure: 'first_load_gzip_kb', means: 'everything the page loads, compressed', aim: '<= 250', isMet: (v) => v <= 250 }, // prettier-ignore
    { figure: 'usable_over_empty_page', means: 'time to usable over an empty React page', aim: '<= 2', isMet: (v) => v <= 2 }, // prettier-ignore
    { figure: 'long_tasks_first_load', means: 'tasks over 50 ms in one first load', aim: '0', isMet: (v) => v === 0 }, // prettier-ignore
    { figure: 'window_memory_mb', means: 'JavaScript heap of the window after its sales', aim: 'none', isMet: () => true }, // prettier-ignore
  ],
  async run({ rounds, note }) {
    const folder = mkdtempSync(join(tmpdir(), 'milepost-screen-'));
    const simulator = await startSimulator(folder, ['--seed', '7']);
    const forwarding = {
      returnSpreadMs: 0,
      backlogPerSecond: 1000,
      parallel: 16,
      backoffFirstMs: 200,
      backoffCapMs: 2000,
    };
    const sale = { askAgainMinutes: 0 };
    const terminal = await startTerminal(folder, settingsFor(simulator, { forwarding, sale }));
    const executablePath = process.env['MILEPOST_CHROMIUM'] ?? '/usr/bin/chromium';
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ executablePath, args });
    const empty = await startEmptyPage();
    try {
      const collectors = await simulator.collectors();
      const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
      const page = await context.newPage();
      await page.goto(terminal.ready.url);
      await page.locator('.checkout').waitFor();
      await watch(page);
      const bare = await context.newPage();
      await bare.setContent(barePage);
      await watch(bare);

      const ours: Watched[] = [];
      const theirs: Watched[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const collector = collectors[round % collectors.length] ?? '';
        await page.bringToFront();
        ours.push(await keySales(page, collector));
        await bare.bringToFront();
        theirs.push(await keySales(bare, collector));
        note(`round ${round + 1}: ${rounded(p95(ours.at(-1)?.reactionsMs ?? []))} ms, bare ${rounded(p95(theirs.at(-1)?.reactionsMs ?? []))} ms`); // prettier-ignore
      }

      await page.bringToFront();
      await simulator.setFaults({ maintenance: true });
      await storeSales(page, collectors, STORED_BEHIND);
      await simulator.setFaults({});
      await page.keyboard.press('F6');
      const draining = await keySales(page, collectors[0] ?? '');
      note(`draining: ${draining.reactionsMs.length} keys`);

      const cdp = await context.newCDPSession(page);
      const { usedSize } = await cdp.send('Runtime.getHeapUsage');
      const loads: FirstLoad[] = [];
      const emptyLoads: FirstLoad[] = [];
      const storageState = await context.storageState();
      const address = new URL('/', page.url()).href;
      for (let round = 0; round < rounds; round += 1) {
        loads.push(await firstLoad(browser, storageState, address, '.checkout'));
        emptyLoads.push(await firstLoad(browser, storageState, empty.url, '.usable'));
      }
      const reactions = ours.map(({ reactionsMs }) => p95(reactionsMs));
      return {
        reaction_p95_ms: rounded(median(reactions)),
        reaction_over_bare_p95: rounded(
          medianRatio(
            reactions,
            theirs.map(({ reactionsMs }) => p95(reactionsMs)),
          ),
        ),
        long_tasks: ours.reduce((total, { longTasks }) => total + longTasks, 0),
        reaction_draining_p95_ms: rounded(p95(draining.reactionsMs)),
        long_tasks_draining: draining.longTasks,
        first_load_gzip_kb: rounded((loads[0]?.gzipBytes ?? Number.NaN) / 1000),
        usable_over_empty_page: rounded(
          medianRatio(
            loads.map(({ usableMs }) => usableMs),
            emptyLoads.map(({ usableMs }) => usableMs),
          ),
        ),
        long_tasks_first_load: median(loads.map(({ longTasks }) => longTasks)),
        window_memory_mb: rounded(usedSize / 1_000_000),
      };
    } finally {
      empty.stop();
      await browser.close();
      await terminal.stop();
      await simulator.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
