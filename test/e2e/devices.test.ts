import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { makeCollectorNumber } from '../../shared/domain/collector-number.ts';
import { handsOn } from '../rig/hands.ts';
import { startRig } from '../rig/rig.ts';
import { checkoutOn, expect, test } from './fixtures.ts';
import { setUpManager } from './keys-only.ts';

const scannerLight = (page: Page) => page.locator('.light', { hasText: /Scanner|Lecteur/ });
const ends = (collector: string): RegExp => new RegExp(`${collector.slice(-4)}$`);

test.describe('at the counter', () => {
  test(
    'the scanner is unplugged in mid-number and plugged in again: the next scan lands',
    { tag: '@serial' },
    async ({ page, shop }) => {
      await shop.open();
      const { collector } = checkoutOn(page);
      const [first = '', second = ''] = await shop.simulator.collectors();
      await expect(scannerLight(page)).toHaveAttribute('data-health', 'well');
      await shop.scanner.script([
        { do: 'write', data: first.slice(0, 6) },
        { do: 'wait', ms: 20 },
        { do: 'hang' },
      ]);
      await expect(scannerLight(page)).toHaveAttribute('data-health', 'trouble');
      await expect(collector).toHaveValue('');
      await shop.scanner.reopen();
      await expect(scannerLight(page)).toHaveAttribute('data-health', 'well');
      await shop.scanner.write(`${second}\r`);
      await expect(collector).toHaveValue(ends(second));
    },
  );

  test(
    'a credit card is swiped: the right sentence, and no digit of it anywhere',
    { tag: '@browser' },
    async ({ page, shop }) => {
      const terminal = await shop.open();
      const { line, collector } = checkoutOn(page);
      const messages: string[] = [];
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => messages.push(String(payload))),
      );
      await page.reload();
      await expect(scannerLight(page)).toHaveAttribute('data-health', 'well');
      const card = '4012888888881881';
      await shop.scanner.write(`%B${card}^DOE/JANE^4912101123456789?\r;${card}=49121011234567890?\r`);
      await expect(line).toContainText('That is a payment card. Use the payment terminal.');
      await expect(collector).toHaveValue('');
      // One that came whole lands afterwards, so everything of the card has been dealt with.
      const [number = ''] = await shop.simulator.collectors();
      await shop.scanner.write(`${number}\r`);
      await expect(collector).toHaveValue(ends(number));
      await terminal.stop();
      const files = readdirSync(shop.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
      expect(files.length).toBeGreaterThan(3);
      const everything = [...files, terminal.output(), messages.join(), await page.content()].join('\n');
      expect(messages.join()).toContain('payment-card');
      expect(everything).toContain('payment-card');
      for (let at = 0; at + 6 <= card.length; at += 1) {
        expect(everything).not.toContain(card.slice(at, at + 6));
      }
      expect(everything).not.toContain('DOE/JANE');
    },
  );

  test(
    'two scanners at once: both are read, and one that goes leaves the other',
    { tag: '@serial' },
    async ({ page, shop }) => {
      const second = await startRig(shop.folder, 'second');
      const scanners = [{ path: shop.scanner.path }, { path: second.path, name: 'Hand-held' }];
      await shop.open({ devices: { scanners } });
      const { collector } = checkoutOn(page);
      const [one = '', two = '', three = ''] = await shop.simulator.collectors();
      await expect(scannerLight(page)).toHaveAttribute('data-health', 'well');
      await page.keyboard.press('F10');
      await page.getByRole('button', { name: /Devices/ }).click();
      await expect(page.locator('.device-dot[data-health="well"]')).toHaveCount(2);
      await page.keyboard.press('Escape');
      await shop.scanner.writePaced(`${one}\r`, 9600);
      await expect(collector).toHaveValue(ends(one));
      await second.writePaced(`;${two}?\r`, 9600);
      await expect(collector).toHaveValue(ends(two));
      await expect(page.getByText('Swiped')).toBeVisible();
      // Both in mid-number: neither is joined to the other.
      // Slowly, and well below the silence that ends half a code.
      await Promise.all([shop.scanner.writePaced(`${three}\r`, 1200), second.write(`${one}\r`)]);
      await expect(collector).toHaveValue(ends(three));
      await shop.scanner.hang();
      await expect(scannerLight(page)).toHaveAttribute('data-health', 'trouble');
      await second.write(`${two}\r`);
      await expect(collector).toHaveValue(ends(two));
      await second.stop();
    },
  );

  test('a keyboard scanner with a prefix is read whatever has the focus, and typing is left alone', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const { collector, amount } = checkoutOn(page);
    const [number = ''] = await shop.simulator.collectors();
    await amount.focus();
    await page.keyboard.type('12.34');
    const hands = await handsOn(page, { system: 'us', scanner: 'us' });
    await hands.burst(`~${number}`, () => 10);
    await expect(collector).toHaveValue(ends(number));
    await expect(amount).toHaveValue('12.34');
    await expect(page.getByText('Scanned')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect.poll(() => shop.journal().length).toBe(1);
    const journal = new Database(join(shop.folder, 'data', 'journal', 'journal.sqlite'), { readonly: true });
    expect(journal.prepare('SELECT entry_mode FROM transactions').pluck().all()).toEqual(['wedge']);
    journal.close();
  });
});

