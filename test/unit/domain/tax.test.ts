import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cents } from '../../../shared/domain/money.ts';
import { postTaxTotal, provinces, taxesOn } from '../../../shared/domain/tax.ts';
import { builtInTaxTable, taxRatesOn, TaxCorrections } from '../../../shared/domain/tax-table.ts';

const ratesIn = (province: (typeof provinces)[number], day: string) =>
  taxRatesOn(builtInTaxTable, province, day);

describe('taxes', () => {
  test("the programme's own sample comes out to the cent", () => {
    const taxes = taxesOn(cents(2497), ratesIn('ON', '2026-06-01'));
    expect(taxes).toEqual({ gst: 0, hst: 325, pst: 0, qst: 0 });
    expect(postTaxTotal(cents(2497), taxes)).toBe(2822);
  });

  test.each([
    ['QC', 10_000, { gst: 500, hst: 0, pst: 0, qst: 998 }],
    ['BC', 10_000, { gst: 500, hst: 0, pst: 700, qst: 0 }],
    ['AB', 10_000, { gst: 500, hst: 0, pst: 0, qst: 0 }],
    ['NS', 10_000, { gst: 0, hst: 1400, pst: 0, qst: 0 }],
    ['SK', 1, { gst: 0, hst: 0, pst: 0, qst: 0 }],
  ] as const)('in %s on %i cents, rounded half up once for the basket', (province, amount, expected) => {
    expect(taxesOn(cents(amount), ratesIn(province, '2026-06-01'))).toEqual(expected);
  });

  test('rates change on their day, and are 0 before the first', () => {
    expect(ratesIn('NS', '2025-03-31').hst).toBe(15_000);
    expect(ratesIn('NS', '2025-04-01').hst).toBe(14_000);
    expect(ratesIn('ON', '1999-12-31')).toEqual({ gst: 0, hst: 0, pst: 0, qst: 0 });
  });

  test('every province has rates today', () => {
    for (const province of provinces) {
      const { gst, hst } = ratesIn(province, '2026-11-22');
      expect(gst + hst).toBeGreaterThan(0);
    }
  });

  test('half a cent goes up, and nothing is ever lost or made by floats', () => {
    const rates = { gst: 0, hst: 0, pst: 0, qst: 50_000 };
    expect(taxesOn(cents(1), rates).qst).toBe(1);
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(100_000), (amount, rate) => {
        const tax = taxesOn(cents(amount), { ...rates, qst: rate }).qst;
        const twiceTheError = 2 * (tax * 100_000 - amount * rate);
        expect(twiceTheError).toBeLessThanOrEqual(100_000);
        expect(twiceTheError).toBeGreaterThan(-100_000);
      }),
    );
  });

  test('a table with a misspelt province is refused', () => {
    expect(TaxCorrections.safeParse({ XX: [{ from: '2026-01-01' }] }).success).toBe(false);
    expect(TaxCorrections.safeParse({ ON: [{ from: '2026-01-01', hst: 12_000 }] }).success).toBe(true);
  });
});
