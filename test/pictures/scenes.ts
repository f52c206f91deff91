import type { Page } from '@playwright/test';
import { expect } from '../e2e/fixtures.ts';
import { boardScenes } from './board-scenes.ts';
import { dayScenes } from './day-scenes.ts';
import { operatorScenes } from './operator-scenes.ts';
import { returnScenes } from './return-scenes.ts';
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
      await page.locator('.drill-bar .button').click();
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
  { name: 'settings', show: (page) => openFromMenu(page, 'Settings') },
  {
    name: 'setting-changed',
    settings: { operators: { mode: 'off' }, store: { number: '1100', lane: '3' } },
    show: async (page) => {
      await openFromMenu(page, 'Settings');
      await page.getByRole('option', { name: /Lane number/ }).click();
    },
  },
  {
    name: 'secret',
    settings: { operators: { mode: 'off' } },
    show: async (page) => {
      await openFromMenu(page, 'Settings');
      await page.getByRole('option', { name: /PIN pepper/ }).click();
    },
  },
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
      await page.locator('.support .button').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'figures',
    show: async (page, shop) => {
      await sell(page, shop, undefined, 'credited');
      await openFromMenu(page, 'Figures');
      await page.locator('.figures tbody tr').waitFor();
    },
  },
  { name: 'lockdown', show: (page) => openFromMenu(page, 'Lockdown') },
  { name: 'about', show: (page) => openFromMenu(page, 'About Milepost') },
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
];
