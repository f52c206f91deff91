import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../e2e/fixtures.ts';
import { openFromMenu, type Scene } from './staging.ts';

/** Settings, and what the terminal says of those it does not use. */
export const settingsScenes: readonly Scene[] = [
  { name: 'settings', show: (page) => openFromMenu(page, 'Settings') },
  {
    name: 'setting-changed',
    settings: { operators: { mode: 'off' }, store: { number: '1100', lane: '3' } },
    show: async (page) => {
      await openFromMenu(page, 'Settings');
      await page.getByRole('option', { name: /Lane number/ }).click();
    },
  },
  {
    name: 'setting-locked',
    settings: ({ folder }) => {
      const policy = { settings: { store: { province: 'QC' } }, locked: ['store.province'] };
      writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
      return { operators: { mode: 'off' } };
    },
    show: async (page) => {
      await openFromMenu(page, 'Settings');
      await page.getByRole('option', { name: /Province/ }).click();
    },
  },
  {
    name: 'setting-refused',
    settings: { store: { number: '1100', lane: '3', provnce: 'QC' } },
    show: async (page) => {
      await page.locator('.notice-place').first().waitFor();
    },
  },
  {
    name: 'setting-refused-at-length',
    settings: {
      sounds: 'oui',
      devices: {
        scanner: { path: 'none' },
        cardRules: [
          {
            source: 'barcode',
            symbologies: [],
            prefix: '',
            offset: 0,
            length: 11,
            fieldLength: 16,
            check: 'none',
          },
        ],
      },
    },
    show: async (page) => {
      await expect(page.locator('.notice')).toContainText('This rule could read a payment card.');
      await expect(page.locator('.notice-more')).toHaveText('and 1 more');
    },
  },
  {
    name: 'doctor-refused-setting',
    settings: { store: { number: '1100', lane: '3', provnce: 'QC' } },
    show: async (page) => {
      await openFromMenu(page, 'Doctor');
      await page.locator('.finding-fix').waitFor();
    },
  },
  {
    name: 'secret',
    settings: { operators: { mode: 'off' } },
    show: async (page) => {
      await openFromMenu(page, 'Settings');
      await page.getByRole('option', { name: /PIN pepper/ }).click();
    },
  },
  {
    name: 'setting-change-refused',
    settings: { operators: { mode: 'off' } },
    show: async (page) => {
      await openFromMenu(page, 'Settings');
      await page.getByRole('option', { name: /Maintenance begins/ }).click();
      await page.getByLabel('Value on this terminal').fill('2 h 30');
      await page.keyboard.press('Enter');
      await expect(page.locator('[data-result="refused"]')).toHaveText(
        'Not saved. It must be a time such as 02:30.',
      );
    },
  },
  {
    name: 'settings-file-broken',
    settings: ({ folder }) => {
      const policy = '{\n  "settings": {\n    "store": { "province": "QC" }\n  }\n  "locked": []\n}\n';
      writeFileSync(join(folder, 'policy.json'), policy);
      return {};
    },
    show: async (page) => {
      await expect(page.locator('.notice')).toContainText('A comma is missing just before this place.');
    },
  },
  {
    name: 'provisioning-refused',
    settings: ({ folder }) => {
      mkdirSync(join(folder, 'data'), { recursive: true });
      writeFileSync(join(folder, 'data', 'provisioning.json'), '\uFEFF{"api-key": "planted"}', 'utf16le');
      return {};
    },
    show: async (page) => {
      await expect(page.locator('.notice')).toContainText('The file is in UTF-16. Save it as UTF-8.');
    },
  },
  {
    name: 'offer-table-refused',
    settings: ({ folder }) => {
      const file = join(folder, 'offers.json');
      writeFileSync(file, '\uFEFF{}', 'utf16le');
      return { airmiles: { method: 'partner-calculated', offerTableFile: file, locationCode: '0110' } };
    },
    show: async (page) => {
      await expect(page.locator('.notice')).toContainText('The file is in UTF-16. Save it as UTF-8.');
    },
  },
];
