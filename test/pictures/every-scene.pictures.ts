import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test } from '../e2e/fixtures.ts';
import { looks, sizes, wear } from './looks.ts';
import { scenes } from './scenes.ts';
import { openScene } from './staging.ts';

const folder = join(import.meta.dirname, '../../out/screenshots');

/** A picture holds no whole Collector Number, not even a made one; the page itself does while it is keyed. */
async function maskNumbers(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const input of document.querySelectorAll('input')) {
      const digits = input.value.replaceAll(/\D/g, '').length;
      if (digits > 10) input.value = input.value.replaceAll(/\d(?=(?:\s?\d){4})/g, '•');
    }
  });
}

for (const scene of scenes) {
  test(scene.name, async ({ page: operator, shop }) => {
    const page = await openScene(scene, operator, shop);
    for (const look of looks) {
      await wear(page, look, operator);
      for (const size of sizes) {
        await page.setViewportSize(size);
        await maskNumbers(page);
        const name = `${scene.name}-${look.language}-${look.theme}-${size.width}.png`;
        await page.screenshot({ path: join(folder, name) });
      }
    }
  });
}
