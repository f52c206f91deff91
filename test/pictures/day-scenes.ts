import type { Page } from '@playwright/test';
import type { Shop } from '../e2e/fixtures.ts';
import { openFromMenu, sell, type Scene } from './staging.ts';

const settings = ({ simulator }: Shop) => {
  const { url: baseUrl, caFile, clientId } = simulator.ready;
  return {
    airmiles: { baseUrl, caFile, clientId, sponsorCodes: ['LOY1'] },
    forwarding: { backoffFirstMs: 60_000, backoffCapMs: 60_000, returnSpreadMs: 0 },
    operators: { mode: 'off' },
  };
};

/** A day with something credited, accepted, refused and stored, its page open at a step. */
async function openDay(page: Page, shop: Shop, step: string): Promise<void> {
  await sell(page, shop, undefined, 'credited', 0);
  await sell(page, shop, '202', 'accepted', 1);
  await sell(page, shop, '400', 'needs-manager', 2);
  await sell(page, shop, '503', 'stored', 3);
  await openFromMenu(page, 'Close the day');
  await page.locator('.day-table').first().waitFor();
  await page.keyboard.press(step);
}

async function close(page: Page): Promise<void> {
  await page.getByRole('checkbox').press('Space');
  await page.getByRole('button', { name: /^Close \w+ \d/ }).press('Enter');
  await page
    .getByText(/^Closed/)
    .first()
    .waitFor();
}

/** Closing the day, step by step. */
export const dayScenes: readonly Scene[] = [
  { name: 'day-open', settings, show: (page, shop) => openDay(page, shop, '1') },
  {
    name: 'day-choice',
    settings,
    show: async (page, shop) => {
      await openDay(page, shop, '1');
      await page.keyboard.press('F4');
      await page.getByRole('option').first().waitFor();
    },
  },
  { name: 'day-owed', settings, show: (page, shop) => openDay(page, shop, '2') },
  {
    name: 'day-reconciled',
    settings,
    show: async (page, shop) => {
      await openDay(page, shop, '3');
      await page.getByRole('button', { name: 'Reconcile', exact: true }).press('Enter');
      await page.getByText('4 of 4 Collectors asked').waitFor();
    },
  },
  {
    name: 'day-closing',
    settings,
    show: async (page, shop) => {
      await openDay(page, shop, '4');
      await page.getByRole('checkbox').press('Space');
    },
  },
  {
    name: 'day-closed',
    settings,
    show: async (page, shop) => {
      await openDay(page, shop, '4');
      await close(page);
    },
  },
  {
    name: 'day-files',
    settings,
    show: async (page, shop) => {
      await openDay(page, shop, '4');
      await close(page);
      await page.keyboard.press('5');
    },
  },
];
