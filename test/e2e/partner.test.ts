import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { checkoutOn, expect, test } from './fixtures.ts';
import { base, partnerSettings, twice } from './partner-settings.ts';

test.describe('where the partner calculates', () => {
  test('the cashier sees the Miles before the sale is issued, and those are posted', async ({
    page,
    shop,
  }) => {
    const table = { format: 1, version: '2026-05', offers: [base, twice] };
    await shop.open(partnerSettings(shop.folder, table, shop.simulator.ready));
    const checkout = checkoutOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('89.50');
    await expect(checkout.line).toHaveText('This sale earns 8 Miles: Everyday 4, Twice 4.');
    await expect(checkout.issue).toHaveText(/^Issue 8 Miles/);
    await page.keyboard.press('F8');
    await expect(checkout.line).toHaveText(
      'Cette vente rapporte 8 milles\u00a0: Tous les jours 4, Le double 4.',
    );
    await expect(checkout.issue).toHaveText(/^Émettre 8 milles/);
    await page.keyboard.press('F8');
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    await expect(checkout.newest).toContainText(/8 Miles/);
    const [row, ...others] = shop.journal();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ kind: 'post', state: 'credited' });
    expect(JSON.parse(row?.details ?? '')).toMatchObject({
      milesAmount: 8,
      tableVersion: '2026-05',
      locationCode: '1100',
      taxes: { hst: 1164 },
      lines: [
        { offerCode: 'STANDARD', milesAmount: 4 },
        { offerCode: 'TWICE', milesAmount: 4 },
      ],
    });
    expect(await shop.simulator.ledger()).toMatchObject([
      {
        collectorNumber: collector,
        endpoint: 'post',
        milesAmount: 8,
        idempotencyKey: row?.idempotency_key,
        checkoutTransactionId: row?.reference,
      },
    ]);
  });

  test('the cashier leaves out what earns nothing, and sees how much of the purchase counts', async ({
    page,
    shop,
  }) => {
    const table = { format: 1, version: '1', offers: [base] };
    await shop.open(partnerSettings(shop.folder, table, shop.simulator.ready));
    const checkout = checkoutOn(page);
    const excluded = page.locator('[data-field="excluded"]');
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('89.50');
    await excluded.fill('200000');
    await expect(checkout.line).toContainText('Not eligible');
    await excluded.fill('12.50');
    await expect(checkout.line).toHaveText('This sale earns 4 Miles: $89.50 eligible of $102.00.');
    await page.keyboard.press('F8');
    await expect(checkout.line).toHaveText(
      'Cette vente rapporte 4 milles\u00a0: 89,50\u00a0$ admissibles sur 102,00\u00a0$.',
    );
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    const [row] = shop.journal();
    expect(JSON.parse(row?.details ?? '')).toMatchObject({ eligibleCents: 8950, excludedCents: 1250 });
    expect(await shop.simulator.ledger()).toMatchObject([{ preTaxCents: 10_200, milesAmount: 4 }]);
  });

  test('what earns nothing, or too much, is refused in words and not stored', async ({ page, shop }) => {
    const table = { format: 1, version: '1', offers: [base] };
    await shop.open(partnerSettings(shop.folder, table, shop.simulator.ready));
    const checkout = checkoutOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('19.99');
    await expect(checkout.line).toHaveText('This sale earns no Reward Miles.');
    await page.keyboard.press('Enter');
    await expect(checkout.line).toContainText(
      'NOT stored: under today’s offers this sale earns no Reward Miles.',
    );
    await checkout.amount.fill('2020');
    await expect(checkout.line).toHaveText('This sale earns 101 Miles.');
    await page.keyboard.press('Enter');
    await expect(checkout.line).toContainText('NOT stored: this sale would earn more than 100 Miles');
    await page.getByRole('button', { name: 'Understood' }).click();
    expect(shop.journal()).toEqual([]);
    await checkout.amount.fill('2000');
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toContainText(/100 Miles/);
  });

  test('a wrong table is told at start, and sales are refused in plain words', async ({ page, shop }) => {
    const table = { format: 1, version: '1', offers: [base, { ...twice, baseOfferCode: 'NONE' }] };
    await shop.open(partnerSettings(shop.folder, table, shop.simulator.ready));
    const checkout = checkoutOn(page);
    const notice = page.locator('.notice');
    await expect(notice).toContainText('The offer table cannot be used: no sale can be issued.');
    await expect(notice).toContainText('offers.1.baseOfferCode: No base offer has the code NONE');
    await expect(notice).toContainText('offers.json');
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('40');
    await page.keyboard.press('Enter');
    await expect(checkout.line).toContainText('NOT stored: this terminal’s offer table cannot be used.');
    expect(shop.journal()).toEqual([]);
  });
});

