import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutOn, expect, test } from './fixtures.ts';
import { ANA_PIN, LUC_PIN, plantedIn, writtenBelow } from './planted.ts';
import { CLIENT_SECRET } from './programs.ts';

const PEPPER = 'planted-pepper-of-this-run';

test(
  'after a whole run nothing written holds a PIN, a secret or a token, and nothing for people a Collector Number',
  { tag: '@browser' },
  async ({ page, shop }) => {
    const terminal = await shop.open();
    const checkout = checkoutOn(page);
    const sheet = page.getByRole('dialog');
    const key = async (text: string): Promise<void> => {
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    };
    // A manager with a PIN, another with the longest there is, a PIN that was wrong and a pepper for all of them.
    await page.keyboard.press('F10');
    await page.locator('.menu').waitFor();
    await page.keyboard.press('8');
    await page.getByRole('button', { name: 'Set up the first manager' }).press('Enter');
    await key('Ana');
    await expect(sheet).toContainText('Choose a PIN');
    await key(ANA_PIN);
    await expect(sheet).toContainText('same PIN again');
    await key(ANA_PIN);
    await expect(sheet).toBeHidden();
    await page.getByRole('button', { name: 'Add an operator' }).press('Enter');
    await key('Luc');
    await expect(sheet).toContainText('Choose a PIN');
    await key(LUC_PIN);
    await expect(sheet).toContainText('same PIN again');
    await key(LUC_PIN);
    await expect(sheet).toBeHidden();
    await page.keyboard.press('Control+l');
    await expect(page.getByRole('button', { name: 'Locked: Ana' })).toBeVisible();
    await page.keyboard.press('F10');
    await page.locator('.menu').waitFor();
    await page.keyboard.press('C');
    await page.getByRole('option', { name: /PIN pepper/ }).click();
    await page.getByLabel('New value; it is never shown again').fill(PEPPER);
    await page.getByRole('button', { name: 'Keep' }).click();
    await expect(sheet).toContainText('Key the PIN');
    await key(LUC_PIN);
    await expect(sheet).toContainText('4 tries left');
    await key(ANA_PIN);
    await expect(page.locator('.detail').getByRole('status')).toContainText('Kept.');
    await page.keyboard.press('Escape');

    const collectors = await shop.simulator.collectors();
    await shop.simulator.setFaults({
      next: ['401', '400', '403', '500', 'garbage', 'dropAfter', '202'],
      token: { next: ['401'] },
    });
    for (const [index, collector] of collectors.slice(0, 6).entries()) {
      await page.keyboard.type(collector);
      await page.keyboard.type(`${20 + index}`);
      await page.keyboard.press('Enter');
      await expect(checkout.collector).toHaveValue('');
    }
    await page.keyboard.press('F6');
    await expect
      .poll(() => shop.journal().filter(({ state }) => state !== 'due').length, { timeout: 30_000 })
      .toBe(6);
    expect((await shop.simulator.stats()).requests).toBeGreaterThan(6);
    await page.keyboard.press('F10');
    await page.locator('.menu').waitFor();
    await page.keyboard.press('B');
    await page.getByRole('button', { name: 'Make a support bundle' }).click();
    await page.getByRole('button', { name: 'Save it' }).click();
    await expect(page.locator('.bundle-path')).toContainText('.zip');
    await terminal.stop();

    const data = join(shop.folder, 'data');
    const written = writtenBelow(data);
    const places = written.map(({ path }) => path);
    for (const place of ['journal.sqlite', 'terminal.log', '.zip: timeline.txt', 'secrets.json'])
      expect(
        places.some((path) => path.includes(place)),
        place,
      ).toBe(true);
    expect(written.some(({ path, text }) => path.endsWith('.log') && text.includes('token-obtained'))).toBe(
      true,
    );
    const everything = [...written, { path: 'output', text: terminal.output() }];
    expect(plantedIn(everything)).toEqual([]);
    // The pepper rests in the file that only its owner can read, and nowhere else.
    expect(everything.filter(({ text }) => text.includes(PEPPER)).map(({ path }) => path)).toEqual([
      join(data, 'secrets.json'),
    ]);
    expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600);

    // The search finds each of them where it is planted on purpose.
    const log = join(data, 'logs', 'terminal.log');
    const clean = readFileSync(log);
    for (const leak of [ANA_PIN, LUC_PIN, CLIENT_SECRET, collectors[0] ?? '', 'Bearer simulated-token-1']) {
      writeFileSync(log, `${clean.toString()}{"event":"x","code":"${leak}"}\n`);
      expect(plantedIn(writtenBelow(data)), leak).not.toEqual([]);
    }
    writeFileSync(log, clean);
  },
);
