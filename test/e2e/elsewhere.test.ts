import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { receiptCodeOf } from '../../shared/domain/receipt-code.ts';
import { checkoutOn, expect, test, type Shop } from './fixtures.ts';
import { settingsFor, startTerminal } from './programs.ts';

/** Sells on another terminal of the store, and gives the reference on its receipt. */
async function sellOnAnother(shop: Shop, collector: string, newPage: () => Promise<Page>): Promise<string> {
  const folder = join(shop.folder, 'other');
  mkdirSync(folder);
  const other = await startTerminal(
    folder,
    settingsFor(shop.simulator, { store: { number: '1100', lane: '4', province: 'ON' } }),
  );
  const page = await newPage();
  await page.goto(other.ready.url);
  await page.locator('.checkout').waitFor();
  await page.keyboard.type(collector);
  await page.keyboard.type('84.97');
  await page.keyboard.press('Enter');
  await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited');
  await page.close();
  await other.stop();
  const [credit] = await shop.simulator.ledger();
  return credit?.checkoutTransactionId ?? '';
}

test(
  'a receipt of another terminal: the card beside it tells its state, and its return is keyed from there',
  { tag: '@browser' },
  async ({ page, context, shop }) => {
    const [collector = ''] = await shop.simulator.collectors();
    const reference = await sellOnAnother(shop, collector, () => context.newPage());
    const { url: baseUrl, caFile, clientId } = shop.simulator.ready;
    await shop.open({ airmiles: { baseUrl, caFile, clientId, sponsorCodes: ['TEST'] } });
    await expect(page.locator('.light', { hasText: 'Scanner' })).toHaveAttribute('data-health', 'well');
    await shop.scanner.writePaced(`${receiptCodeOf(reference)}\r`, 9600);
    const panel = page.locator('.elsewhere');
    await expect(panel).toContainText(`Reference ${reference}: not sold on this terminal`);
    await shop.scanner.writePaced(`${collector}\r`, 9600);
    await expect(panel).toContainText('has this sale: credited, 4 Miles.');
    await panel.getByRole('button', { name: 'Return without its sale' }).press('Enter');
    await expect(page.getByLabel('Reference on the paper')).toHaveValue(reference);
    await expect(page.getByLabel('Collector', { exact: true })).toHaveValue(collector);
  },
);

test('without a network it says that AIR MILES could not be asked, and the return can be keyed all the same', async ({
  page,
  shop,
}) => {
  const { url: baseUrl, caFile, clientId } = shop.simulator.ready;
  await shop.open({ airmiles: { baseUrl, caFile, clientId, sponsorCodes: ['TEST'] }, language: 'fr-CA' });
  const [collector = ''] = await shop.simulator.collectors();
  await shop.simulator.stop();
  await page.keyboard.press('F2');
  await page.locator('[data-field="original"]').fill('K7Q3 M2XV T9PH');
  await page.keyboard.press('Enter');
  const panel = page.locator('.elsewhere');
  await expect(panel.getByRole('textbox')).toBeFocused();
  await page.keyboard.type(collector);
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('Impossible de consulter');
  await panel.getByRole('button', { name: 'Retour sans sa vente' }).press('Enter');
  await expect(page.getByLabel('Référence sur le papier')).toHaveValue('K7Q3M2XVT9PH');
});
