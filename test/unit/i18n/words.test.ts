import { describe, expect, test } from 'vitest';
import { createWords } from '../../../renderer/app/words.ts';
import { languages } from '../../../shared/i18n/languages.ts';
import { outcomeReasons } from '../../../shared/domain/outcome.ts';
import { detailText } from '../../../renderer/features/sales/outcome-text.ts';
import { sampleSnapshot } from '../renderer/samples.ts';

const programme = {
  name: 'Sample Rewards',
  unit: { 'en-CA': { one: 'Star', other: 'Stars' }, 'fr-CA': { one: 'Étoile', other: 'Étoiles' } },
  unitsInFull: { 'en-CA': 'Stars', 'fr-CA': 'Étoiles' },
};
const english = createWords('en-CA', programme);
const french = createWords('fr-CA', programme);

describe('words', () => {
  test('write money the way each language does', () => {
    expect(english.money(123_456)).toBe('$1,234.56');
    expect(french.money(123_456)).toBe('1\u00a0234,56\u00a0$');
    expect(french.amount(2497)).toBe('24,97');
  });

  test('write a rate with its decimals', () => {
    expect(english.percent(9_975)).toBe('9.975%');
    expect(french.percent(13_000)).toBe('13\u00a0%');
  });

  test('count the unit of the programme, with none as one in French', () => {
    expect([0, 1, 4].map(english.miles)).toEqual(['0 Stars', '1 Star', '4 Stars']);
    expect([0, 1, 4].map(french.miles)).toEqual(['0 Étoile', '1 Étoile', '4 Étoiles']);
  });

  test('begin a label with a capital, also where it begins with the unit', () => {
    const units = { 'en-CA': 'reward stars', 'fr-CA': 'étoiles de récompense' };
    const words = createWords('fr-CA', { ...programme, unitsInFull: units });
    expect(words.text('receipt.miles')).toBe('Étoiles de récompense');
    expect(words.text('detail.credited')).toBe('Les étoiles de récompense sont au compte.');
  });

  test('know where the sign of money stands', () => {
    expect([english.moneySign, french.moneySign]).toEqual([
      { text: '$', isFirst: true },
      { text: '$', isFirst: false },
    ]);
    expect([english.decimalSign, french.decimalSign]).toEqual(['.', ',']);
  });

  test.each(languages)('have a sentence of their own for every reason in %s', (language) => {
    const words = createWords(language, sampleSnapshot().programme);
    const sentences = outcomeReasons.map((reason) =>
      words.text(detailText({ kind: 'issue', outcome: 'stored', reason, isSending: false })),
    );
    expect(new Set(sentences).size).toBe(outcomeReasons.length);
  });
});
