import type { Page } from '@playwright/test';
import { checkoutOn, expect } from '../e2e/fixtures.ts';
import { boardScenes } from './board-scenes.ts';
import { dayScenes } from './day-scenes.ts';
import { deviceScenes } from './device-scenes.ts';
import { operatorScenes } from './operator-scenes.ts';
import { openOriginal, returnScenes } from './return-scenes.ts';
import { settingsScenes } from './settings-scenes.ts';
import { updateScenes } from './update-scenes.ts';
import { keySale, openFromMenu, sell, type Scene } from './staging.ts';

async function openDrills(page: Page): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu .button', { hasText: 'Drills' }).press('Enter');
  await page.locator('.training-intro').waitFor();
}

const support = {
  partnerDesk: { name: 'Centre d’aide Épicerie Côté', phone: '1 800 555-0100', hours: '7:00–23:00' },
  programmeDesk: { name: 'Partner support', phone: '1 800 555-0199', email: 'partners@example.com' },
  escalation: [
    'Call the store help desk with the reference.',
    'After an hour, have them call the programme.',
  ],
};
const partner = { receipts: { heading: ['Épicerie Côté', '12, rue de l’Église, Lévis'] } };

export const scenes: readonly Scene[] = [
  { name: 'checkout-empty', show: async () => undefined },
  {
    name: 'checkout-ready',
    show: async (page, shop) => {
      await keySale(page, shop, 0, '1234.56');
      await expect(page.locator('.line-text')).toContainText(/61/);
    },
  },
  {
    name: 'checkout-fault',
    show: async (page) => {
      await page.keyboard.type('8123456789');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'checkout-keypad',
    show: async (page) => {
      await page.locator('.issue-row .button').last().click();
    },
  },
  {
    name: 'checkout-asking',
    show: async (page, shop) => {
      await sell(page, shop, undefined, 'credited');
      await keySale(page, shop, 0, '24.97');
      await page.keyboard.press('Enter');
      await expect(page.locator('.line')).toContainText('24');
    },
  },
  { name: 'sale-credited', show: (page, shop) => sell(page, shop, undefined, 'credited') },
  { name: 'sale-accepted', show: (page, shop) => sell(page, shop, '202', 'accepted') },
  {
    name: 'sale-stored',
    settings: { forwarding: { backoffFirstMs: 60_000, backoffCapMs: 60_000 } },
    show: async (page, shop) => {
      await sell(page, shop, '503', 'stored');
      await expect(page.locator('.last-next')).toBeVisible();
    },
  },
  { name: 'sale-needs-manager', show: (page, shop) => sell(page, shop, '400', 'needs-manager') },
  {
    name: 'menu',
    show: async (page) => {
      await page.keyboard.press('F10');
      await page.locator('.menu').waitFor();
    },
  },
  {
    name: 'receipts-empty',
    show: async (page) => {
      await page.keyboard.press('F7');
      await page.locator('.receipts').waitFor();
    },
  },
  {
    name: 'receipt',
    settings: partner,
    show: async (page, shop) => {
      await sell(page, shop, undefined, 'credited');
      await page.keyboard.press('F7');
      await page.locator('.paper').waitFor();
    },
  },
  {
    name: 'receipt-printed',
    settings: { ...partner, forwarding: { backoffFirstMs: 60_000, backoffCapMs: 60_000 } },
    show: async (page, shop) => {
      await sell(page, shop, '503', 'stored');
      await page.keyboard.press('F7');
      await page.locator('.paper').waitFor();
      await page.keyboard.press('F7');
      await page.locator('[data-print="no-printer"]').waitFor();
    },
  },
  {
    name: 'checkout-large-type',
    settings: { screen: { type: 'large' } },
    show: (page, shop) => sell(page, shop, undefined, 'credited'),
  },
  {
    name: 'drills',
    settings: { airmiles: {} },
    show: openDrills,
  },
  {
    name: 'drill-running',
    settings: { airmiles: {} },
    show: async (page) => {
      await openDrills(page);
      await page.keyboard.press('1');
      await page.locator('.drill-bar').waitFor();
    },
  },
  {
    name: 'drill-report',
    settings: { airmiles: {} },
    show: async (page) => {
      await openDrills(page);
      await page.keyboard.press('3');
      await page.locator('.practice .button').first().click();
      await page.keyboard.type('40');
      await page.keyboard.press('Enter');
      // Until the sale is decided the bar's button ends the drill.
      await page.locator('.drill-bar').getByRole('button', { name: 'See the report' }).click();
      await page.locator('.training-report').waitFor();
    },
  },
  {
    name: 'customer-welcome',
    isCustomers: true,
    show: async (page) => {
      await page.locator('.customer-title').waitFor();
    },
  },
  {
    name: 'customer-earns',
    isCustomers: true,
    show: async (page, shop, operator) => {
      await keySale(operator, shop, 0, '84.97');
      await page.locator('.customer-count').waitFor();
    },
  },
  {
    name: 'customer-credited',
    isCustomers: true,
    show: async (page, shop, operator) => {
      await sell(operator, shop, undefined, 'credited');
      await page.locator('[data-outcome="credited"]').first().waitFor();
    },
  },
  ...settingsScenes,
  {
    name: 'doctor',
    settings: { support },
    show: async (page) => {
      await openFromMenu(page, 'Doctor');
      await page.locator('.doctor-worst').waitFor();
    },
  },
  {
    name: 'doctor-lost-printer',
    settings: {
      support,
      devices: { scanner: { path: 'none' }, printer: { connection: 'network', host: '127.0.0.1', port: 9 } },
    },
    show: async (page) => {
      await openFromMenu(page, 'Doctor');
      await page.locator('.finding-fix').waitFor();
    },
  },
  {
    name: 'support-bundle',
    settings: { support },
    show: async (page) => {
      await openFromMenu(page, 'Doctor');
      await page.locator('.support .button').click();
      await page.locator('.bundle-files').waitFor();
    },
  },
  {
    name: 'figures',
    show: async (page, shop) => {
      await sell(page, shop, undefined, 'credited');
      await sell(page, shop, '202', 'accepted', 1);
      await sell(page, shop, '400', 'needs-manager', 2);
      await openFromMenu(page, 'Figures');
      await page.locator('.figures tbody tr').waitFor();
    },
  },
  { name: 'lockdown', show: (page) => openFromMenu(page, 'Lockdown') },
  { name: 'about', show: (page) => openFromMenu(page, 'About Milepost') },
  ...updateScenes,
  {
    // The README's two pictures: light, 1024, in build/pictures.
    name: 'checkout-busy',
    show: async (page, shop) => {
      const day = [
        [0, '24.97', '202', 'accepted'],
        [1, '180', '400', 'needs-manager'],
        [2, '61.80', undefined, 'credited'],
        [3, '139.95', undefined, 'credited'],
        [4, '412', undefined, 'credited'],
      ] as const;
      for (const [collectorIndex, amount, fault, outcome] of day) {
        await keySale(page, shop, collectorIndex, amount);
        // What it earns was asked and answered: the fault is for the sale itself.
        await expect(page.locator('.line-text')).toContainText(/earns/);
        if (fault !== undefined) await shop.simulator.setFaults({ next: [fault] });
        await page.keyboard.press('Enter');
        await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', outcome);
        await expect(page.locator('.last-progress')).toHaveCount(0);
      }
    },
  },
  {
    name: 'return-elsewhere',
    show: async (page) => {
      await page.keyboard.press('F2');
      await page.locator('[data-field="original"]').fill('K7Q3 M2XV T9PH');
      await page.keyboard.press('Enter');
      await page.locator('.elsewhere').waitFor();
    },
  },
  {
    name: 'customer-takes-back',
    isCustomers: true,
    show: async (page, shop, operator) => {
      await openOriginal(operator, shop, '24.97');
      await page.locator('.customer-count').waitFor();
      await page.locator('.customer-outcome').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'board-parked',
    settings: { support },
    show: async (page, shop) => {
      await sell(page, shop, '400', 'needs-manager');
      await openFromMenu(page, 'Board');
      await page.locator('.board-row[data-index]').click();
      await page.locator('.story-help').waitFor();
    },
  },
  ...returnScenes,
  ...boardScenes,
  ...dayScenes,
  ...operatorScenes,
  ...deviceScenes,
];
