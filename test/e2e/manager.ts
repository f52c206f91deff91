import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { ANA_PIN } from './planted.ts';

/** Keys a new PIN twice into the sheet that asks for it. */
export async function choosePin(page: Page, pin: string): Promise<void> {
  const sheet = page.getByRole('dialog').last();
  await expect(sheet).toContainText(/Choose a PIN|two different PINs|Choisissez un NIP|NIP sont différents/);
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').last()).toContainText(/same PIN again|même NIP de nouveau/);
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
}

/** Sets up the first manager in the sheet that just opened; that is a yes to what was pressed. */
export async function setUpManager(page: Page, name = 'Ana'): Promise<void> {
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await choosePin(page, ANA_PIN);
}

/** The manager's yes to what was pressed, by PIN. */
export async function approve(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type(ANA_PIN);
  await page.keyboard.press('Enter');
}
