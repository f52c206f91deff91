import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from '@formatjs/intl';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../shared/i18n/languages.ts';
import { catalogues, type Catalogue } from '../../../shared/i18n/catalogues.ts';

const root = join(import.meta.dirname, '../../..');
const renderer = filesUnder(join(root, 'renderer'));
/** What is printed, and what a console shows, is written in main, out of the same catalogues. */
const printed = [
  'shared/i18n',
  'shared/receipts',
  'shared/day',
  'main/receipts',
  'main/diagnostics/doctor',
  'main/settings',
  'main/reconciliation',
].flatMap((folder) => filesUnder(join(root, folder)));
const ids = Object.keys(catalogues['en-CA']);

function filesUnder(folder: string): readonly { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }));
}

function messages(catalogue: Catalogue): readonly [string, string][] {
  return Object.entries(catalogue);
}

/** The names a message asks for: `{name}` and `{name, plural, …}`. */
function placeholders(message: string): readonly string[] {
  const names = message.matchAll(/\{\s*([A-Za-z]\w*)\s*(?=[,}])/g);
  return [...new Set([...names].map((match) => match[1] ?? ''))]
    .filter((name) => !isPluralText(message, name))
    .toSorted();
}

function isPluralText(message: string, name: string): boolean {
  return new RegExp(`(one|other|=\\d+)\\s*\\{${name}\\}`).test(message);
}

describe('the two catalogues', () => {
  test('hold the same messages', () => {
    expect(Object.keys(catalogues['fr-CA'])).toEqual(ids);
  });

  test('ask for the same placeholders in each message', () => {
    const asked = (catalogue: Catalogue) =>
      messages(catalogue).map(([id, message]) => [id, placeholders(message)]);
    expect(asked(catalogues['fr-CA'])).toEqual(asked(catalogues['en-CA']));
  });

  test.each(languages)('can be formatted in %s for none, one and many', (language) => {
    const failures: string[] = [];
    const intl = createIntl({
      locale: language,
      messages: catalogues[language],
      onError: (error) => failures.push(error.message),
    });
    for (const [id, message] of messages(catalogues[language])) {
      for (const count of [0, 1, 12_345]) {
        const values = Object.fromEntries(placeholders(message).map((name) => [name, count]));
        intl.formatMessage({ id }, { unitOne: 'x', unitOther: 'y', ...values });
      }
    }
    expect(failures).toEqual([]);
  });

  test.each(languages)('name neither the brand nor its unit in %s', (language) => {
    const named = messages(catalogues[language]).filter(([, message]) =>
      // The names of settings are names, in every language the same.
      /air\s*miles|\bmiles?\b|\bmilles?\b|blue rewards/i.test(message.replaceAll(/\bairmiles\.\w+/g, '')),
    );
    expect(named).toEqual([]);
  });

  test('put no word before the programme’s name that a vowel would shorten', () => {
    const elided = messages(catalogues['fr-CA']).filter(([, message]) =>
      /\b(de|que|le|la|si|jusque)[\s\u00a0]\{programme\}/i.test(message),
    );
    expect(elided).toEqual([]);
  });

  test('are set in the typography of Quebec in French', () => {
    const wrong = messages(catalogues['fr-CA']).filter(([, message]) =>
      / [:%$»]|« |[^\s\u00a0]:|[\u00a0\u202f ][;!?]|'|\.\.\./.test(message.replaceAll(/\b\d\d:\d\d\b/g, '')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the renderer', () => {
  test('uses every message', () => {
    const source = [...renderer, ...printed].map((file) => file.text).join('\n');
    expect(ids.filter((id) => !source.includes(`'${id}'`))).toEqual([]);
  });

  test('asks for no message that does not exist', () => {
    const asked = [...renderer, ...printed].flatMap(({ text }) =>
      [...text.matchAll(/\btext\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('has no text of its own between tags or in what is read out', () => {
    const literals = renderer
      .filter((file) => file.path.endsWith('.tsx'))
      .flatMap(({ path, text }) => {
        const between = text.matchAll(
          /<\/?[A-Za-z][^<>]*[^=]>([^<>{}=;()]*[A-Za-zÀ-ÿ]{2,}[^<>{}=;()]*)<\/?[A-Za-z]/g,
        );
        const readOut = text.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]+)"/g);
        return [...between, ...readOut].map((match) => `${path}: ${match[1]?.trim() ?? ''}`);
      });
    expect(literals).toEqual([]);
  });
});
