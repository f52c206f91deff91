import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingKeys } from '../../../main/settings/keys.ts';
import { settingsJsonSchema, settingsReference } from '../../../main/settings/published.ts';

const read = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../../main/settings', name), 'utf8');

/** Markdown without what only lays it out: the padding of cells and the length of a rule. */
const content = (markdown: string): string[] =>
  markdown.split('\n').map((line) => line.replaceAll(/ *\| */g, '|').replaceAll(/-{3,}/g, '---'));

// `npm run settings-reference` writes both anew.
test('the published JSON Schema is that of the settings as they are', () => {
  expect(JSON.parse(read('settings.schema.json'))).toEqual(settingsJsonSchema());
});

test('the reference lists every setting as it is, each with its words', () => {
  const published = content(read('reference.md'));
  expect(published).toEqual(content(settingsReference()));
  for (const { key, description } of settingKeys()) {
    expect(description?.['en-CA'], key).toBeTruthy();
    expect(
      published.filter((line) => line.startsWith(`|\`${key}\`|`)),
      key,
    ).toHaveLength(1);
  }
});
