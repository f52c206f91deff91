import { join } from 'node:path';
import { test } from '../e2e/fixtures.ts';
import { looks, sizes, wear } from './looks.ts';
import { scenes } from './scenes.ts';
import { openScene } from './staging.ts';

const folder = join(import.meta.dirname, '../../out/screenshots');

for (const scene of scenes) {
  test(scene.name, async ({ page: operator, shop }) => {
    const page = await openScene(scene, operator, shop);
    for (const look of looks) {
      await wear(page, look, operator);
      for (const size of sizes) {
        await page.setViewportSize(size);
        const name = `${scene.name}-${look.language}-${look.theme}-${size.width}.png`;
        await page.screenshot({ path: join(folder, name) });
      }
    }
  });
}
