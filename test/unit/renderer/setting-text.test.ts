import { expect, test } from 'vitest';
import { catalogues } from '../../../shared/i18n/catalogues.ts';
import { valueWords } from '../../../renderer/features/settings/setting-text.ts';

test.each([
  ['yes-no', 'false', 'Non'],
  ['yes-no', 'true', 'Oui'],
  ['text', '"true"', 'true'],
  ['structure', '["csv","jsonl"]', 'csv, jsonl'],
  ['structure', '[{"path":"/dev/null"}]', '[{"path":"/dev/null"}]'],
  ['structure', '{}', '–'],
  ['text', '(not set)', '–'],
] as const)('of the kind %s, %s stands on the French page as %s', (kind, value, words) => {
  expect(valueWords({ kind }, value, (id) => catalogues['fr-CA'][id])).toBe(words);
});
