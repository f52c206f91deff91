import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';

/** The packaged test build, started on an empty data folder: training, with the simulator inside. */
const test = base.extend<{ program: { readonly app: ElectronApplication; readonly window: Page } }>({
  // Playwright reads the names of what a fixture needs out of its first argument: this one needs nothing.
  // oxlint-disable-next-line no-empty-pattern
  program: async ({}, use) => {
    const executablePath = process.env['PACKAGED_PROGRAM'];
    if (executablePath === undefined) throw new Error('PACKAGED_PROGRAM names no packaged program');
    const dataFolder = mkdtempSync(join(tmpdir(), 'milepost-electron-'));
    const app = await _electron.launch({ executablePath, args: ['--data', dataFolder] });
    const window = await app.firstWindow();
    await window.locator('.checkout').waitFor();
    await use({ app, window });
    await app.close();
    rmSync(dataFolder, { recursive: true, force: true });
  },
});

test('a sale is credited in the real window', async ({ program: { window } }) => {
  const collector = await window.evaluate(async () => {
    const wire: unknown = Reflect.get(window, 'milepost');
    if (typeof wire !== 'object' || wire === null || !('call' in wire) || typeof wire.call !== 'function')
      return '';
    const reply: { output: { practiceCollectors: string[] } } = await wire.call('terminal.snapshot', {});
    return reply.output.practiceCollectors[0] ?? '';
  });
  await window.keyboard.type(collector);
  await window.keyboard.press('Enter');
  await window.keyboard.type('24.97');
  await window.keyboard.press('Enter');
  await expect(window.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited');
});

test('the page is alone: no Node, no way out, no second window', async ({
  program: { app, window: page },
}) => {
  const globals = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
  );
  expect(globals).toEqual([]);
  const before = page.url();
  await page.evaluate(() => {
    window.location.href = 'https://example.com/';
  });
  await page.evaluate(() => {
    window.open('https://example.com/');
  });
  const fetched = await page.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'came',
      () => 'refused',
    ),
  );
  expect(fetched).toBe('refused');
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
});

test('a second start brings the first to the front and ends', async ({ program: { app } }) => {
  expect(await app.evaluate(({ app: electron }) => electron.hasSingleInstanceLock())).toBe(true);
});
