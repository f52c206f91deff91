import type { Page } from '@playwright/test';
import { receiptCodeOf } from '../../shared/domain/receipt-code.ts';
import { checkoutOn, expect, test } from './fixtures.ts';
import { approve, setUpManager } from './manager.ts';

/** Everything a cashier and a manager do for a return, with keys alone. */
function returnOn(page: Page) {
  return {
    back: page.locator('[data-part="eligible"] input'),
    button: page.locator('.original .button-primary'),
    line: page.locator('.original-line'),
    done: page.locator('.return-done'),
    /** Keys more than is left, which is refused, and then what comes back. */
    async keyCapped(left: string, over: string, amount: string): Promise<void> {
      await expect(this.back).toHaveValue(left);
      await this.back.fill(over);
      await expect(page.locator('.original')).toContainText(`$${left} is left.`);
      await expect(this.button).toBeDisabled();
      await this.back.fill(amount);
      await page.keyboard.press('Enter');
    },
  };
}

async function sell(page: Page, collector: string, amount: string): Promise<void> {
  await page.keyboard.type(collector);
  await page.keyboard.type(amount);
  await page.keyboard.press('Enter');
}

test(
  'a sale is returned in parts, by keys alone, approved by a PIN, and never more than it was',
  { tag: '@serial' },
  async ({ page, shop }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    const returning = returnOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await sell(page, collector, '60');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    const [sold] = shop.journal();
    const reference = sold?.reference ?? '';

    // The code on the receipt, scanned at the checkout, opens the return of its sale.
    await shop.scanner.writePaced(`${receiptCodeOf(reference)}\r`, 9600);
    await returning.keyCapped('60.00', '60.01', '25');
    await setUpManager(page);
    await expect(returning.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited');
    await page.keyboard.press('Enter');
    await expect(checkout.collector).toBeVisible();

    // The second return: what is left is the most there can be.
    await shop.scanner.writePaced(`${receiptCodeOf(reference)}\r`, 9600);
    await returning.keyCapped('35.00', '35.01', '35');
    // The first manager's set-up approved one action; this one asks.
    await approve(page);
    await expect(returning.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited');

    await page.keyboard.press('Escape');
    await page.keyboard.press('F2');
    await page.keyboard.type(`mp-${reference.toLowerCase()}`);
    await page.keyboard.press('Enter');
    await expect(returning.line).toHaveText('All of this sale was returned already.');
    await expect(returning.button).toBeDisabled();
    expect(await shop.simulator.ledger()).toMatchObject([
      { endpoint: 'issue', milesAmount: 3 },
      { endpoint: 'return', milesAmount: -2, originalTransactionId: reference },
      { endpoint: 'return', milesAmount: -1, originalTransactionId: reference },
    ]);
    expect(shop.journal().map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'issue credited',
      'return credited',
      'return credited',
    ]);
  },
);

test(
  'without a network a sale and its returns are stored, capped all the same, and follow each other once it is back',
  { tag: '@serial' },
  async ({ page, shop }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    const returning = returnOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    // Whatever is sent arrives and is never answered: it may have arrived, so nothing is cancelled here.
    await shop.simulator.setFaults({ rates: { dropAfter: 1 } });
    await sell(page, collector, '60');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'stored');
    await expect.poll(() => shop.journal()[0]?.state).toBe('due');
    await expect(checkout.newest.locator('.last-next')).toBeVisible();
    const [sold] = shop.journal();
    const code = `${receiptCodeOf(sold?.reference ?? '')}\r`;

    await shop.scanner.writePaced(code, 9600);
    await expect(returning.back).toHaveValue('60.00');
    await returning.back.fill('20');
    await page.keyboard.press('Enter');
    await setUpManager(page);
    await expect(returning.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'stored');
    await page.keyboard.press('Enter');
    await expect(checkout.collector).toBeVisible();
    // The same code again within a second is the same scan.
    await page.waitForTimeout(1000);
    await shop.scanner.writePaced(code, 9600);
    await returning.keyCapped('40.00', '40.01', '40');
    await approve(page);
    await expect(returning.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'stored');

    await shop.simulator.setFaults({});
    await expect(returning.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited', {
      timeout: 20_000,
    });
    expect(await shop.simulator.ledger()).toMatchObject([
      { endpoint: 'issue', milesAmount: 3 },
      { endpoint: 'return', milesAmount: -1, originalTransactionId: sold?.reference },
      { endpoint: 'return', milesAmount: -2, originalTransactionId: sold?.reference },
    ]);
  },
);

