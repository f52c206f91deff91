import type { Page } from '@playwright/test';
import { checkoutOn, expect, test } from './fixtures.ts';

/** The simulator inside the terminal, as `npm start` has it. */
const builtIn = { airmiles: {} };

async function startDrill(page: Page, digit: string): Promise<void> {
  await page.keyboard.press('F10');
  await page.getByRole('button', { name: 'Drills' }).press('Enter');
  await page.getByRole('button', { name: 'The network is away' }).waitFor();
  await page.keyboard.press(digit);
  await page.locator('.drill-bar').waitFor();
}

/** How long a form has to stand still until the terminal asks what it would earn, and more. */
const WHILE_IT_IS_READ_MS = 800;

/** `whileItIsReadMs`: a cashier who looks at what was keyed before Enter. */
async function sell(page: Page, amount: string, whileItIsReadMs = 0): Promise<void> {
  // The practice Collectors stand where the sales will be; after the first sale their number is keyed again.
  await page.getByRole('button', { name: 'Collector 1' }).click();
  await page.keyboard.type(amount);
  await page.waitForTimeout(whileItIsReadMs);
  await page.keyboard.press('Enter');
}

test.describe('a drill', () => {
  test('loses an answer, and the report says that the sale was credited once', async ({ page, shop }) => {
    await shop.open(builtIn);
    await startDrill(page, '2');
    await sell(page, '40');
    await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited', { timeout: 30_000 });
    await page.getByRole('button', { name: 'See the report' }).press('Enter');
    await expect(page.getByText('All went well.')).toBeVisible();
    await expect(page.locator('.training-points li')).toHaveCount(3);
  });

  test('refuses a Collector, and sends the sale to a manager', async ({ page, shop }) => {
    await shop.open(builtIn);
    await startDrill(page, '3');
    await sell(page, '40', WHILE_IT_IS_READ_MS);
    await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'needs-manager');
    await page.getByRole('button', { name: 'See the report' }).press('Enter');
    await expect(page.getByText('went to a manager')).toBeVisible();
    await expect(page.getByText('All went well.')).toBeVisible();
  });

  test('takes the network away until it is ended, and its sale goes out then', async ({ page, shop }) => {
    await shop.open(builtIn);
    await startDrill(page, '1');
    await sell(page, '40');
    await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'stored');
    await expect(page.locator('.light', { hasText: 'AIR MILES' })).toHaveAttribute('data-health', 'trouble');
    await page.getByRole('button', { name: 'End the drill' }).press('Enter');
    await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited', { timeout: 30_000 });
  });

  test('can not be had over a simulator that is not the own', async ({ page, shop }) => {
    await shop.open();
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: 'Drills' }).press('Enter');
    await expect(page.getByText('Drills need the simulator inside this terminal')).toBeVisible();
  });
});
