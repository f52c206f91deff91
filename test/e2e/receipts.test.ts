import { existsSync } from 'node:fs';
import { checkoutOn, expect, test } from './fixtures.ts';

test.describe('a receipt', () => {
  test('of the last sale is one key away, of any other a reference away, by keyboard alone', async ({
    page,
    shop,
  }) => {
    await shop.open({ receipts: { heading: ['Épicerie Côté'] } });
    const [collector = ''] = await shop.simulator.collectors();
    for (const amount of ['24.97', '60']) {
      await page.keyboard.type(collector);
      await page.keyboard.type(amount);
      await page.keyboard.press('Enter');
      await expect(checkoutOn(page).newest).toContainText(amount === '60' ? '$60.00' : '$24.97');
      await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited');
    }
    const [first] = shop.journal();
    await page.keyboard.press('F7');
    const paper = page.locator('.paper');
    await expect(paper).toContainText('$60.00');
    await expect(paper).toContainText('TRAINING');
    await expect(paper).toContainText('Épicerie Côté');
    await page.getByLabel('Reference').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(`mp-${first?.reference.toLowerCase() ?? ''}`);
    await page.keyboard.press('Enter');
    await expect(paper).toContainText('$24.97');
    expect(await page.locator('body').textContent()).not.toContain(collector);
    // There is no printer here: that is said and kept, and never taken for printed.
    await page.keyboard.press('F7');
    await expect(page.locator('[data-print]')).toHaveAttribute('data-print', 'no-printer');
    await page.getByRole('button', { name: 'Save as PDF' }).press('Enter');
    await expect(page.locator('.receipts-word')).toContainText('.pdf');
    const file = (await page.locator('.receipts-word').textContent())?.replace(/^[^/A-Z]*Saved: /, '') ?? '';
    expect(existsSync(file)).toBe(true);
    await page.keyboard.press('Escape');
    await expect(checkoutOn(page).collector).toBeVisible();
  });

  test('that nobody has is said so', async ({ page, shop }) => {
    await shop.open({ language: 'fr-CA' });
    await page.keyboard.press('F7');
    await expect(page.getByRole('textbox', { name: 'Référence' })).toBeFocused();
    await page.keyboard.type('A1B2C3D4E5F6');
    await page.keyboard.press('Enter');
    await expect(page.getByText('n’a aucune vente')).toBeVisible();
  });
});
