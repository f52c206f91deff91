import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test.describe('IT at the terminal', () => {
  test('sees where a setting comes from, changes it by keyboard, and is told when it holds', async ({
    page,
    shop,
  }) => {
    await shop.open({ store: { number: '1100', lane: '3' }, operators: { mode: 'off' } });
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: /Settings/ }).click();
    const list = page.getByRole('listbox', { name: 'Settings' });
    await list.getByRole('option', { name: /Lane number/ }).click();
    const detail = page.locator('.detail');
    await expect(detail).toContainText('store.lane');
    await expect(detail.locator('.place').first()).toContainText('store file');
    await expect(detail.locator('.place').first()).toContainText(/line \d+/);
    const field = detail.getByLabel('Value on this terminal');
    await field.fill('12');
    await page.keyboard.press('Enter');
    await expect(detail.getByRole('status')).toHaveText('Saved. It holds when Milepost next starts.');
    const own = readFileSync(join(shop.folder, 'data', 'terminal.json'), 'utf8');
    expect(JSON.parse(own)).toEqual({ store: { lane: '12' } });
    await page.keyboard.press('Escape');
    await expect(page.locator('.checkout')).toBeVisible();
  });

  test('enters a secret that is never shown again', async ({ page, shop }) => {
    await shop.open({ operators: { mode: 'off' } });
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: /Settings/ }).click();
    await page.getByRole('option', { name: /Gateway key/ }).click();
    const field = page.getByLabel('New value; it is never shown again');
    await expect(field).toHaveAttribute('type', 'password');
    await field.fill('planted-gateway-key');
    await page.getByRole('button', { name: 'Keep' }).click();
    await expect(page.locator('.detail').getByRole('status')).toHaveText(
      'Kept. It is used when Milepost next starts.',
    );
    await expect(field).toHaveValue('');
    expect(await page.content()).not.toContain('planted-gateway-key');
    expect(readFileSync(join(shop.folder, 'data', 'logs', 'terminal.log'), 'utf8')).not.toContain(
      'planted-gateway-key',
    );
  });

  test('has doctor look, reads what is wrong and what to do, in both languages, and saves a bundle it saw listed', async ({
    page,
    shop,
  }) => {
    await shop.open({
      devices: { scanner: { path: '/dev/ttyUSB99' } },
      support: { partnerDesk: { name: 'Store help', phone: '555-0100' } },
    });
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: /Doctor/ }).click();
    const scanner = page.getByRole('option', { name: /Scanner/ });
    await expect(scanner.locator('.verdict')).toHaveAttribute('data-verdict', 'fault');
    await expect(page.locator('.finding-fix')).toContainText('correct devices.scanner.path');
    await expect(page.locator('.contact')).toContainText('555-0100');
    await page.keyboard.press('F8');
    await expect(page.locator('.finding-fix')).toContainText('À faire\u00a0: Branchez-le');
    await page.getByRole('button', { name: 'Préparer une trousse de soutien' }).click();
    await expect(page.locator('.bundle-files')).toContainText('doctor.txt');
    await page.getByRole('button', { name: 'L’enregistrer' }).click();
    const bundle = page.locator('.bundle-path');
    const path = (await bundle.textContent()) ?? '';
    expect(existsSync(path)).toBe(true);
    // Or by the one key that stands on both.
    await page.keyboard.press('F4');
    await expect(page.locator('.bundle-files')).toContainText('doctor.txt');
    await expect(bundle).toHaveCount(0);
    await page.keyboard.press('F4');
    await expect(bundle).toBeVisible();
    expect(existsSync((await bundle.textContent()) ?? '')).toBe(true);
  });

  test('reads in figures what became of a day’s sales, by the shapes of the outcomes', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const collectors = await shop.simulator.collectors();
    const sales = [
      { faults: [], outcome: 'credited' },
      { faults: ['202'], outcome: 'accepted' },
      { faults: ['400'], outcome: 'needs-manager' },
      { faults: [], outcome: 'credited' },
    ];
    for (const [index, { faults, outcome }] of sales.entries()) {
      await page.keyboard.type(collectors[index] ?? '');
      await page.keyboard.type('40');
      await shop.simulator.setFaults({ next: faults });
      await page.keyboard.press('Enter');
      await expect(page.locator('.last-sale')).toHaveAttribute('data-outcome', outcome);
      await expect(page.locator('[data-field="collector"]')).toHaveValue('');
    }
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: /Figures/ }).click();
    await expect(page.locator('.figures-outcomes')).toHaveText(/Credited 2\s*Accepted 1\s*Needs a manager 1/);
  });

  test(
    'reads which version this is and why none newer is installed, in both languages',
    { tag: '@browser' },
    async ({ page, shop }) => {
      await shop.open({ updates: { mode: 'on', feedUrl: 'https://updates.invalid/' } });
      await page.keyboard.press('F10');
      await page.getByRole('button', { name: /About Milepost/ }).click();
      await expect(page.locator('.page-aside')).toHaveText(/^Version \d+\.\d+\.\d+$/);
      const state = page.locator('.about-state');
      // A browser's terminal is no installed program, whatever the settings say.
      await expect(state).toHaveText('This is not an installed program: it does not update itself.');
      await page.keyboard.press('F8');
      await expect(state).toHaveText('Ce programme n’est pas installé\u00a0: il ne se met pas à jour.');
    },
  );

  test('finds nothing cut off or overlapping at the size of a counter screen', async ({ page, shop }) => {
    await shop.open({ language: 'fr-CA' });
    for (const name of [/Réglages/, /Diagnostic/, /Mesures/, /À propos/]) {
      await page.keyboard.press('F10');
      await page.locator('.menu').getByRole('button', { name }).click();
      await page.locator('.split, .figures, .licences').first().waitFor();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
  });
});

test('every entry of the menu opens by the key that stands before it', async ({ page, shop }) => {
  await shop.open();
  await page.keyboard.press('F10');
  await page.locator('.menu').waitFor();
  const tiles = await page
    .locator('.menu .button')
    .evaluateAll((all) =>
      all.map((tile) => [tile.querySelector('kbd')?.textContent, tile.querySelector('strong')?.textContent]),
    );
  expect(tiles.map(([key]) => key).join('')).toBe('123456789ABCDEF');
  for (const [key = '', title = ''] of tiles.filter(([one]) => one !== '1' && one !== '4')) {
    // The small letter, as a hand without Shift gives it.
    await page.keyboard.press((key ?? '').toLowerCase());
    await expect(page.locator('.page-title')).toHaveText(title ?? '');
    await page.keyboard.press('F10');
    await page.locator('.menu').waitFor();
  }
  const opened = page.context().waitForEvent('page');
  await page.keyboard.press('4');
  await (await opened).locator('.customer-title').waitFor();
  await page.keyboard.press('1');
  await expect(page.locator('.checkout')).toBeVisible();
});
