import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeCollectorNumber } from '../../shared/domain/collector-number.ts';
import { handsOn, type Desk } from '../rig/hands.ts';
import { checkoutOn, expect, test, type Shop } from './fixtures.ts';
import { setUpManager } from './keys-only.ts';

const newNumber = (): string => makeCollectorNumber(Math.random);
const ends = (collector: string): RegExp => new RegExp(`${collector.slice(-4)}$`);
/** As quick as scanners are. */
const scannerGapMs = (): number => 12;
const payment = '4111111111111111';

interface Setting {
  readonly desk: Desk;
  readonly layout: string;
  readonly prefix: string;
}

/** Each board under a scanner that was programmed for it, and under one that believes in another. */
const settings: readonly Setting[] = [
  { desk: { system: 'us', scanner: 'us' }, layout: 'system', prefix: '~' },
  { desk: { system: 'us', scanner: 'canadian-french' }, layout: 'canadian-french', prefix: '#' },
  { desk: { system: 'canadian-french', scanner: 'canadian-french' }, layout: 'system', prefix: '#' },
  { desk: { system: 'canadian-french', scanner: 'us' }, layout: 'us', prefix: '~' },
  {
    desk: { system: 'canadian-multilingual', scanner: 'canadian-multilingual' },
    layout: 'system',
    prefix: '\\',
  },
  { desk: { system: 'canadian-multilingual', scanner: 'us' }, layout: 'us', prefix: '~' },
];

async function openWith(page: Page, shop: Shop, { desk, layout, prefix }: Setting, mode: string) {
  await shop.open({ devices: { scanner: { path: 'none' }, wedge: { mode, layout, prefix } } });
  await expect(page.locator('.checkout')).toBeVisible();
  return await handsOn(page, desk);
}

for (const setting of settings) {
  const { desk, prefix } = setting;
  for (const mode of ['prefix', 'timing'] as const) {
    test(`${desk.system}, scanner for ${desk.scanner}, told by ${mode}: barcodes and swipes are read, typing is left alone`, async ({
      page,
      shop,
    }) => {
      const hands = await openWith(page, shop, setting, mode);
      const { collector, amount, line } = checkoutOn(page);
      const start = mode === 'prefix' ? prefix : '';
      const [barcode, swipe] = [newNumber(), newNumber()];
      await amount.click();
      for (const key of ['2', '4', '.', '9', '7']) await hands.press(key);
      await expect(amount).toHaveValue('24.97');
      await hands.burst(start + barcode, scannerGapMs);
      await expect(collector).toHaveValue(ends(barcode));
      await expect(amount).toHaveValue('24.97');
      // Track 2 has sentinels that stand elsewhere on each board.
      await hands.burst(`${start};${swipe}?`, scannerGapMs);
      await expect(collector).toHaveValue(ends(swipe));
      await expect(amount).toHaveValue('24.97');
      // Track 1 has a caret, which is a dead key on both Canadian boards.
      const tracks = `%B${payment}^DOE/JANE^49121011000000000123?;${payment}=49121011000012300000?`;
      await hands.burst(start + tracks, scannerGapMs);
      await expect(line).toContainText('That is a payment card.');
      await expect(amount).toHaveValue('24.97');
      await expect(collector).toHaveValue(ends(swipe));
    });
  }
}

const [usual] = settings;
if (usual === undefined) throw new Error('There is no board');

test('in a window that was busy, keys count by when they were pressed: typing stays typing, a scan is a scan', async ({
  page,
  shop,
}) => {
  const hands = await openWith(page, shop, usual, 'timing');
  const { collector, amount } = checkoutOn(page);
  const number = newNumber();
  await amount.click();
  // Twelve keys of a person arrive in one bunch, as quick as any scanner's, and so does a scan behind them.
  const busy = page.evaluate(() => {
    const untilMs = performance.now() + 600;
    while (performance.now() < untilMs);
  });
  const typed = '123456.78';
  await hands.burst(typed, () => 90, 'none');
  await busy;
  await expect(amount).toHaveValue(typed);
  await expect(collector).toHaveValue('');
  const busyAgain = page.evaluate(() => {
    const untilMs = performance.now() + 600;
    while (performance.now() < untilMs);
  });
  await hands.burst(number, scannerGapMs);
  await busyAgain;
  await expect(collector).toHaveValue(ends(number));
  await expect(amount).toHaveValue(typed);
});

