import type { Page } from '@playwright/test';
import { makeCollectorNumber } from '../../shared/domain/collector-number.ts';
import { expect, type Shop } from '../e2e/fixtures.ts';
import type { Scene } from './staging.ts';

/** Opens the Device page, and one of its entries. */
async function openDevices(page: Page, entry?: string): Promise<void> {
  await page.keyboard.press('F10');
  await page.locator('.menu .button', { hasText: 'Devices' }).press('Enter');
  await page.locator('.device-list').waitFor();
  if (entry !== undefined) await page.locator('.device-list .button', { hasText: entry }).press('Enter');
}

async function openConnected(page: Page): Promise<void> {
  await openDevices(page);
  await expect(page.locator('.device-dot[data-health="well"]')).toHaveCount(1);
}

async function scan(shop: Shop, page: Page, bytes: string, count: number): Promise<void> {
  await shop.scanner.write(bytes);
  await expect(page.locator('.device-reads li')).toHaveCount(count);
}

/** Teaches so many cards. */
async function teach(page: Page, shop: Shop, cards: number): Promise<void> {
  await openDevices(page, 'Cards');
  await page.locator('.device-detail .button-main').press('Enter');
  for (let card = 0; card < cards; card += 1) {
    await page
      .locator('.device-teach')
      .getByText(`card ${card + 1} of 3`)
      .waitFor();
    const number = makeCollectorNumber(Math.random);
    await shop.scanner.write(`]A0AB-${number}\r`);
    await page.locator('.device-teach').getByRole('textbox').fill(number);
    await page.keyboard.press('Enter');
  }
}

const noReaders = { devices: { scanner: { path: 'none' }, wedge: { mode: 'off' } } };
const operatorsOff = { operators: { mode: 'off' } };

/** The Device page and what is done on it. */
export const deviceScenes: readonly Scene[] = [
  {
    name: 'devices-none',
    settings: noReaders,
    show: (page) => openDevices(page),
  },
  {
    name: 'devices-reads',
    show: async (page, shop) => {
      await openConnected(page);
      await scan(shop, page, `]C0${makeCollectorNumber(Math.random)}\r`, 1);
      await scan(shop, page, `;${makeCollectorNumber(Math.random)}?\r`, 2);
      await scan(shop, page, '036000291452\r', 3);
      await scan(shop, page, ';4111111111111111=49121011000012300000?\r', 4);
    },
  },
  {
    name: 'devices-in-use',
    show: async (page, shop) => {
      await openConnected(page);
      await shop.scanner.hang();
      await shop.scanner.script([{ do: 'reopen' }, { do: 'lock' }]);
      await page.locator('.device-state[data-health="trouble"]').waitFor();
    },
  },
  {
    name: 'devices-probe',
    show: async (page) => {
      await openConnected(page);
      await page
        .getByRole('button', { name: /Try|test code/ })
        .first()
        .press('Enter');
      await page.locator('.device-detail [role="status"]').first().waitFor();
    },
  },
  {
    name: 'devices-binding',
    show: async (page) => {
      await openConnected(page);
      await page.getByRole('button', { name: 'Bind to a device' }).press('Enter');
      await page.locator('.device-ports').waitFor();
    },
  },
  { name: 'devices-cards', show: (page) => openDevices(page, 'Cards') },
  { name: 'devices-cards-no-reader', settings: noReaders, show: (page) => openDevices(page, 'Cards') },
  { name: 'devices-teach-scan', show: (page, shop) => teach(page, shop, 1) },
  {
    name: 'devices-teach-digits',
    show: async (page, shop) => {
      await teach(page, shop, 1);
      await shop.scanner.write(`]A0AB-${makeCollectorNumber(Math.random)}\r`);
      await page.locator('.device-teach').getByRole('textbox').waitFor();
      await page.keyboard.type('80000000000');
      await page.keyboard.press('Enter');
      await page.locator('.field-fault').waitFor();
    },
  },
  {
    name: 'devices-teach-proposed',
    settings: operatorsOff,
    show: async (page, shop) => {
      await teach(page, shop, 3);
      await page.locator('.device-teach .device-rules').waitFor();
    },
  },
  {
    name: 'devices-teach-approval',
    show: async (page, shop) => {
      await teach(page, shop, 3);
      await page.getByRole('button', { name: 'Use this rule' }).press('Enter');
      await page.locator('.sheet').waitFor();
    },
  },
  {
    name: 'devices-teach-stored',
    settings: operatorsOff,
    show: async (page, shop) => {
      await teach(page, shop, 3);
      await page.getByRole('button', { name: 'Use this rule' }).press('Enter');
      await page.getByText('Taught here').waitFor();
    },
  },
  { name: 'devices-sheets', show: (page) => openDevices(page, 'Set-up') },
];
