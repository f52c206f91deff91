import { checkoutOn, expect, test } from './fixtures.ts';

test('every page opens while the terminal program is away, once the window stood idle', async ({
  page,
  shop,
}) => {
  const terminal = await shop.open();
  await terminal.kill();
  await expect(page.locator('.status-lights')).toHaveAttribute('data-stale');
  await page.keyboard.press('F8');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr-CA');
  await page.keyboard.press('F2');
  await expect(page.locator('[data-field="original"]')).toBeVisible();
  await page.keyboard.press('F3');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Suivi');
  await page.keyboard.press('F10');
  await expect(page.getByRole('heading', { name: 'Menu' })).toBeVisible();
});

test('a page whose file could not be fetched makes the window load itself anew, and the sale being keyed stays', async ({
  page,
  shop,
}) => {
  let refusals = 0;
  await page.route('**/assets/ReturnPage-*.js', async (route) => {
    if (refusals === 1) return route.continue();
    refusals += 1;
    return route.abort();
  });
  await shop.openAndGo();
  const { collector } = checkoutOn(page);
  await collector.fill('80');
  const reloaded = page.waitForEvent('load');
  await page.keyboard.press('F2');
  await reloaded;
  expect(refusals).toBe(1);
  await expect(collector).toHaveValue('80');
  await page.keyboard.press('F2');
  await expect(page.locator('[data-field="original"]')).toBeVisible();
});

test('what is scanned before a page stands is refused, and enters no sale', async ({ page, shop }) => {
  const isAsked = Promise.withResolvers<void>();
  const isOpened = Promise.withResolvers<void>();
  const heard: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => void heard.push(String(payload))),
  );
  await page.route('**/assets/Devices-*.js', async (route) => {
    isAsked.resolve();
    await isOpened.promise;
    await route.continue();
  });
  await shop.openAndGo();
  const { collector } = checkoutOn(page);
  const [number = ''] = await shop.simulator.collectors();
  await page.keyboard.press('F10');
  await page.getByRole('button', { name: /Devices/ }).click();
  await isAsked.promise;
  await expect(page.getByRole('heading', { name: 'Menu' })).toBeHidden();
  await shop.scanner.write(`]C0${number}\r`);
  await expect.poll(() => heard.some((message) => message.includes('"event":"scan"'))).toBe(true);
  isOpened.resolve();
  await expect(page.locator('.device-reads')).toContainText('Collector card');
  await page.keyboard.press('Escape');
  await expect(collector).toHaveValue('');
});

test('no key reaches the sale behind a page that does not come, and Escape leads back to it', async ({
  page,
  shop,
}) => {
  const isAsked = Promise.withResolvers<void>();
  // Never answered.
  await page.route('**/assets/Board-*.js', () => isAsked.resolve());
  await shop.openAndGo();
  const { collector, amount } = checkoutOn(page);
  const [number = ''] = await shop.simulator.collectors();
  await page.keyboard.type(number);
  await page.keyboard.type('80');
  // Right behind each other: the field may still have the focus, and then not.
  for (const key of ['F3', '5', 'Enter', 'F9']) await page.keyboard.press(key);
  await isAsked.promise;
  await expect(collector).toBeHidden();
  for (const key of ['5', 'Enter', 'F9']) await page.keyboard.press(key);
  await page.keyboard.press('Escape');
  await expect(collector).toBeVisible();
  await expect(amount).toBeFocused();
  await expect(amount).toHaveValue('80');
  await expect(collector).toHaveValue(new RegExp(`${number.slice(-4)}$`));
  expect(shop.journal()).toEqual([]);
  await page.keyboard.press('F2');
  await expect(page.locator('[data-field="original"]')).toBeVisible();
});

test('while the terminal program is away, the window waits instead', async ({ page, shop }) => {
  await page.route('**/assets/ReturnPage-*.js', (route) => route.abort());
  const terminal = await shop.openAndGo();
  await terminal.kill();
  await expect(page.locator('.status-lights')).toHaveAttribute('data-stale');
  await page.keyboard.press('F2');
  await expect(page.getByRole('heading', { name: 'The terminal program is not answering.' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.checkout')).toBeVisible();
});

test('a window that is locked shows nothing to sell with before its lock', async ({ page, shop }) => {
  await page.addInitScript(() => {
    const seen = { unlocked: false };
    Reflect.set(globalThis, 'milepostSeen', seen);
    new MutationObserver(() => {
      const checkout = document.querySelector<HTMLElement>('.checkout');
      if (
        checkout !== null &&
        checkout.offsetParent !== null &&
        document.querySelector('.lock-overlay') === null
      )
        seen.unlocked = true;
    }).observe(document, { childList: true, subtree: true });
  });
  await shop.open({ operators: { mode: 'everyone' } });
  await expect(page.locator('.lock-overlay')).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(globalThis, 'milepostSeen'))).toEqual({ unlocked: false });
});

test('nothing the window does at its start is refused by its own policy', async ({ page, shop }) => {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Reflect.set(globalThis, 'milepostRefused', refused);
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) =>
      refused.push(`${violatedDirective} ${sourceFile ?? ''}`),
    );
  });
  await shop.open();
  expect(await page.evaluate(() => Reflect.get(globalThis, 'milepostRefused'))).toEqual([]);
});
