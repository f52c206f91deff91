import { describe, expect, test } from 'vitest';
import { encodeReceipt } from '../../../main/receipts/escpos.ts';
import { languages } from '../../../shared/i18n/languages.ts';
import { composeReceipt } from '../../../shared/receipts/compose.ts';
import type { ReceiptFacts } from '../../../shared/receipts/facts.ts';
import { layOut, wrap } from '../../../shared/receipts/lay-out.ts';
import { Receipt } from '../../../shared/receipts/receipt.ts';
import { readPaper } from './paper.ts';
import { sampleFacts, wordsIn } from './samples.ts';

const english = (changes: Partial<ReceiptFacts> = {}): Receipt =>
  composeReceipt(sampleFacts(changes), wordsIn('en-CA'));

/** Everything a receipt says, in order, one line for each block or row. */
function said(receipt: Receipt): string[] {
  return receipt.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'pair':
        return [`${block.name}: ${block.value}`];
      case 'table':
        return [...block.rows, block.total].map(({ name, value }) => `${name}: ${value}`);
      case 'outcome':
        return [block.word, block.sentence];
      case 'rule':
        return [];
      default:
        return [block.text];
    }
  });
}

const states = ['credited', 'accepted', 'stored', 'needs-manager', 'cancelled', 'written-off'] as const;

describe('a receipt', () => {
  test('says who, when, what was earned, what became of it, and how to find it again', () => {
    const lines = said(english({ offers: [{ name: undefined, code: 'B1', milesAmount: 5 }, { name: 'Café', code: 'B2', milesAmount: 2 }] })); // prettier-ignore
    expect(lines).toEqual(
      expect.arrayContaining([
        'Épicerie Côté',
        'Store 1100, lane 3',
        'Credited',
        'The Gift Stars are in your account.',
        'Offer B1: 5',
        'Café: 2',
        'Gift Stars: 7',
        'Balance: 342 Stars',
        'Collector: ····0007',
        'Eligible amount: $24.97',
        'Transaction Day: 2026-11-24',
        'MP-K7Q3M2XVT9PH',
        'Reference K7Q3M2XVT9PH',
      ]),
    );
  });

  test.each(languages)(
    'says something of its own about each state, of a sale and of a return, in %s',
    (language) => {
      const sentences = (['sale', 'return'] as const).flatMap((kind) =>
        states.map((state) => {
          const { blocks } = composeReceipt(sampleFacts({ kind, state }), wordsIn(language));
          return blocks.find((block) => block.kind === 'outcome')?.sentence ?? '';
        }),
      );
      expect(new Set(sentences).size).toBe(12);
      expect(sentences.filter((sentence) => sentence.length < 20)).toEqual([]);
    },
  );

  test('that is stored says what will happen, and promises no figure that nobody knows', () => {
    const lines = said(english({ state: 'stored', milesAmount: undefined, balanceMiles: undefined }));
    expect(lines).toContain('Gift Stars: known later');
    expect(lines.join(' ')).toMatch(/sends it to Sample Rewards on its own/);
    expect(lines.some((line) => line.startsWith('Balance'))).toBe(false);
  });

  test('of a return names what is taken back without a sign, and the receipt it belongs to', () => {
    const lines = said(english({ kind: 'return', milesAmount: -3, originalReference: 'A1B2C3D4E5F6' }));
    expect(lines).toContain('Gift Stars taken back: 3');
    expect(lines).toContain('Original receipt: A1B2C3D4E5F6');
  });

  test.each(['training', 'certification'] as const)('of %s says so at both ends', (environment) => {
    const { blocks } = english({ environment });
    expect(blocks[0]?.kind).toBe('banner');
    expect(blocks.at(-1)).toEqual(blocks[0]);
  });

  test('of production carries no banner, and a copy of it carries one', () => {
    expect(english().blocks.some(({ kind }) => kind === 'banner')).toBe(false);
    const copy = english({ copiedAtMs: Date.UTC(2026, 10, 25, 12) });
    expect(copy.blocks[0]).toEqual({ kind: 'banner', text: 'Copy' });
  });

  test('has no text that the schema of the contract refuses', () => {
    expect(Receipt.safeParse(english()).success).toBe(true);
  });
});

describe('the lay-out', () => {
  test.each([32, 42, 48])('keeps every line of every receipt within %i columns', (columns) => {
    for (const language of languages) {
      for (const state of states) {
        for (const kind of ['sale', 'return'] as const) {
          const facts = sampleFacts({
            kind,
            state,
            environment: 'certification',
            copiedAtMs: 0,
            balanceMiles: 1_234_567,
          });
          for (const line of layOut(composeReceipt(facts, wordsIn(language)), columns)) {
            if (line.kind !== 'text') continue;
            const width = line.text.length + (line.end === undefined ? 0 : line.end.length + 1);
            expect(width * (line.isLarge === true ? 2 : 1)).toBeLessThanOrEqual(columns);
          }
        }
      }
    }
  });

  test('breaks at spaces, cuts what has none, and never parts a figure from its unit', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap('pour 12\u00a0$', 8)).toEqual(['pour', '12 $']);
  });
});

describe('on ESC/POS paper', () => {
  test('a French receipt keeps its accents, its codes and the order of its words', () => {
    const receipt = composeReceipt(sampleFacts({ state: 'stored' }), wordsIn('fr-CA'));
    const paper = readPaper(encodeReceipt(receipt, { columns: 42 }));
    const text = paper.lines.map((line) => line.trim());
    const wanted = layOut(receipt, 42).flatMap((line) => (line.kind === 'text' ? [line.text.trim()] : []));
    expect(text.join('\n')).toMatch(/Épicerie Côté/);
    expect(text.join('\n')).not.toMatch(/[{?]/);
    for (const line of wanted)
      expect(
        text.some((printed) => printed.startsWith(line)),
        line,
      ).toBe(true);
    expect(paper).toMatchObject({
      qrCodes: ['MP-K7Q3M2XVT9PH'],
      barcodes: ['{BMP-K7Q3M2XVT9PH'],
      wasCut: true,
    });
  });

  test('of 58 mm the bars, which would not fit, give way to the QR code', () => {
    const paper = readPaper(encodeReceipt(english(), { columns: 32 }));
    expect(paper).toMatchObject({ qrCodes: ['MP-K7Q3M2XVT9PH'], barcodes: [] });
  });
});
