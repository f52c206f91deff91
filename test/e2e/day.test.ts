import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutOn, expect, test } from './fixtures.ts';
import { recordEarlierSale } from './earlier-sale.ts';
import { approve, setUpManager } from './manager.ts';

test.describe('closing the day', () => {
  test('one stored sale is carried over knowingly, by keyboard alone, and the report says so', async ({
    page,
    shop,
    host,
  }) => {
    const { url: baseUrl, caFile, clientId } = shop.simulator.ready;
    await shop.open({
      airmiles: { baseUrl, caFile, clientId, sponsorCodes: ['LOY1'] },
      forwarding: { backoffFirstMs: 60_000, backoffCapMs: 60_000, returnSpreadMs: 0 },
    });
    const checkout = checkoutOn(page);
    const collectors = await shop.simulator.collectors();
    for (const [index, amount] of ['100', '64.20'].entries()) {
      await page.keyboard.type(collectors[index] ?? '');
      await page.keyboard.type(amount);
      await page.keyboard.press('Enter');
      await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
      await expect(checkout.collector).toHaveValue('');
    }
    await shop.simulator.setFaults({ next: ['500'] });
    await page.keyboard.type(collectors[2] ?? '');
    await page.keyboard.type('40');
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'stored');

    await page.keyboard.press('F10');
    const entry = page.getByRole('button', { name: /Close the day/ });
    await page.keyboard.press((await entry.locator('.menu-key').textContent()) ?? '');
    await expect(page.getByRole('heading', { name: 'Close the day' })).toBeVisible();
    await expect(page.locator('.day-table .day-total')).toContainText('Issued');
    await expect(page.locator('.day-table .day-total td').nth(0)).toHaveText('3');
    await expect(page.locator('.day-table .day-total td').nth(1)).toHaveText('8');
    await page.keyboard.press('2');
    const stored = shop.journal()[2];
    await expect(page.locator('.day-table tbody tr')).toHaveCount(1);
    await expect(page.locator('.day-table tbody')).toContainText(stored?.reference ?? '');

    await page.keyboard.press('3');
    await page.getByRole('button', { name: 'Reconcile', exact: true }).focus();
    await page.keyboard.press('Enter');
    await setUpManager(page, 'Ann Roy');
    await expect(page.getByText('3 of 3 Collectors asked')).toBeVisible();
    await expect(page.locator('.day-step', { hasText: 'Reconcile' })).toContainText('no difference left');

    await page.keyboard.press('4');
    const close = page.getByRole('button', { name: /^Close \w+ \d/ });
    await expect(close).toBeDisabled();
    const carry = page.getByRole('checkbox');
    await carry.focus();
    await page.keyboard.press('Space');
    await close.focus();
    await page.keyboard.press('Enter');
    await approve(page);
    await expect(page.getByText(/^Closed by Ann Roy on .* 1 transaction was carried over\.$/)).toBeVisible();

    const folder = join(shop.folder, 'data', 'journal', 'reports');
    await expect.poll(() => readdirSync(folder).length).toBe(2);
    const [csvName = '', pdfName = ''] = readdirSync(folder).toSorted();
    const csv = readFileSync(join(folder, csvName), 'utf8');
    expect(csv).toContain('total,issued,credited,2,8,0,164.20');
    expect(csv).toContain(`carried_over,${stored?.reference},stored`);
    expect(csv).not.toContain(collectors[2]);
    expect(readFileSync(join(folder, pdfName)).subarray(0, 5).toString()).toBe('%PDF-');

    await page.keyboard.press('5');
    const saved = host.saved(page);
    await page.getByRole('button', { name: 'Save PDF' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText(`Among this computer’s downloads: ${pdfName}`)).toBeVisible();
    expect(await saved).toBe(pdfName);
    await page.getByRole('button', { name: 'Write CSV' }).focus();
    await page.keyboard.press('Enter');
    await approve(page);
    await expect(page.getByText(/3 transactions written to/)).toBeVisible();
    const exports = join(shop.folder, 'data', 'journal', 'exports');
    const [log = ''] = readdirSync(exports);
    // Windows has no such modes.
    if (process.platform !== 'win32') expect(statSync(join(exports, log)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(exports, log), 'utf8')).toContain(collectors[2] ?? '?');

    await page.keyboard.press('F8');
    await expect(page.getByRole('heading', { name: 'Fermer la journée' })).toBeVisible();
  });

  test('another day is chosen from the list of those there are, by keys, by touch, and left as it was', async ({
    page,
    shop,
  }) => {
    expect(recordEarlierSale(shop.folder)).toBe('2026-06-01');
    await shop.open({ operators: { mode: 'off' } });

    await page.keyboard.press('F10');
    await page.getByRole('button', { name: /Close the day/ }).press('Enter');
    const chosen = page.locator('.day-choice').getByRole('button');
    await expect(chosen).toHaveAccessibleDescription('Transaction Day');
    const totals = page.locator('.day-step').first();
    await expect(chosen).toContainText('(today)');
    await expect(totals).toContainText('nothing recorded');

    await page.keyboard.press('F4');
    const days = page.getByRole('option');
    await expect(days).toHaveCount(2);
    await expect(days.nth(0)).toBeFocused();
    await expect(days.nth(1)).toContainText('1 transaction');
    await page.keyboard.press('ArrowDown');
    await expect(days.nth(1)).toBeFocused();
    // A page's own digits are not heard under the list, and passing a line does not choose it.
    await page.keyboard.press('2');
    await page.keyboard.press('Escape');
    await expect(page.locator('.sheet')).toHaveCount(0);
    await expect(chosen).toContainText('(today)');

    await page.keyboard.press('F4');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.locator('.sheet')).toHaveCount(0);
    await expect(chosen).toContainText('June 1, 2026');
    await expect(totals).toContainText('1 transaction');
    await expect(page.locator('.day-table .day-total').first()).toContainText('Issued');

    await chosen.click();
    // The one that holds, pressed again, closes the list and changes nothing.
    await days.nth(1).click();
    await expect(page.locator('.sheet')).toHaveCount(0);
    await expect(totals).toContainText('1 transaction');
    await chosen.click();
    const box = await days.nth(0).boundingBox();
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(48);
    await days.nth(0).click();
    await expect(totals).toContainText('nothing recorded');
  });
});
