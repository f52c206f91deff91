import type { Page } from '@playwright/test';
import type { Shop } from '../e2e/fixtures.ts';
import { expect } from '../e2e/fixtures.ts';
import { base, partnerSettings, twice } from '../e2e/partner-settings.ts';
import { openFromMenu, sell, type Scene } from './staging.ts';

const withoutOperators = { operators: { mode: 'off' } };
const calculating = (shop: Shop) => ({
  ...partnerSettings(shop.folder, { format: 1, version: '1', offers: [base, twice] }, shop.simulator.ready),
  ...withoutOperators,
});

async function openReturn(page: Page): Promise<void> {
  await page.keyboard.press('F2');
  await page.locator('.page').waitFor();
}

/** Sells, and opens the return of that sale with so much of it keyed. */
/** Sells, and finds that sale for a return of a part of it. */
export async function openOriginal(page: Page, shop: Shop, amount: string): Promise<void> {
  await sell(page, shop, undefined, 'credited');
  await openReturn(page);
  await page.locator('.button-choice').first().press('Enter');
  await page.locator('[data-part="eligible"] input').fill(amount);
}

async function keyInto(page: Page, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(texts))
    await page.locator('.keyed-form').getByRole('textbox', { name }).fill(text);
}

/** Returns: what is found, what is capped, and what a manager keys by hand. */
export const returnScenes: readonly Scene[] = [
  { name: 'return-empty', show: openReturn },
  {
    name: 'return-of-a-sale',
    show: async (page, shop) => {
      await sell(page, shop, undefined, 'credited');
      await openReturn(page);
    },
  },
  { name: 'return-found', show: (page, shop) => openOriginal(page, shop, '10') },
  {
    name: 'return-capped',
    settings: withoutOperators,
    show: async (page, shop) => {
      await openOriginal(page, shop, '10');
      await page.keyboard.press('Enter');
      await page.locator('.return-done').waitFor();
      await page.keyboard.press('Escape');
      await openReturn(page);
      await page.locator('.button-choice').last().press('Enter');
      await page.locator('[data-part="eligible"] input').fill('24.97');
      await expect(page.locator('.original')).toContainText('is left');
    },
  },
  {
    name: 'return-done',
    settings: withoutOperators,
    show: async (page, shop) => {
      await openOriginal(page, shop, '10');
      await page.keyboard.press('Enter');
      await page.locator('.return-done [data-outcome="credited"]').first().waitFor();
    },
  },
  { name: 'keyed-return', show: (page) => openFromMenu(page, 'Return', /No receipt/) },
  {
    name: 'keyed-return-refused',
    settings: calculating,
    show: async (page, shop) => {
      const [collector = ''] = await shop.simulator.collectors();
      await openFromMenu(page, 'Return', /No receipt/);
      await keyInto(page, {
        Collector: collector,
        Amount: '84.97',
        Miles: '4200',
        Reason: 'Gift, no receipt',
      });
      await page.keyboard.press('Enter');
      await page.locator('.keyed-line[data-fault]').waitFor();
    },
  },
  { name: 'correction-none', show: (page) => openFromMenu(page, 'Correction') },
  {
    name: 'correction',
    settings: calculating,
    show: async (page, shop) => {
      const [collector = ''] = await shop.simulator.collectors();
      await openFromMenu(page, 'Correction');
      await keyInto(page, { Collector: collector, Miles: '40', Reason: 'Voucher of the opening week' });
    },
  },
  {
    name: 'correction-done',
    settings: calculating,
    show: async (page, shop) => {
      const [collector = ''] = await shop.simulator.collectors();
      await openFromMenu(page, 'Correction');
      await keyInto(page, { Collector: collector, Miles: '40', Reason: 'Voucher of the opening week' });
      await page.keyboard.press('Enter');
      await page.locator('.return-done [data-outcome="credited"]').first().waitFor();
    },
  },
];
