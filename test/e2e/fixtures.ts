import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { startRig, type Rig } from '../rig/rig.ts';
import { browserHost, electronHost, type Host } from './hosts.ts';
import { plantedIn, writtenBelow } from './planted.ts';
import { settingsFor, startSimulator, type SimulatorProgram, type TerminalProgram } from './programs.ts';

/**
 * How many times slower than here every window is to be: `SLOW_WINDOWS=8 npm test -- e2e`. Looks for tests that hold only
 * where a window is quick, and for keys that are lost where it is not.
 */
const slowness = Number(process.env['SLOW_WINDOWS'] ?? 1);

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  // What it fetches takes its time as well.
  const latency = 20 * slowness;
  const unlimited = { downloadThroughput: -1, uploadThroughput: -1 };
  await session.send('Network.emulateNetworkConditions', { offline: false, latency, ...unlimited });
}

/** The packaged program to run the suite under; without one it runs in the browser host. */
const packaged = process.env['PACKAGED_PROGRAM'];

/** The checkout as a cashier sees it. */
export function checkoutOn(page: Page) {
  const field = (name: string): Locator => page.locator(`[data-field="${name}"]`);
  return {
    collector: field('collector'),
    amount: field('amount'),
    hst: field('hst'),
    total: page.locator('.total'),
    issue: page.getByRole('button', { name: /^(Issue|Émettre)/ }),
    /** The sentence in the place of the preview. */
    line: page.locator('.line-text'),
    /** The last outcome, large. */
    newest: page.locator('.last-sale'),
  };
}

/** Whether a page's file was fetched, whichever build gave it its name. */
const hasFetched = (page: Page, part: string): Promise<boolean> =>
  page.evaluate(
    (name) =>
      performance.getEntriesByType('resource').some((entry) => entry.name.includes(`/assets/${name}-`)),
    part,
  );

/** The window has stood idle for a moment: everything it did not need for its first sale was fetched as well. */
async function isComplete(page: Page): Promise<void> {
  // The last of what is fetched ahead.
  await expect.poll(() => hasFetched(page, 'About')).toBe(true);
}

export interface Shop {
  readonly folder: string;
  readonly simulator: SimulatorProgram;
  readonly scanner: Rig;
  /**
   * Starts the terminal and opens its window; again after a kill. Its pages are there at once from then on, as in any
   * window but a very new one.
   */
  open(settings?: Record<string, unknown>): Promise<TerminalProgram>;
  /** The same, and a window that was drawn this moment: a key that opens a page may come before the page's code. */
  openAndGo(settings?: Record<string, unknown>): Promise<TerminalProgram>;
  /** What the journal on the disk holds, read beside the running program. */
  journal(): Array<{
    seq: number;
    idempotency_key: string;
    kind: string;
    details: string;
    state: string;
    reference: string;
    collector_number: string;
    entry_mode: string;
  }>;
}

/** Windows has no pseudo-terminals. */
function noScanner(): Rig {
  const refuse = (): Promise<never> =>
    Promise.reject(new Error('There is no scanner on Windows: this test has to carry @serial'));
  return {
    path: 'none',
    write: refuse,
    writePaced: refuse,
    chunks: refuse,
    hang: refuse,
    reopen: refuse,
    script: refuse,
    readBack: refuse,
    stop: () => Promise.resolve(),
  };
}

const inBrowser = base.extend<{ host: Host }>({
  host: async ({ page }, use) => await use(browserHost(page)),
});

const inElectron = (program: string): typeof inBrowser => {
  const withProgram = base.extend<{ electron: ReturnType<typeof electronHost> }>({
    // Playwright reads the names of what a fixture needs out of its first argument: this one needs nothing.
    // oxlint-disable-next-line no-empty-pattern
    electron: async ({}, use) => await use(electronHost(program)),
  });
  return withProgram.extend<{ host: Host }>({
    page: async ({ electron }, use) => await use(electron.page),
    host: async ({ electron }, use) => await use(electron),
  });
};

/**
 * A terminal, a simulator of its own and a scanner on a pseudo-terminal, for one test. A test of what only the browser host
 * has carries `@browser`, and one that needs the scanner `@serial`: there is none on Windows.
 */
export const test = (packaged === undefined ? inBrowser : inElectron(packaged)).extend<{ shop: Shop }>({
  shop: async ({ page, host }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'milepost-shop-'));
    const simulator = await startSimulator(folder, ['--seed', '7']);
    const scanner = process.platform === 'win32' ? noScanner() : await startRig(folder);
    const terminals: TerminalProgram[] = [];
    const openAndGo: Shop['openAndGo'] = async (changes = {}) => {
      if (slowness > 1) await slowDown(page);
      const devices = { scanner: { path: scanner.path } };
      const terminal = await host.start(folder, settingsFor(simulator, { devices, ...changes }));
      terminals.push(terminal);
      // Until it is drawn, nothing listens to keys.
      await page.locator('.checkout').waitFor();
      return terminal;
    };
    await use({
      folder,
      simulator,
      scanner,
      openAndGo,
      open: async (changes) => {
        const terminal = await openAndGo(changes);
        await isComplete(page);
        return terminal;
      },
      journal: () => {
        const file = new Database(join(folder, 'data', 'journal', 'journal.sqlite'), { readonly: true });
        const rows = file
          .prepare<[], ReturnType<Shop['journal']>[number]>(
            'SELECT t.seq, t.idempotency_key, t.kind, t.details, d.state, t.reference, t.collector_number, t.entry_mode FROM transactions t JOIN deliveries d USING (seq) ORDER BY t.seq',
          )
          .all();
        file.close();
        return rows;
      },
    });
    for (const terminal of terminals) await terminal.stop();
    const data = join(folder, 'data');
    const everything = [
      ...(existsSync(data) ? writtenBelow(data) : []),
      { path: 'output', text: terminals.map((terminal) => terminal.output()).join('\n') },
      ...(await host.leftBehind()),
    ];
    // Whatever the test was about, nothing that was planted may have been written down on the way.
    expect(plantedIn(everything)).toEqual([]);
    await simulator.stop();
    await scanner.stop();
    rmSync(folder, { recursive: true, force: true });
  },
});
export { expect };
