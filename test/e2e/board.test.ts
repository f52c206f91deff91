import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { checkoutOn, expect, test } from './fixtures.ts';
import { ANA_PIN } from './planted.ts';
import type { SimulatorProgram } from './programs.ts';

/** The board as a manager sees it. */
function boardOn(page: Page) {
  return {
    rows: page.locator('.board-row[data-index]'),
    story: page.locator('.board-story'),
    lines: page.locator('.story-line'),
    said: page.locator('.story-said'),
    sheet: page.locator('.sheet'),
    filter: (name: RegExp) => page.getByRole('radio', { name }),
  };
}

const settings = ({ url: baseUrl, caFile, clientId }: { url: string; caFile: string; clientId: string }) => ({
  airmiles: { baseUrl, caFile, clientId, sponsorCodes: ['TEST'] },
  forwarding: { backoffFirstMs: 60_000, backoffCapMs: 60_000, returnSpreadMs: 0 },
  operators: { mode: 'off' },
});

/** Rings up a sale of 40 dollars, by keys, and has it fail in a way. */
async function sell(
  page: Page,
  simulator: SimulatorProgram,
  collector: string,
  fault: string,
): Promise<void> {
  await page.keyboard.type(collector);
  await page.keyboard.type('40');
  await simulator.setFaults({ next: [fault] });
  await page.keyboard.press('Enter');
}

/** As if the first send had been more than a day ago: its key may have lapsed at the far end. */
function letKeyLapse(folder: string): void {
  const file = new Database(join(folder, 'data', 'journal', 'journal.sqlite'));
  file
    .prepare('UPDATE deliveries SET attempts = 3, maybe_sent_at_ms = ?, due_at_ms = ?')
    .run(Date.now() - 25 * 3_600_000, Date.now());
  file.close();
}

