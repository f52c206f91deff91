import { expect, test } from 'vitest';
import { openPdf } from '../../../main/pdf/document.ts';
import { furnish } from '../../../main/pdf/furniture.ts';

test('furniture stands on every page, and makes none of its own', async () => {
  const { document, finish } = openPdf({ size: 'LETTER', title: 'Rapport', language: 'fr-CA', margin: 54 });
  for (let page = 1; page < 3; page += 1) document.addPage();
  const told: string[] = [];
  furnish(document, {
    banner: 'FORMATION',
    footer: 'Magasin 1100',
    pageText: (page, pages) => {
      told.push(`${page} de ${pages}`);
      return told.at(-1) ?? '';
    },
  });
  const pdf = Buffer.from(await finish()).toString('latin1');
  expect(told).toEqual(['1 de 3', '2 de 3', '3 de 3']);
  expect(pdf).toContain('/Count 3');
  expect(pdf).toContain('/Lang (fr-CA)');
});
