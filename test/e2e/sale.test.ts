import { checkoutOn, expect, test } from './fixtures.ts';

test.describe('a cashier', () => {
  test(
    'scans the card, keys the amount, presses Enter, and one credit stands in the ledger',
    { tag: '@serial' },
    async ({ page, shop }) => {
      await shop.open();
      const checkout = checkoutOn(page);
      const [collector = ''] = await shop.simulator.collectors();
      await expect(page.locator('.light', { hasText: 'Scanner' })).toHaveAttribute('data-health', 'well');
      await checkout.amount.focus();
      await shop.scanner.writePaced(`${collector}\r\n`, 9600);
      // The focus was in the amount: the scan lands as the Collector all the same, and nowhere else.
      await expect(checkout.collector).toHaveValue(new RegExp(`${collector.slice(-4)}$`));
      await expect(checkout.amount).toHaveValue('');
      await page.keyboard.type('24.97');
      await expect(checkout.hst).toHaveValue('3.25');
      await expect(checkout.total).toHaveText('$28.22');
      await page.keyboard.press('Enter');
      await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
      await expect(checkout.newest).toContainText(/1 Mile/);
      await expect(checkout.newest).toContainText('Balance');
      await expect(checkout.collector).toHaveValue('');
      const [row, ...others] = shop.journal();
      const [credit, ...otherCredits] = await shop.simulator.ledger();
      expect(others).toEqual([]);
      expect(otherCredits).toEqual([]);
      expect(credit).toMatchObject({
        collectorNumber: collector,
        idempotencyKey: row?.idempotency_key,
        milesAmount: 1,
      });
      expect(row).toMatchObject({ state: 'credited', reference: credit?.checkoutTransactionId });
      // What a screen shows of a Collector who was served ends with four digits.
      expect(await page.locator('body').textContent()).not.toContain(collector);
    },
  );

  test('keys the number by hand, in French, by keyboard alone', async ({ page, shop }) => {
    await shop.open({ language: 'fr-CA' });
    const checkout = checkoutOn(page);
    const [, collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('1234,56');
    await expect(checkout.total).toHaveText(/1\s395,05\s\$/);
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toContainText(/61 milles/);
    await page.keyboard.press('F8');
    await expect(checkout.newest).toContainText(/61 Miles/);
    await page.keyboard.press('F8');
    await expect(checkout.newest).toContainText(/61 milles/);
  });

  test('presses twice and makes one sale', async ({ page, shop }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    await shop.simulator.setFaults({ latencyMs: 400 });
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('40');
    await Promise.all([
      page.keyboard.press('Enter'),
      page.keyboard.press('Enter'),
      checkout.issue.click({ force: true }),
    ]);
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    expect(shop.journal()).toHaveLength(1);
    expect(await shop.simulator.ledger()).toHaveLength(1);
  });

  test('reloads the window in the middle of a sale and loses nothing', async ({ page, shop }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('12.3');
    await expect(checkout.amount).toHaveValue('12.3');
    await page.reload();
    await expect(checkout.amount).toHaveValue('12.3');
    await expect(checkout.collector).toHaveValue(new RegExp(`${collector.slice(-4)}$`));
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
  });

  test('rings the same sale up again and is asked once', async ({ page, shop }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    for (const press of ['Enter', 'Enter']) {
      await page.keyboard.type(collector);
      await page.keyboard.type('20');
      await page.keyboard.press(press);
      await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    }
    await expect(checkout.line).toContainText('The same sale was recorded');
    expect(shop.journal()).toHaveLength(1);
    await page.getByRole('button', { name: /Second sale/ }).click();
    await expect.poll(() => shop.journal().length).toBe(2);
    await expect.poll(async () => (await shop.simulator.ledger()).length).toBe(2);
  });
});

test.describe('when the answer does not come', () => {
  test('the answer is dropped after crediting: stored, then credited on the retry, one credit', async ({
    page,
    shop,
  }) => {
    await shop.open({ forwarding: { backoffFirstMs: 3000, backoffCapMs: 3000, returnSpreadMs: 0 } });
    const checkout = checkoutOn(page);
    await shop.simulator.setFaults({ next: ['dropAfter'] });
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('60');
    await page.keyboard.press('Enter');
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'stored');
    await expect(checkout.newest).toContainText('The connection broke before the answer');
    expect(await shop.simulator.ledger()).toHaveLength(1);
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited', { timeout: 15_000 });
    await expect(checkout.newest).toContainText(/3 Miles/);
    expect(await shop.simulator.ledger()).toHaveLength(1);
    expect(await shop.simulator.stats()).toMatchObject({
      replays: 1,
      parallelViolations: 0,
      keyReusedWithOtherBody: 0,
    });
  });

  test('the program is killed between press and answer: after the restart exactly one credit', async ({
    page,
    shop,
  }) => {
    const terminal = await shop.open();
    // Credited at once on the far side, and the answer never comes.
    await shop.simulator.setFaults({ next: ['hang'] });
    const [collector = ''] = await shop.simulator.collectors();
    await page.keyboard.type(collector);
    await page.keyboard.type('80');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await shop.simulator.ledger()).length).toBe(1);
    await terminal.kill();
    const [before] = shop.journal();
    expect(before).toMatchObject({ state: 'due' });
    await shop.open();
    const { newest } = checkoutOn(page);
    await expect(newest).toHaveAttribute('data-outcome', 'credited');
    await expect(newest).toContainText(/4 Miles/);
    const [after, ...others] = shop.journal();
    expect(others).toEqual([]);
    expect(after).toMatchObject({ state: 'credited', idempotency_key: before?.idempotency_key });
    const ledger = await shop.simulator.ledger();
    expect(ledger).toHaveLength(1);
    expect(ledger[0]?.idempotencyKey).toBe(before?.idempotency_key);
  });

  test(
    'the program dies under an open window: the window says so, and nothing is promised',
    { tag: '@browser' },
    async ({ page, shop }) => {
      const terminal = await shop.open();
      const checkout = checkoutOn(page);
      const [collector = ''] = await shop.simulator.collectors();
      await page.keyboard.type(collector);
      await page.keyboard.type('20');
      await expect(checkout.total).toHaveText('$22.60');
      await terminal.kill();
      await page.keyboard.press('Enter');
      await expect(page.getByText(/not answering|being reached again/).first()).toBeVisible();
      expect(shop.journal()).toHaveLength(0);
    },
  );

  test('202 is accepted, 400 needs a manager, 500 is stored, and the line moves on', async ({
    page,
    shop,
  }) => {
    await shop.open({ forwarding: { backoffFirstMs: 60_000, backoffCapMs: 60_000 } });
    const checkout = checkoutOn(page);
    await shop.simulator.setFaults({ next: ['202', '400', '500'] });
    const collectors = await shop.simulator.collectors();
    for (const [index, outcome] of ['accepted', 'needs-manager', 'stored'].entries()) {
      await page.keyboard.type(collectors[index] ?? '');
      await page.keyboard.type('20');
      await page.keyboard.press('Enter');
      await expect(checkout.newest).toHaveAttribute('data-outcome', outcome);
      await expect(checkout.collector).toHaveValue('');
    }
    await expect(checkout.newest).toContainText(/failing|failed|fault|problem/i);
  });
});
