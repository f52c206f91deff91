import { describe, expect, test } from 'vitest';
import { Settings } from '../../../main/settings/schema.ts';
import { OfferTable } from '../../../shared/domain/earn/offer-table.ts';
import { refusalsIn } from '../../../shared/domain/issue-reason.ts';
import { reason, reasonCodes, type Reason } from '../../../shared/domain/reasons.ts';
import { catalogues } from '../../../shared/i18n/catalogues.ts';
import type { Language } from '../../../shared/contract/views.ts';
import { languages } from '../../../shared/i18n/languages.ts';
import { plainText } from '../../../shared/i18n/plain-text.ts';
import { reasonText } from '../../../shared/i18n/reasons.ts';
import { createWords } from '../../../shared/i18n/words.ts';

const onConsole = (given: Reason, language: Language): string =>
  reasonText(given, (id, values) => plainText(language, id, values));

/** Whatever a sentence may ask for. */
const values = {
  meant: 'a',
  minimum: '2',
  maximum: '3',
  allowed: 'b, c',
  bytes: '9',
  code: 'ENOENT',
  name: 'd',
  known: '1',
  format: '2',
  from: '2026-01-01',
};

describe('the reasons why something is not used', () => {
  test.each(languages)('each have a sentence of their own in %s, without a gap', (language) => {
    const words = createWords(language, null);
    const told = reasonCodes.map((code) => onConsole({ code, values }, language));
    expect(new Set(told).size).toBe(reasonCodes.length);
    expect(told.filter((text) => !/^[\p{Lu}\p{N}{].*[.?]$/u.test(text) || /[{}]/.test(text))).toEqual([]);
    // A screen, which knows plurals, and a console, which does not, say the same.
    expect(reasonCodes.map((code) => reasonText({ code, values }, words.text))).toEqual(told);
  });

  test('ask for nothing that is not given', () => {
    const asked = reasonCodes.flatMap((code) =>
      [...catalogues['en-CA'][`reason.${code}`].matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
    );
    expect(asked.filter((name) => !Object.hasOwn(values, name))).toEqual([]);
  });

  test('say where, which copy holds instead, and how many more there are', () => {
    expect(onConsole(reason('missing', { at: 'offers.0.name', others: 2 }), 'en-CA')).toBe(
      'offers.0.name: A value is needed here. Other problems: 2.',
    );
    expect(onConsole(reason('file-empty', { savedAt: '2026-06-01 00:00 UTC' }), 'fr-CA')).toBe(
      'Le fichier est vide. La copie du fichier datant du 2026-06-01 00:00 UTC est utilisée à la place.',
    );
  });

  test.each([
    [{ environment: 'prod' }, 'Il faut l’une de ces valeurs\u00a0: training, certification, production.'],
    [{ forwarding: { parallel: 99 } }, 'La valeur maximale est 16.'],
    [{ forwarding: { parallel: 0 } }, 'La valeur minimale est 1.'],
    [{ forwarding: { parallel: 1e20 } }, 'La valeur maximale est 16.'],
    [{ forwarding: { parallel: -1e20 } }, 'La valeur minimale est 1.'],
    [{ forwarding: { parallel: 1.5 } }, 'Il faut un nombre entier.'],
    [{ forwarding: { parallel: '4' } }, 'Il faut un nombre, sans guillemets.'],
    [{ sounds: 'yes' }, 'Il faut true ou false, sans guillemets.'],
    [{ store: { number: 7 } }, 'Il faut un texte entre guillemets droits (").'],
    [{ store: { number: '' } }, 'Le texte ne peut pas être vide.'],
    [
      { store: { number: 'x'.repeat(21) } },
      'Le texte est trop long. Nombre maximal de caractères\u00a0: 20.',
    ],
    [{ receipts: { heading: 'x' } }, 'Il faut une liste entre crochets.'],
    [{ day: { exportFormats: [] } }, 'La liste est trop courte. Nombre minimal d’éléments\u00a0: 1.'],
    [{ sale: 'none' }, 'Il faut un groupe entre accolades.'],
    [
      { devices: { printer: { connection: 'usb' } } },
      'Il faut l’une de ces valeurs\u00a0: none, serial, network.',
    ],
    [
      { airmiles: { headers: { 'a b': 'c' } } },
      'Ce n’est pas un nom d’en-tête. Utilisez des lettres, des chiffres et des traits d’union.',
    ],
    [{ store: { numbr: '7' } }, 'Ce nom n’est pas reconnu ici.'],
    [{ devices: { printer: { connection: 'serial' } } }, 'Une valeur est requise ici.'],
    [
      { metrics: { otlpUrl: 'nowhere' } },
      'Il faut une adresse sécurisée (https) ou une adresse de cette machine.',
    ],
    [
      { devices: { coupons: [{ prefix: 'é' }] } },
      'Il faut au plus 20 lettres, chiffres ou signes, sans accent.',
    ],
    [{ airmiles: { sponsorCodes: ['a b'] } }, 'Il faut de 1 à 20 caractères, sans espace ni virgule.'],
    [{ updates: { windowFrom: 'two' } }, 'Il faut une heure, par exemple 02:30.'],
    [{ taxes: { ON: [{ from: 'yesterday' }] } }, 'Il faut une date, par exemple 2026-06-01.'],
  ])('are worded for what a schema finds: %j', (tree, sentence) => {
    const refusals = refusalsIn(Settings.safeParse(tree).error?.issues ?? [], tree);
    expect(refusals.map((refusal) => onConsole(refusal.reason, 'fr-CA'))[0]).toBe(sentence);
  });
});

test('every rule of a setting and of an offer table speaks by a code, and every form is a rule', () => {
  const rules: string[] = [];
  const silent: unknown[] = [];
  const look = (schema: unknown, seen: Set<unknown>): void => {
    if (typeof schema !== 'object' || schema === null || seen.has(schema)) return;
    seen.add(schema);
    const { check, error, format } = { check: undefined, error: undefined, format: undefined, ...schema };
    if (check === 'string_format' && error === undefined && format !== 'date') silent.push(format);
    for (const [name, value] of Object.entries(schema)) {
      if (name === 'error' && typeof value === 'function') rules.push(String(value({ code: 'custom' })));
      else look(value, seen);
    }
    // A check keeps what it is made of out of sight.
    const inside: unknown = Reflect.get(schema, '_zod');
    if (typeof inside === 'object' && inside !== null) look(Reflect.get(inside, 'def'), seen);
  };
  look([Settings.def, OfferTable.def], new Set());
  expect(new Set(rules).size).toBeGreaterThan(12);
  expect(silent).toEqual([]);
  expect(rules.filter((rule) => !reasonCodes.some((code) => code === rule))).toEqual([]);
});
