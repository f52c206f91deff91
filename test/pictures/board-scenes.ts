import type { Page } from '@playwright/test';
import type { Shop } from '../e2e/fixtures.ts';
import { openFromMenu, sell, type Scene } from './staging.ts';

const settings = {
  forwarding: { backoffFirstMs: 60_000, backoffCapMs: 60_000, returnSpreadMs: 0 },
  operators: { mode: 'off' },
};

/** One of each that the board shows, and the board. */
async function openBoard(page: Page, shop: Shop): Promise<void> {
  await sell(page, shop, '202', 'accepted', 0);
  await sell(page, shop, '400', 'needs-manager', 1);
  await sell(page, shop, '503', 'stored', 2);
  await openFromMenu(page, 'Board');
  await page.locator('.board-row[data-index]').nth(2).waitFor();
}

/** The story of the one that was refused. */
async function openStory(page: Page, shop: Shop): Promise<void> {
  await openBoard(page, shop);
  await page.locator('.board-row[data-index]').nth(1).click();
  await page.locator('.story-line').first().waitFor();
}

/** The board: what is owed, the story of one, and each dialog of a decision. */
export const boardScenes: readonly Scene[] = [
  { name: 'board-empty', settings, show: (page) => openFromMenu(page, 'Board') },
  { name: 'board', settings, show: openBoard },
  { name: 'board-story', settings, show: openStory },
  ...(['Correct and send again', 'Write off'] as const).map((decision): Scene => ({
    name: `board-${decision.split(' ', 1)[0]?.toLowerCase()}`,
    settings,
    show: async (page, shop) => {
      await openStory(page, shop);
      await page.locator('.story-decisions').getByRole('button', { name: decision }).click();
      await page.locator('.sheet').waitFor();
    },
  })),
  {
    name: 'board-cancel',
    settings,
    show: async (page, shop) => {
      // No token: it never left the terminal, so it may be cancelled.
      await shop.simulator.setFaults({ token: { rates: { '500': 1 } } });
      await sell(page, shop, undefined, 'stored');
      await openFromMenu(page, 'Board');
      await page.locator('.board-row[data-index]').first().click();
      await page.locator('.story-decisions').getByRole('button', { name: 'Cancel' }).click();
      await page.locator('.sheet').waitFor();
    },
  },
];
