import type { Page } from '@playwright/test';
import type { Shop } from '../e2e/fixtures.ts';
import { checkoutOn, expect } from '../e2e/fixtures.ts';

/** A page in a state worth a picture and a look by axe, reached as a person would reach it. */
export interface Scene {
  readonly name: string;
  /** Of the terminal's settings, where they are not the usual. */
  readonly settings?: Record<string, unknown> | ((shop: Shop) => Record<string, unknown>);
  /** The customer's display is what is looked at. */
  readonly isCustomers?: true;
  show(page: Page, shop: Shop, operator: Page): Promise<void>;
}

/** Opens the terminal and brings it, or the customer's display beside it, into the scene; the page to look at. */
export async function openScene(scene: Scene, operator: Page, shop: Shop): Promise<Page> {
  const { settings } = scene;
  await shop.open(typeof settings === 'function' ? settings(shop) : settings);
  let page = operator;
  if (scene.isCustomers === true) {
    page = await operator.context().newPage();
    await page.goto(new URL('/customer', operator.url()).href);
    await page.locator('.customer-title').waitFor();
  }
  await scene.show(page, shop, operator);
  return page;
}

export async function keySale(page: Page, shop: Shop, collectorIndex: number, amount: string): Promise<void> {
  const collector = (await shop.simulator.collectors())[collectorIndex] ?? '';
  await page.keyboard.type(collector);
  await page.keyboard.type(amount);
}

/** Sells to the outcome that a fault of the simulator gives. */
export async function sell(
  page: Page,
  shop: Shop,
  fault: string | undefined,
  outcome: string,
  collectorIndex = 0,
): Promise<void> {
  await keySale(page, shop, collectorIndex, '24.97');
  if (fault !== undefined) {
    // The question what it earns would meet the fault in the place of the sale.
    await expect(page.locator('.line-text')).toContainText(/earns 1/);
    await shop.simulator.setFaults({ next: [fault] });
  }
  await page.keyboard.press('Enter');
  await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', outcome);
  await expect(page.locator('.last-progress')).toHaveCount(0);
  await expect(checkoutOn(page).collector).toHaveValue('');
}

/** Opens a page by its tile, and then one that is a button on it. */
export async function openFromMenu(page: Page, title: string, then?: RegExp): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu .button', { hasText: title }).press('Enter');
  if (then !== undefined) await page.getByRole('button', { name: then }).first().press('Enter');
  await page.locator('.menu').waitFor({ state: 'detached' });
  await page.locator('.page').waitFor();
}
