import type { Page } from '@playwright/test';
import { ANA_PIN } from '../e2e/planted.ts';
import { expect } from '../e2e/fixtures.ts';
import { choosePin, setUpManager } from '../e2e/manager.ts';
import { openFromMenu, type Scene } from './staging.ts';

/** Ana the manager, signed in, and Luc the cashier. */
async function openOperators(page: Page): Promise<void> {
  await openFromMenu(page, 'Operators');
  await page.getByRole('button', { name: 'Set up the first manager' }).press('Enter');
  await setUpManager(page);
  // The button is behind the sheet as long as that one stands.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Add an operator' }).press('Enter');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Luc');
  await page.keyboard.press('Enter');
  await choosePin(page, '8264');
  await page.getByRole('button', { name: /Luc Cashier/ }).waitFor();
}

/** Who works here, and the sheets on which a PIN is keyed. */
export const operatorScenes: readonly Scene[] = [
  { name: 'operators-empty', show: (page) => openFromMenu(page, 'Operators') },
  { name: 'operators', show: openOperators },
  {
    name: 'operators-set-up',
    show: async (page) => {
      await openFromMenu(page, 'Operators');
      await page.getByRole('button', { name: 'Set up the first manager' }).press('Enter');
      await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
      await page.keyboard.type('Ana');
      await page.keyboard.press('Enter');
      await page.locator('.pin-side').waitFor();
    },
  },
  {
    name: 'operators-own-pin',
    show: async (page) => {
      await openOperators(page);
      await page.getByRole('button', { name: 'Change my PIN' }).press('Enter');
      await page.keyboard.type('4417');
      await page.keyboard.press('Enter');
      await expect(page.locator('.pin-line')).toContainText('Wrong PIN');
    },
  },
  {
    name: 'operators-own-pin-done',
    show: async (page) => {
      await openOperators(page);
      await page.getByRole('button', { name: 'Change my PIN' }).press('Enter');
      await page.keyboard.type(ANA_PIN);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toContainText('Choose a PIN');
      await choosePin(page, '952713');
      await page.locator('.own-pin-done').waitFor();
    },
  },
  {
    name: 'operators-approval',
    show: async (page) => {
      await openOperators(page);
      await page.getByRole('button', { name: 'Sign out' }).press('Enter');
      await page.getByRole('button', { name: 'Deactivate' }).press('Enter');
      await page.locator('.pin-panel').waitFor();
    },
  },
  {
    name: 'locked',
    settings: { operators: { mode: 'everyone' } },
    show: async (page) => {
      await setUpManager(page);
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('Control+l');
      await page.locator('.lock-overlay .pin-panel').waitFor();
    },
  },
  {
    name: 'first-set-up',
    settings: { operators: { mode: 'everyone' } },
    show: async (page) => {
      await page.locator('.lock-overlay').waitFor();
    },
  },
];