test('part of a sale that was never sent comes back behind it: nothing stored is changed, both go in their order', async ({
  page,
  shop,
}) => {
  // No token: nothing leaves the terminal, so nothing may have arrived.
  await shop.simulator.setFaults({ token: { rates: { '500': 1 } } });
  await shop.open();
  const checkout = checkoutOn(page);
  const returning = returnOn(page);
  const [collector = ''] = await shop.simulator.collectors();
  await sell(page, collector, '60');
  await expect(checkout.newest).toHaveAttribute('data-outcome', 'stored');
  const [sold] = shop.journal();
  // Nothing asked: the sale that was made last.
  await page.getByRole('button', { name: /^Return/ }).press('Enter');
  await page.keyboard.press('Enter');
  await returning.back.fill('20');
  await page.keyboard.press('Enter');
  await setUpManager(page);
  await expect(returning.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'stored');
  expect(shop.journal()).toMatchObject([
    { ...sold, state: 'due' },
    { kind: 'return', state: 'due' },
  ]);
  expect(await shop.simulator.ledger()).toEqual([]);
  await shop.simulator.setFaults({});
  await expect(returning.done.locator('.last-sale')).toHaveAttribute('data-outcome', 'credited', {
    timeout: 20_000,
  });
  expect(await shop.simulator.ledger()).toMatchObject([
    { endpoint: 'issue', milesAmount: 3, idempotencyKey: sold?.idempotency_key },
    { endpoint: 'return', milesAmount: -1, originalTransactionId: sold?.reference },
  ]);
});

test('a sale that never left the terminal is cancelled by its return, in French too', async ({
  page,
  shop,
}) => {
  // No second try on the way while the return is recorded: what is on the wire may arrive, and is not cancelled.
  const forwarding = { backoffFirstMs: 60_000, backoffCapMs: 60_000, returnSpreadMs: 0 };
  await shop.open({ language: 'fr-CA', forwarding });
  const checkout = checkoutOn(page);
  const returning = returnOn(page);
  const [collector = ''] = await shop.simulator.collectors();
  await shop.simulator.stop();
  await sell(page, collector, '60');
  await expect(checkout.newest).toHaveAttribute('data-outcome', 'stored');
  await expect(checkout.newest.locator('.last-next')).toBeVisible();
  await page.keyboard.press('F2');
  await page.locator('.button-choice').first().press('Enter');
  await expect(returning.line).toContainText('elle est annulée sur ce terminal');
  await returning.button.press('Enter');
  await setUpManager(page);
  await expect(returning.done).toContainText('Annulée sur ce terminal');
  expect(shop.journal()).toMatchObject([{ kind: 'issue', state: 'cancelled' }]);
});

test(
  'while a return or a correction is keyed main is told, so that no update is installed under it',
  { tag: '@browser' },
  async ({ page, shop }) => {
    const told: unknown[] = [];
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const { call, input }: { call: string; input: unknown } = JSON.parse(String(payload));
        if (call === 'returns.keying') told.push(input);
      }),
    );
    await shop.open();
    const [being, left] = [{ isOpen: true }, { isOpen: false }];
    await page.keyboard.press('F2');
    const field = page.locator('[data-field="original"]');
    await expect(field).toBeFocused();
    expect(told).toEqual([]);
    await page.keyboard.type('K7Q');
    await expect.poll(() => told).toEqual([being]);
    await page.keyboard.press('Escape');
    await expect.poll(() => told).toEqual([being, left]);
    await page.keyboard.press('F10');
    await page.locator('.menu .button', { hasText: 'Return' }).press('Enter');
    await page.getByRole('button', { name: /No receipt/ }).press('Enter');
    await expect.poll(() => told).toEqual([being, left, being]);
    await page.keyboard.press('Escape');
    await expect.poll(() => told).toEqual([being, left, being, left]);
  },
);
