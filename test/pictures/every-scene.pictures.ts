import { join } from 'node:path';
import { test } from '../e2e/fixtures.ts';
import { looks, sizes, wear } from './looks.ts';
import { scenes } from './scenes.ts';

const folder = join(import.meta.dirname, '../../out/screenshots');

for (const scene of scenes) {
  test(scene.name, async ({ page, shop }) => {
    await shop.open(scene.settings);
    await scene.show(page, shop);
    for (const look of looks) {
      await wear(page, look);
      for (const size of sizes) {
        await page.setViewportSize(size);
        const name = `${scene.name}-${look.language}-${look.theme}-${size.width}.png`;
        await page.screenshot({ path: join(folder, name) });
      }
    }
  });
}
