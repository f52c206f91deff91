import { checkoutOn, expect, test } from './fixtures.ts';

test.use({ hasTouch: true });

test(
  'a whole sale by touch alone, every target large enough for a finger',
  { tag: '@browser' },
  async ({ page, shop }) => {
    await shop.open();
    const checkout = checkoutOn(page);
    const [collector = ''] = await shop.simulator.collectors();
    const keypad = page.getByRole('group', { name: 'Keypad' });
    await expect(keypad).toBeHidden();
    await checkout.collector.tap();
    await expect(keypad).toBeVisible();
    const press = (key: string): Promise<void> =>
      keypad.getByRole('button', { name: key, exact: true }).tap();
    for (const digit of collector) await press(digit);
    // The number is whole: the next key goes to the amount.
    for (const key of ['6', '1', '.', '5']) await press(key);
    await expect(checkout.amount).toHaveValue('61.5');
    for (const button of await page.getByRole('button').all()) {
      if (!(await button.isVisible())) continue;
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), await button.innerText()).toBeGreaterThanOrEqual(
        48,
      );
    }
    await checkout.issue.tap();
    await expect(checkout.newest).toHaveAttribute('data-outcome', 'credited');
    await expect(checkout.newest).toContainText(/3 Miles/);
  },
);