test('a scan while a PIN is asked is refused, and is no try of a PIN', async ({ page, shop }) => {
  const devices = { scanner: { path: 'none' }, wedge: { mode: 'timing' } };
  await shop.open({ devices, operators: { mode: 'everyone' } });
  const hands = await handsOn(page, usual.desk);
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Name').fill('Ana');
  await page.keyboard.press('Enter');
  await expect(sheet).toContainText('Choose a PIN');
  await hands.burst(newNumber(), scannerGapMs);
  await expect(sheet.getByRole('status')).toHaveAccessibleName('PIN: no digit keyed');
  // Nor was it confirmed by the scanner's Enter.
  await expect(sheet).toContainText('Choose a PIN');
  // As a person keys it: as fast as a scanner it would be taken for one.
  for (const digit of '7391') {
    await page.waitForTimeout(200);
    await hands.press(digit);
  }
  await expect(sheet.getByRole('status')).toHaveAccessibleName('PIN: 4 digits keyed');
  await expect(checkoutOn(page).collector).toHaveValue('');
});

test('a scan on the menu begins a sale and presses none of its digits', async ({ page, shop }) => {
  const hands = await openWith(page, shop, usual, 'timing');
  await page.keyboard.press('F10');
  await page.locator('.menu').waitFor();
  const number = newNumber();
  await hands.burst(number, scannerGapMs);
  const { collector, amount } = checkoutOn(page);
  await expect(collector).toHaveValue(ends(number));
  await expect(amount).toBeFocused();
  // A person's digit on the menu still opens its page.
  await page.keyboard.press('F10');
  await page.locator('.menu').waitFor();
  await hands.press('1');
  await expect(page.locator('.menu')).toHaveCount(0);
});

test('a scan that is refused leaves a computed tax computed, and a scanned number scanned', async ({
  page,
  shop,
}) => {
  const hands = await openWith(page, shop, usual, 'timing');
  const { collector, amount, hst, line } = checkoutOn(page);
  await hands.burst(newNumber(), scannerGapMs);
  await expect(amount).toBeFocused();
  for (const key of '100') await hands.press(key);
  await expect(hst).toHaveValue('13.00');
  await hst.click();
  await hands.burst('036000291452', scannerGapMs);
  await expect(line).toContainText('That is a product');
  await collector.click();
  await hands.burst('036000291452', scannerGapMs);
  await expect(page.getByText('Scanned')).toBeVisible();
  await amount.click();
  await hands.press('End');
  await hands.press('0');
  // Had the tax been taken for corrected, it would stay what it was.
  await expect(hst).toHaveValue('130.00');
});

test(
  'a keyboard scanner teaches a rule with three cards, and none of them is kept',
  { tag: '@browser' },
  async ({ page, shop }) => {
    const passed: string[] = [];
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => passed.push(String(payload)));
      socket.on('framesent', ({ payload }) => passed.push(String(payload)));
    });
    const hands = await openWith(page, shop, usual, 'timing');
    const cards = Array.from({ length: 4 }, newNumber);
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: /Devices/ }).click();
    await page.getByRole('button', { name: /^Cards/ }).click();
    await page.getByRole('button', { name: 'Teach cards' }).click();
    await expect(page.getByText('Scan or swipe card 1 of 3.')).toBeVisible();
    await hands.burst(`;${payment}=49121011000012300000?`, scannerGapMs);
    await expect(page.getByText('That looks like a payment card: it cannot be taught.')).toBeVisible();
    expect(passed.join('\n')).not.toContain(payment.slice(0, 6));
    const digits = page.getByLabel('The number printed on this card');
    for (const [index, card] of cards.slice(0, 3).entries()) {
      await expect(page.getByText(`Scan or swipe card ${index + 1} of 3.`)).toBeVisible();
      await hands.burst(`AB-${card}`, scannerGapMs);
      await expect(digits).toHaveValue('');
      // The same card once more, where its digits are to be keyed: it takes its own place, and writes nothing.
      await hands.burst(`AB-${card}`, scannerGapMs);
      await expect(digits).toHaveValue('');
      await digits.fill(card);
      await page.getByRole('button', { name: 'Next' }).click();
    }
    await expect(page.getByText('All 3 cards are read by this rule.')).toBeVisible();
    await page.getByRole('button', { name: 'Use this rule' }).click();
    await setUpManager(page, '7391', 150);
    await expect(page.getByText('Taught here')).toBeVisible();
    const stored = readFileSync(join(shop.folder, 'data', 'devices.json'), 'utf8');
    for (const card of cards) expect(stored).not.toContain(card.slice(1, 7));
    await page.reload();
    await expect(page.locator('.checkout')).toBeVisible();
    await hands.burst(`AB-${cards[3] ?? ''}`, scannerGapMs);
    await expect(checkoutOn(page).collector).toHaveValue(ends(cards[3] ?? ''));
  },
);
