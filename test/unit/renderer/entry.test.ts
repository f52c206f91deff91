import { describe, expect, test } from 'vitest';
import {
  faultsOf,
  firstFault,
  issueInput,
  readEntry,
  waitingField,
} from '../../../renderer/features/checkout/entry.ts';
import { sampleCollector, sampleDraft, sampleSnapshot } from './samples.ts';

const rules = sampleSnapshot();
const collectorText = sampleCollector(1);

describe('reading a draft', () => {
  test('computes the tax and the total as the sample of the programme does', () => {
    const entry = readEntry(sampleDraft(1, { collectorText, amountText: '24,97' }), rules);
    expect(entry.taxes).toMatchObject([{ name: 'hst', computedCents: 325, isCorrected: false }]);
    expect(entry.totalCents).toBe(2822);
  });

  test('takes a corrected tax in place of the computed one', () => {
    const entry = readEntry(sampleDraft(1, { amountText: '24.97', taxTexts: { hst: '3.00' } }), rules);
    expect(entry.taxes).toMatchObject([{ isCorrected: true, computedCents: 325 }]);
    expect(entry.totalCents).toBe(2797);
  });

  test('computes the tax while its field is empty', () => {
    const entry = readEntry(sampleDraft(1, { amountText: '24.97', taxTexts: { hst: ' ' } }), rules);
    expect(entry.totalCents).toBe(2822);
  });

  test('has no total while a tax cannot be read', () => {
    const entry = readEntry(sampleDraft(1, { amountText: '24.97', taxTexts: { hst: 'x' } }), rules);
    expect(entry.totalCents).toBeNull();
    expect(faultsOf(entry).at(-1)).toEqual({ field: 'hst', fault: { kind: 'not-an-amount' } });
  });

  test('shows only the taxes of the province', () => {
    const quebec = { ...rules, taxRates: { gst: 5_000, hst: 0, pst: 0, qst: 9_975 } };
    expect(readEntry(sampleDraft(1), quebec).taxes.map((tax) => tax.name)).toEqual(['gst', 'qst']);
  });

  test('waits for the Collector first and then for the amount', () => {
    expect(waitingField(readEntry(sampleDraft(1), rules))).toBe('collector');
    expect(waitingField(readEntry(sampleDraft(1, { collectorText }), rules))).toBe('amount');
  });

  test.each([
    ['', 'empty'],
    ['abc', 'not-an-amount'],
    ['-5', 'negative'],
    ['0', 'zero'],
    ['1.234', 'too-many-decimals'],
    ['10000.01', 'over-limit'],
  ])('says what is wrong with the amount %j: %s', (amountText, kind) => {
    const entry = readEntry(sampleDraft(1, { collectorText, amountText }), rules);
    expect(firstFault(entry)).toMatchObject({ field: 'amount', fault: { kind } });
  });
});

describe('the call for a draft', () => {
  test('carries cents, every tax and the key of the draft', () => {
    const draft = sampleDraft(7, { collectorText, amountText: '24.97', entryMode: 'scanned' });
    expect(issueInput(draft, readEntry(draft, rules), false)).toEqual({
      saleKey: draft.saleKey,
      collectorText,
      entryMode: 'scanned',
      preTaxCents: 2497,
      excludedCents: 0,
      taxes: { gst: 0, hst: 325, pst: 0, qst: 0 },
      isSecondSale: false,
    });
  });

  test('does not exist while a field is not right', () => {
    const draft = sampleDraft(7, { collectorText, amountText: '' });
    expect(issueInput(draft, readEntry(draft, rules), false)).toBeNull();
  });
});