/** A question has a second, and the first one a token and a connection to be had as well: a sale before it has them. */
async function sellBefore(page: Page, collector: string): Promise<void> {
  await page.keyboard.type(collector);
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited');
}

test.describe('where AIR MILES calculates', () => {
  test('a sale that would earn more than the limit is a slip: refused in words, and not stored', async ({
    page,
    shop,
  }) => {
    await shop.open({ sale: { milesLimit: 2 } });
    const checkout = checkoutOn(page);
    const [collector = '', earlier = ''] = await shop.simulator.collectors();
    await sellBefore(page, earlier);
    await page.keyboard.type(collector);
    await page.keyboard.type('60');
    await expect(checkout.line).toHaveText('This sale earns 3 Miles.');
    await page.keyboard.press('Enter');
    await expect(checkout.line).toContainText('NOT stored: this sale would earn more than 2 Miles');
    expect(shop.journal()).toHaveLength(1);
  });

  test('the Miles are known before Enter, and nothing is left of the question', async ({ page, shop }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    const [collector = '', earlier = ''] = await shop.simulator.collectors();
    await sellBefore(page, earlier);
    await page.keyboard.type(collector);
    await page.keyboard.type('24.97');
    const before = await checkout.issue.boundingBox();
    await expect(checkout.line).toHaveText('This sale earns 1 Mile.');
    expect(await checkout.issue.boundingBox()).toEqual(before);
    await checkout.amount.fill('60');
    await expect(checkout.line).toHaveText('This sale earns 3 Miles.');
    expect(await shop.simulator.ledger()).toMatchObject([{ milesAmount: 1 }]);
    await page.keyboard.press('Enter');
    await expect.poll(() => shop.simulator.ledger()).toMatchObject([{ milesAmount: 1 }, { milesAmount: 3 }]);
    expect(await shop.simulator.stats()).toMatchObject({ parallelViolations: 0, busyAfterClientLeft: 0 });
  });

  test('a sale pressed at once, or while the question is on the wire, is stored at once and never beside it', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    await shop.simulator.setFaults({ latencyMs: 300 });
    const [first = '', second = ''] = await shop.simulator.collectors();
    await page.keyboard.type(first);
    await page.keyboard.type('20');
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    await page.keyboard.type(second);
    await page.keyboard.type('40');
    // A token was there already, so the next request at the simulator is the question.
    const { requests } = await shop.simulator.stats();
    await expect.poll(async () => (await shop.simulator.stats()).requests).toBe(requests + 1);
    await page.keyboard.press('Enter');
    await expect.poll(() => shop.journal().length).toBe(2);
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    await expect(checkout.newest).toContainText(/2 Miles/);
    expect(await shop.simulator.ledger()).toHaveLength(2);
    expect(await shop.simulator.stats()).toMatchObject({ parallelViolations: 0, busyAfterClientLeft: 0 });
  });

  test('an answer that does not come within a second leaves the line as it was', async ({ page, shop }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    await shop.simulator.setFaults({ latencyMs: 1500 });
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('20');
    const log = join(shop.folder, 'data', 'logs', 'terminal.log');
    await expect.poll(() => readFileSync(log, 'utf8')).toContain('preview-ended');
    await expect(checkout.line).toContainText('Ready: Reward Miles on $20.00');
    await expect(checkout.issue).toHaveText(/^Issue Reward Miles/);
  });
});
