import type { Page } from '@playwright/test';
import { checkoutOn, expect, test } from './fixtures.ts';
import { ANA_PIN } from './planted.ts';

async function openCustomerDisplay(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await page.keyboard.press('F10');
  await page.getByRole('button', { name: 'display' }).click();
  const display = await opened;
  await display.getByRole('heading', { name: 'Welcome' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.checkout').waitFor();
  return display;
}

test.describe("the customer's display", () => {
  test('follows a sale from the card to the thanks, without the Collector Number', async ({ page, shop }) => {
    await shop.open();
    const display = await openCustomerDisplay(page);
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await expect(display.getByRole('heading')).toHaveText(/Hello/);
    await page.keyboard.type('84.97');
    await expect(display.locator('.customer-count')).toHaveText('4 Miles');
    await page.keyboard.press('Enter');
    await expect(display.locator('.customer-outcome')).toHaveAttribute('data-outcome', 'credited');
    await expect(display.locator('.customer-count')).toHaveText('4 Miles');
    const text = (await display.locator('html').innerHTML()).replaceAll(/\s/g, '');
    expect(text).not.toContain(collector.slice(-4));
    // The next customer's card takes the last one's sale away.
    const [, next = ''] = await shop.simulator.collectors();
    await page.keyboard.type(next);
    await expect(display.getByRole('heading')).toHaveText(/Hello/);
    await page.keyboard.press('F9');
    await expect(display.getByRole('heading')).toHaveText('Welcome');
  });

  test(
    'speaks the language of the customer who is there, and shows nothing once the terminal is gone',
    { tag: '@browser' },
    async ({ page, shop }) => {
      const terminal = await shop.open();
      const display = await openCustomerDisplay(page);
      const [collector = ''] = await shop.simulator.collectors();
      await page.keyboard.type(collector);
      await page.keyboard.press('Shift+F8');
      await expect(display.getByRole('heading')).toHaveText(/Bonjour/);
      await expect(display.locator('html')).toHaveAttribute('lang', 'fr-CA');
      await expect(page.locator('html')).toHaveAttribute('lang', 'en-CA');
      await page.keyboard.type('20');
      await page.keyboard.press('Enter');
      await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited');
      await expect(display.getByText('Merci')).toBeVisible();
      await terminal.stop();
      await expect(display.locator('.customer')).toBeEmpty();
    },
  );

  test('follows a return without the Collector Number, and forgets one that is left', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const display = await openCustomerDisplay(page);
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('84.97');
    await page.keyboard.press('Enter');
    await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited');
    const [{ reference } = { reference: '' }] = shop.journal();
    const find = async (): Promise<void> => {
      await page.keyboard.press('F2');
      await page.locator('[data-field="original"]').fill(reference);
      await page.keyboard.press('Enter');
    };
    await find();
    await expect(display.getByRole('heading')).toHaveText('With this return we take back');
    await expect(display.locator('.customer-count')).toHaveText('4 Miles');
    await page.keyboard.press('Escape');
    await expect(display.getByRole('heading')).toHaveText('Welcome');
    await find();
    await page.getByRole('button', { name: /Take back 4 Miles/ }).press('Enter');
    // The first manager is set up on the way: a name, a PIN, and the PIN again.
    for (const keys of ['Ana', ANA_PIN, ANA_PIN]) {
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.type(keys);
      await page.keyboard.press('Enter');
    }
    await expect(display.locator('.customer-outcome')).toHaveAttribute('data-outcome', 'credited');
    await expect(display.locator('.customer-count')).toHaveText('4 Miles');
    await expect(display.getByRole('heading')).toHaveText(/taken back from your account/);
    const text = (await display.locator('html').innerHTML()).replaceAll(/\s/g, '');
    expect(text).not.toContain(collector.slice(-4));
  });
});