test.describe('the receipt printer', () => {
  test(
    'is lost in the middle of a job: that is said, nothing is printed again by itself, and a copy is marked',
    { tag: '@serial' },
    async ({ page, shop }) => {
      const printer = await startRig(shop.folder, 'printer');
      const devices = {
        scanner: { path: shop.scanner.path },
        printer: { connection: 'serial', path: printer.path },
      };
      await shop.open({ devices });
      const { newest } = checkoutOn(page);
      const [collector = ''] = await shop.simulator.collectors();
      await page.keyboard.type(collector);
      await page.keyboard.type('60');
      await page.keyboard.press('Enter');
      await expect(newest).toHaveAttribute('data-outcome', 'credited');
      let paper = '';
      const onPaper = async (): Promise<string> => {
        paper += Buffer.from(await printer.readBack()).toString('latin1');
        return paper;
      };
      const prints = page.locator('[data-print]');

      await page.keyboard.press('F7');
      await page.getByRole('button', { name: 'Print', exact: true }).click();
      // All of it has left for the printer, which is asked whether it is done, and goes away without an answer.
      await expect.poll(onPaper).toContain('\x1dr\x01');
      await printer.hang();
      await expect(prints).toHaveAttribute('data-print', 'unknown');
      await expect(prints).toContainText('look at the paper');
      paper = '';
      await printer.reopen();
      // The terminal has it again once nobody else can lock it.
      const isOpen = (): Promise<boolean> =>
        printer.script([{ do: 'lock' }, { do: 'unlock' }]).then(
          () => false,
          () => true,
        );
      await expect.poll(isOpen).toBe(true);
      await page.getByRole('button', { name: 'Print a copy' }).click();
      await expect.poll(onPaper).toContain('\x1dr\x01');
      await printer.write(Uint8Array.of(0));
      await expect(prints.first()).toHaveAttribute('data-print', 'printed');
      await expect(prints).toHaveCount(2);
      // One receipt and no more has come since: the copy, not the lost one as well.
      expect(paper.match(/60\.00/g)?.length).toBeGreaterThan(0);
      expect(paper.split('\x1dr\x01')).toHaveLength(2);
      expect(paper).toContain('COPY');
      await printer.stop();
    },
  );
});

test.describe('on the Device page', () => {
  test(
    'a scan is looked at and enters no sale; the page says what it was, never what it holds',
    { tag: '@serial' },
    async ({ page, shop }) => {
      await shop.open();
      const [number = ''] = await shop.simulator.collectors();
      await page.keyboard.press('F10');
      await page.getByRole('button', { name: /Devices/ }).click();
      await shop.scanner.write(`]C0${number}\r`);
      await expect(page.locator('.device-reads')).toContainText('Collector card');
      await shop.scanner.write(']E0036000291452\r');
      await expect(page.locator('.device-reads')).toContainText('Product');
      expect(await page.content()).not.toContain(number);
      await page.keyboard.press('Escape');
      await expect(checkoutOn(page).collector).toHaveValue('');
      await page.reload();
      await expect(checkoutOn(page).collector).toHaveValue('');
    },
  );

  test('a terminal without any reader says what teaching cards needs, and has nothing to press', async ({
    page,
    shop,
  }) => {
    await shop.open({ devices: { scanner: { path: 'none' }, wedge: { mode: 'off' } } });
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: /Devices/ }).click();
    await page.getByRole('button', { name: /^Cards/ }).click();
    await expect(page.getByText('the settings name none')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Teach cards' })).toHaveCount(0);
  });

  test(
    'three cards teach a rule that reads a fourth, and outlives a restart',
    { tag: '@serial' },
    async ({ page, shop }) => {
      const terminal = await shop.open();
      const cards = Array.from({ length: 4 }, () => makeCollectorNumber(Math.random));
      await page.keyboard.press('F10');
      await page.getByRole('button', { name: /Devices/ }).click();
      await page.getByRole('button', { name: /^Cards/ }).click();
      await page.getByRole('button', { name: 'Teach cards' }).click();
      for (const [index, card] of cards.slice(0, 3).entries()) {
        await expect(page.getByText(`Scan or swipe card ${index + 1} of 3.`)).toBeVisible();
        await shop.scanner.write(`]A0AB-${card}\r`);
        await page.getByLabel('The number printed on this card').fill(card);
        await page.getByRole('button', { name: 'Next' }).click();
      }
      await expect(page.getByText('All 3 cards are read by this rule.')).toBeVisible();
      await page.getByRole('button', { name: 'Use this rule' }).click();
      await setUpManager(page, '7391');
      await expect(page.getByText('Taught here')).toBeVisible();
      await terminal.stop();
      const stored = readFileSync(join(shop.folder, 'data', 'devices.json'), 'utf8');
      for (const card of cards) expect(stored).not.toContain(card.slice(1, 7));
      await shop.open();
      await expect(scannerLight(page)).toHaveAttribute('data-health', 'well');
      await shop.scanner.write(`]A0AB-${cards[3]}\r`);
      await expect(checkoutOn(page).collector).toHaveValue(ends(cards[3] ?? ''));
    },
  );

  test('the set-up sheets are written as a PDF', async ({ page, shop }) => {
    await shop.open({ language: 'fr-CA' });
    await page.keyboard.press('F10');
    await page.getByRole('button', { name: /Appareils/ }).click();
    await page.getByRole('button', { name: /^Fiches/ }).click();
    await page.getByRole('button', { name: 'Créer le PDF' }).click();
    await expect(page.locator('.device-file')).toContainText('milepost-scanner-setup.pdf');
    const file = (await page.locator('.device-file').textContent()) ?? '';
    const pdf = readFileSync(file).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    // A page a family in two languages: none runs over into another.
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(16);
  });
});
