import { describe, expect, test } from 'vitest';
import { secretNames } from '../../../main/secrets/names.ts';
import { Settings } from '../../../main/settings/schema.ts';
import type { CheckId } from '../../../shared/contract/doctor.ts';
import { layerNames } from '../../../shared/contract/settings.ts';
import { reason } from '../../../shared/domain/reasons.ts';
import { languages } from '../../../shared/i18n/languages.ts';
import { catalogues } from '../../../shared/i18n/catalogues.ts';
import { plainText } from '../../../shared/i18n/plain-text.ts';
import { worded } from '../../../shared/i18n/finding-facts.ts';

const told = (check: CheckId, facts: Record<string, string>, language: (typeof languages)[number]) =>
  worded({ number: 1, check, verdict: 'fault', code: 'any', facts }, (id) => catalogues[language][id]);

const environments = Settings.shape.environment.unwrap().options;

/** What main sends for the reader's language to name. */
const codes: ReadonlyArray<readonly [CheckId, string, readonly string[]]> = [
  ['settings', 'layers', layerNames],
  ['secrets', 'name', secretNames],
  ['secrets', 'place', ['sealed', 'owner-only-file', 'environment']],
  [
    'secrets',
    'problem',
    ['seal-unavailable', 'secrets-other-backend', 'secrets-not-opened', 'secrets-exposed', 'secrets-damaged'],
  ],
  ['journal', 'chain', ['transactions', 'audit']],
  ['journal', 'problem', ['missing', 'changed', 'cut-off']],
  ['journal', 'journal', environments],
  ['journal', 'settings', environments],
  ['scanner', 'code', ['searching', 'lost', 'other']],
];

describe('the words in a finding', () => {
  test.each(codes)('%s: every %s is told by a sentence’s own words', (check, fact, values) => {
    for (const language of languages) {
      const sentences = values.map((value) => told(check, { [fact]: value }, language)[fact] ?? '');
      // Distinct words, each of the catalogue.
      expect(new Set(sentences).size).toBe(values.length);
      expect(sentences.filter((text) => !Object.values(catalogues[language]).includes(text))).toEqual([]);
    }
  });

  test('a list is told word by word, in the reader’s language', () => {
    const facts = { count: '3', layers: 'defaults, policy, terminal' };
    expect(told('settings', facts, 'en-CA')).toEqual({
      count: '3',
      layers: 'default, policy, this terminal',
    });
    expect(told('settings', facts, 'fr-CA')['layers']).toBe('par défaut, politique, ce terminal');
  });

  test('why a setting was refused is told in the reader’s language, with what its sentence asks for', () => {
    const { code, values } = reason('no-such-setting-meant', { meant: 'province' });
    const facts = { ...values, count: '1', place: 'store.json:3, store.provnce', problem: code };
    const said = languages.map((language) =>
      worded({ number: 1, check: 'settings', verdict: 'fault', code: 'refused', facts }, (id, given) =>
        plainText(language, id, given),
      ),
    );
    expect(said.map(({ problem }) => problem)).toEqual([
      'This name is not known here. Did you mean “province”?',
      'Ce nom n’est pas reconnu ici. Vouliez-vous dire «\u00a0province\u00a0»?',
    ]);
    expect(said.map(({ place }) => place)).toEqual([facts.place, facts.place]);
  });

  test('a path, a host and an operating system’s code stay as they came', () => {
    const facts = { path: '/dev/lost', code: 'ENOENT' };
    expect(told('scanner', facts, 'fr-CA')).toEqual(facts);
  });
});