test.describe('the board', () => {
  test('a refused sale is corrected and credited, by keys alone; the strip and the light follow', async ({
    page,
    shop,
  }) => {
    await shop.open(settings(shop.simulator.ready));
    const checkout = checkoutOn(page);
    const board = boardOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await sell(page, shop.simulator, collector, '400');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'needs-manager');
    await expect(page.getByRole('button', { name: '1 for the manager' })).toBeVisible();
    await page.keyboard.press('F3');
    await expect(board.rows).toHaveCount(1);
    await expect(board.rows).toContainText('Refused by AIR MILES');
    await page.keyboard.press('Enter');
    await expect(board.lines).toHaveText([
      /Stored on this terminal\./,
      /Attempt 1: Refused by AIR MILES\..*HTTP 400/,
    ]);
    await expect(board.story).toContainText('1 attempt · HTTP 400');
    await page.keyboard.press('1');
    await expect(board.sheet.getByRole('textbox', { name: 'Eligible amount' })).toBeFocused();
    await page.keyboard.type('60');
    await expect(board.sheet.getByRole('textbox', { name: 'HST' })).toHaveValue('7.80');
    await page.keyboard.press('Enter');
    await expect(board.said).toContainText('Recorded as');
    // The story is the corrected one's by now, and it becomes credited by itself.
    await expect(board.lines.first()).toContainText('Stored in the place of');
    await expect(board.lines.nth(1)).toContainText('Attempt 1: Credited.');
    await expect(board.rows).toHaveCount(0);
    await expect(page.getByText('Nothing is owed')).toBeVisible();
    await expect(page.getByRole('button', { name: /for the manager/ })).toHaveCount(0);
    const [old, corrected, ...others] = shop.journal();
    expect(others).toEqual([]);
    expect([old?.state, corrected?.state]).toEqual(['cancelled', 'credited']);
    expect(await shop.simulator.ledger()).toMatchObject([
      { collectorNumber: collector, milesAmount: 3, checkoutTransactionId: corrected?.reference },
    ]);
    expect(await page.locator('body').textContent()).not.toContain(collector);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(page.locator('.earlier-sale')).toContainText('Corrected');
    await expect(page.locator('.earlier-sale')).toHaveAttribute('data-outcome', 'closed');
  });

  test('a sale whose answer was lost and whose key lapsed is checked, found and credited, in French', async ({
    page,
    shop,
  }) => {
    const french = { ...settings(shop.simulator.ready), language: 'fr-CA' };
    const first = await shop.open(french);
    const [collector = ''] = await shop.simulator.collectors();
    await sell(page, shop.simulator, collector, 'dropAfter');
    await expect(checkoutOn(page).newest).toContainText('La connexion a été coupée');
    await first.stop();
    letKeyLapse(shop.folder);
    await shop.open(french);
    const board = boardOn(page);
    const checkout = checkoutOn(page);
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'needs-manager');
    await page.getByRole('button', { name: '1 pour le gérant' }).click();
    await expect(board.filter(/^Gérant requis/)).toHaveAttribute('aria-checked', 'true');
    await expect(board.rows).toContainText('Peut-être reçue');
    await expect(board.rows).toContainText('Vérifier chez AIR MILES');
    await page.keyboard.press('Enter');
    await expect(board.lines.last()).toContainText('Remise à un gérant');
    await page.keyboard.press('1');
    await expect(board.said).toContainText('créditée');
    await expect(board.lines.last()).toContainText('Trouvée dans l’historique');
    await expect(board.rows).toHaveCount(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    await expect(checkout.newest).toContainText(/2 milles/);
    expect(await shop.simulator.ledger()).toHaveLength(1);
  });

  test('one that AIR MILES does not have is sent again, with its own key', async ({ page, shop }) => {
    const first = await shop.open(settings(shop.simulator.ready));
    const [collector = ''] = await shop.simulator.collectors();
    await sell(page, shop.simulator, collector, 'dropBefore');
    await expect(checkoutOn(page).newest).toContainText('The connection broke');
    const [before] = shop.journal();
    await first.stop();
    letKeyLapse(shop.folder);
    await shop.open(settings(shop.simulator.ready));
    const board = boardOn(page);
    const checkout = checkoutOn(page);
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'needs-manager');
    await page.keyboard.press('F3');
    await expect(board.rows).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Send again' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Check with AIR MILES' }).click();
    await expect(board.said).toContainText('does not have it. It may be sent again.');
    // What was said follows the language.
    await page.keyboard.press('F8');
    await expect(board.said).toContainText('peut être renvoyée');
    await page.keyboard.press('F8');
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(board.lines.last()).toContainText('Credited.');
    expect(await shop.simulator.ledger()).toMatchObject([
      { idempotencyKey: before?.idempotency_key, milesAmount: 2 },
    ]);
  });

  test('a write-off takes a manager’s PIN and a reason, and tells who and why', async ({ page, shop }) => {
    const support = {
      partnerDesk: { name: 'Store help', phone: '555-0100' },
      escalation: ['Ask the store help', 'Leave it parked until they call'],
    };
    await shop.open({ ...settings(shop.simulator.ready), operators: { mode: 'managers' }, support });
    const board = boardOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await sell(page, shop.simulator, collector, '400');
    await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'needs-manager');
    await page.keyboard.press('F3');
    await expect(board.rows).toHaveCount(1);
    await page.keyboard.press('Enter');
    // Parked: whom to call, what to quote and what to do, in either language.
    const [parked] = shop.journal();
    const help = board.story.locator('.story-help');
    await expect(help).toContainText('When in doubt, call');
    await expect(help).toContainText('555-0100');
    await expect(help.locator('.contact-quote')).toContainText(parked?.reference ?? '?');
    await expect(help.locator('li')).toHaveText(support.escalation);
    await page.keyboard.press('F8');
    await expect(help).toContainText('Mentionnez');
    await page.keyboard.press('F8');
    await page.getByRole('button', { name: 'Write off' }).click();
    await page.keyboard.press('Enter');
    await expect(board.sheet).toContainText('Say why, in a few words.');
    await board.sheet.getByRole('button', { name: 'Collector not known' }).click();
    await expect(board.sheet.getByRole('textbox', { name: 'Why?' })).toHaveValue('Collector not known');
    await board.sheet.getByRole('button', { name: /^Write off/ }).click();
    // Nobody is known yet: the first manager is set up on the way.
    await page.getByRole('textbox', { name: 'Name' }).fill('Ana');
    await page.keyboard.press('Enter');
    for (const round of ['choose', 'again']) {
      await expect(page.getByText(round === 'choose' ? /Choose a PIN/ : /same PIN again/)).toBeVisible();
      await page.keyboard.type(ANA_PIN);
      await page.keyboard.press('Enter');
    }
    await expect(board.said).toContainText('Written off.');
    // Decided: nothing is left to call about.
    await expect(help).toHaveCount(0);
    await expect(board.lines.last()).toContainText('By Ana');
    await expect(board.lines.last()).toContainText('“Collector not known”');
    await expect(board.rows).toHaveCount(0);
    expect(shop.journal()).toMatchObject([{ state: 'written-off' }]);
  });

  test('is found one’s way on by keys alone, and what changes meanwhile moves neither rows nor choice', async ({
    page,
    shop,
  }) => {
    await shop.open(settings(shop.simulator.ready));
    const board = boardOn(page);
    const checkout = checkoutOn(page);
    const collectors = await shop.simulator.collectors();
    for (const [index, fault] of ['202', '400', '500'].entries()) {
      await sell(page, shop.simulator, collectors[index] ?? '', fault);
      await expect(checkout.newest).toContainText(['Accepted', 'Needs a manager', 'Stored'][index] ?? '');
      await expect(checkout.collector).toHaveValue('');
    }
    await page.keyboard.press('F3');
    await expect(board.rows).toHaveCount(3);
    await page.keyboard.press('ArrowRight');
    await expect(board.filter(/^Stored 1/)).toHaveAttribute('aria-checked', 'true');
    await expect(board.rows).toHaveCount(1);
    await page.keyboard.press('ArrowLeft');
    await expect(board.rows).toHaveCount(3);
    await page.keyboard.press('F4');
    await page.keyboard.type((collectors[1] ?? '').slice(-4));
    await expect(board.rows).toHaveCount(1);
    await expect(board.rows).toContainText('Refused');
    await page.keyboard.press('Escape');
    await expect(board.rows).toHaveCount(3);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(board.story).toContainText('Stored');
    // Send now: it is credited and leaves the board; its story stays in sight.
    await page.keyboard.press('1');
    await expect(board.rows).toHaveCount(2);
    await expect(board.lines.last()).toContainText('Attempt 2: Credited.');
    await page.keyboard.press('Escape');
    await expect(board.story).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(checkout.collector).toBeVisible();
  });
});
