import type { Page } from '@playwright/test';
import { wear, type Look } from '../pictures/looks.ts';
import { scenes } from '../pictures/scenes.ts';
import { openScene } from '../pictures/staging.ts';
import { expect, test } from './fixtures.ts';

/** What a cashier and a customer look at all day. */
const keyStates = [
  'checkout-empty',
  'checkout-ready',
  'sale-credited',
  'sale-accepted',
  'sale-stored',
  'sale-needs-manager',
  'return-found',
  'board-parked',
  'customer-earns',
  'menu',
];
const looks: readonly Look[] = [
  { language: 'en-CA', theme: 'light' },
  { language: 'fr-CA', theme: 'dark' },
];
/** Times and references, which no two runs share. They keep their place and are not drawn. */
const variable = [
  '.clock',
  '.last-facts',
  '.last-reason',
  '.finder-form input',
  '.finder-found',
  '.original-head',
  '.board-row',
  '.board-story',
  '[data-field="collector"]',
];

async function hideVariable(page: Page): Promise<void> {
  await page.evaluate((selectors) => {
    for (const element of document.querySelectorAll<HTMLElement>(selectors.join(',')))
      element.style.visibility = 'hidden';
  }, variable);
  await page.evaluate(() => document.fonts.ready);
}

for (const name of keyStates) {
  const scene = scenes.find((one) => one.name === name);
  if (scene === undefined) throw new Error(`There is no scene named ${name}`);
  test(`${name} looks as it did`, async ({ page: operator, shop }) => {
    await operator.setViewportSize({ width: 1024, height: 768 });
    const page = await openScene(scene, operator, shop);
    await page.setViewportSize({ width: 1024, height: 768 });
    for (const look of looks) {
      await wear(page, look, operator);
      // After two idle seconds the keys on the controls stand out, and nothing moves any more.
      await operator.locator('html[data-keys-shown]').waitFor();
      await hideVariable(page);
      await expect(page).toHaveScreenshot(`${name}-${look.language}-${look.theme}.png`);
    }
  });
}
