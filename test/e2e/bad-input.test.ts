import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDigitOf } from '../../shared/domain/collector-number.ts';
import { checkoutOn, expect, test } from './fixtures.ts';

const wrongCheck = (): string => `8123456789${(checkDigitOf('8123456789') + 1) % 10}`;

test.describe('what cannot be right', () => {
  test('a number is refused in its own words, as it is typed and when issued', async ({ page, shop }) => {
    await shop.open();
    const { collector, line } = checkoutOn(page);
    for (const [typed, words] of [
      ['71', 'A Collector Number starts with 8.'],
      ['8123456789a', 'A Collector Number has digits only.'],
      [wrongCheck(), 'Number not valid. Check it and key it again.'],
      [`${wrongCheck()}5`, 'The Collector Number has 1 digit too many.'],
    ] as const) {
      await collector.fill(typed);
      await expect(line, typed).toContainText(words);
    }
    await collector.fill('8123456789');
    await page.keyboard.press('Enter');
    await expect(line).toContainText('1 digit short');
    expect(shop.journal()).toEqual([]);
  });

  test('an amount is refused in its own words', async ({ page, shop }) => {
    await shop.open({ sale: { amountLimitCents: 50_000 } });
    const { collector, amount, line, newest } = checkoutOn(page);
    const [number = ''] = await shop.simulator.collectors();
    await collector.fill(number);
    for (const [typed, words] of [
      ['0', 'The amount is zero'],
      ['-5', 'The amount is negative'],
      ['500.01', 'over the limit of $500.00'],
      ['1.234', 'more than two decimals'],
      ['12..3', 'That is not an amount'],
    ] as const) {
      await amount.fill(typed);
      await amount.press('Enter');
      await expect(line, typed).toContainText(words);
    }
    await expect(newest).toHaveCount(0);
    expect(shop.journal()).toEqual([]);
  });

  test(
    'a product, a payment card, an endless line and half a number leave the sale as it was',
    { tag: '@serial' },
    async ({ page, shop }) => {
      const terminal = await shop.open();
      const { collector, amount, line } = checkoutOn(page);
      const [first = '', second = ''] = await shop.simulator.collectors();
      await expect(page.locator('.light', { hasText: 'Scanner' })).toHaveAttribute('data-health', 'well');
      await shop.scanner.write(`${first}\r`);
      await expect(collector).toHaveValue(new RegExp(`${first.slice(-4)}$`));
      await page.keyboard.type('30');
      const payment = '4111111111111111';
      for (const [bytes, words] of [
        ['036000291452\r', 'That is a product'],
        [`;${payment}=49121010000000000000?\r`, 'That is a payment card'],
        [`%B${payment}^DOE/JANE^4912101?\r`, 'That is a payment card'],
        ['NR\r', 'Didn’t read'],
        [`${wrongCheck()}\r`, 'Number not valid'],
        ['x'.repeat(1_000_000), 'Far too long'],
      ] as const) {
        await shop.scanner.write(bytes);
        await expect(line, words).toContainText(words);
        await expect(amount).toHaveValue('30');
        await expect(collector).toHaveValue(new RegExp(`${first.slice(-4)}$`));
      }
      await expect
        .poll(async () => {
          await shop.scanner.write(`\r${second}\r`);
          return await collector.inputValue();
        })
        .toMatch(new RegExp(`${second.slice(-4)}$`));
      const log = readFileSync(join(shop.folder, 'data', 'logs', 'terminal.log'), 'utf8') + terminal.output();
      for (const secret of [payment, first, second]) expect(log).not.toContain(secret);
    },
  );

  test('a misspelt setting is shown with its line, and the terminal works', async ({ page, shop }) => {
    await shop.open({ stroe: { number: '9' } });
    await expect(page.getByText('Setting not used: stroe')).toBeVisible();
    await expect(page.getByText(/Did you mean “store”\?/)).toBeVisible();
    const [number = ''] = await shop.simulator.collectors();
    await page.keyboard.type(number);
    await page.keyboard.type('20');
    await page.keyboard.press('Enter');
    await expect(checkoutOn(page).newest).toHaveAttribute('data-outcome', 'credited');
  });
});
