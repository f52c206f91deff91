import { drawCode } from '../../../main/receipts/codes.ts';
import type { Language } from '../../../shared/contract/views.ts';
import { createWords } from '../../../shared/i18n/words.ts';
import type { ReceiptFacts } from '../../../shared/receipts/facts.ts';

const programme = {
  name: 'Sample Rewards',
  unit: { 'en-CA': { one: 'Star', other: 'Stars' }, 'fr-CA': { one: 'étoile', other: 'étoiles' } },
  unitsInFull: { 'en-CA': 'Gift Stars', 'fr-CA': 'étoiles de récompense' },
};

export const wordsIn = (language: Language) => createWords(language, programme);

/** A credited sale of $24.97 in production, with what a test changes of it. */
export function sampleFacts(changes: Partial<ReceiptFacts> = {}): ReceiptFacts {
  return {
    environment: 'production',
    heading: ['Épicerie Côté', '12, rue de l’Église'],
    store: { number: '1100', lane: '3' },
    kind: 'sale',
    state: 'credited',
    recordedAtMs: Date.UTC(2026, 10, 24, 17, 5),
    transactionDay: '2026-11-24',
    collector: '····0007',
    preTaxCents: 2497,
    postTaxCents: 2822,
    milesAmount: 7,
    offers: [],
    balanceMiles: 342,
    reference: 'K7Q3M2XVT9PH',
    originalReference: undefined,
    code: drawCode('MP-K7Q3M2XVT9PH'),
    copiedAtMs: undefined,
    ...changes,
  };
}
