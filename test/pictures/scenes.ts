import type { Page } from '@playwright/test';
import type { Shop } from '../e2e/fixtures.ts';
import { checkoutOn, expect } from '../e2e/fixtures.ts';

/** A page in a state worth a picture and a look by axe, reached as a person would reach it. */
export interface Scene {
  readonly name: string;
  /** Of the terminal's settings, where they are not the usual. */
  readonly settings?: Record<string, unknown>;
  /** The customer's display is what is looked at. */
  readonly isCustomers?: true;
  show(page: Page, shop: Shop, operator: Page): Promise<void>;
}

/** Opens the terminal and brings it, or the customer's display beside it, into the scene; the page to look at. */
export async function openScene(scene: Scene, operator: Page, shop: Shop): Promise<Page> {
  await shop.open(scene.settings);
  let page = operator;
  if (scene.isCustomers === true) {
    page = await operator.context().newPage();
    await page.goto(new URL('/customer', operator.url()).href);
    await page.locator('.customer-title').waitFor();
  }
  await scene.show(page, shop, operator);
  return page;
}

async function keySale(page: Page, shop: Shop, collectorIndex: number, amount: string): Promise<void> {
  const collector = (await shop.simulator.collectors())[collectorIndex] ?? '';
  await page.keyboard.type(collector);
  await page.keyboard.type(amount);
}

/** Sells to the outcome that a fault of the simulator gives. */
async function sell(page: Page, shop: Shop, fault: string | undefined, outcome: string): Promise<void> {
  if (fault !== undefined) await shop.simulator.setFaults({ next: [fault] });
  await keySale(page, shop, 0, '24.97');
  await page.keyboard.press('Enter');
  await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', outcome);
  await expect(page.locator('.last-progress')).toHaveCount(0);
}

/** Opens a page by its tile, and then one that is a button on it. */
async function openFromMenu(page: Page, title: string, then?: RegExp): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu .button', { hasText: title }).press('Enter');
  if (then !== undefined) await page.getByRole('button', { name: then }).first().press('Enter');
  await page.locator('.menu').waitFor({ state: 'detached' });
  await page.locator('.page').waitFor();
}

/** Finds the first sale for a return, by its reference. */
async function findFirst(page: Page, shop: Shop): Promise<void> {
  const [{ reference } = { reference: '' }] = shop.journal();
  await page.keyboard.press('F2');
  await page.locator('[data-field="original"]').fill(reference);
  await page.keyboard.press('Enter');
  await page.locator('.original').waitFor();
}

async function openDrills(page: Page): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu .button', { hasText: 'Drills' }).press('Enter');
  await page.locator('.training-intro').waitFor();
}

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
  { name: 'menu', show: (page) => page.keyboard.press('F10') },
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
  {
    name: 'return-empty',
    show: async (page) => {
      await page.keyboard.press('F2');
      await page.locator('.page').waitFor();
    },
  },
  {
    name: 'return-of-a-sale',
    show: async (page, shop) => {
      await sell(page, shop, undefined, 'credited');
      await page.keyboard.press('F2');
      await page.locator('.page').waitFor();
    },
  },
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
    name: 'return-found',
    show: async (page, shop) => {
      await sell(page, shop, undefined, 'credited');
      await findFirst(page, shop);
      await expect(page.locator('.original tfoot strong')).not.toBeEmpty();
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
      await sell(operator, shop, undefined, 'credited');
      await findFirst(operator, shop);
      await page.locator('.customer-count').waitFor();
      await page.locator('.customer-outcome').waitFor({ state: 'detached' });
    },
  },
  { name: 'keyed-return', show: (page) => openFromMenu(page, 'Return', /No receipt/) },
  { name: 'correction', show: (page) => openFromMenu(page, 'Correction') },
  { name: 'operators', show: (page) => openFromMenu(page, 'Operators') },
  { name: 'settings', show: (page) => openFromMenu(page, 'Settings') },
  { name: 'doctor', show: (page) => openFromMenu(page, 'Doctor') },
  { name: 'figures', show: (page) => openFromMenu(page, 'Figures') },
  { name: 'licences', show: (page) => openFromMenu(page, 'Licences') },
  {
    name: 'board',
    show: async (page, shop) => {
      await sell(page, shop, '400', 'needs-manager');
      await openFromMenu(page, 'Board');
    },
  },
];
