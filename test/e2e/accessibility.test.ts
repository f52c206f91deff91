import { AxeBuilder } from '@axe-core/playwright';
import { looks, wear } from '../pictures/looks.ts';
import { scenes } from '../pictures/scenes.ts';
import { openScene } from '../pictures/staging.ts';
import { expect, test } from './fixtures.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test.describe('axe finds nothing wrong', () => {
  for (const scene of scenes) {
    test(`with ${scene.name}, in every theme and language`, async ({ page: operator, shop }) => {
      const page = await openScene(scene, operator, shop);
      for (const look of looks) {
        await wear(page, look, operator);
        const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
        );
        expect(found, `${look.language}, ${look.theme}`).toEqual([]);
      }
    });
  }
});
