import { z } from 'zod';
import { cents, type Cents } from './money.ts';
import builtInRates from './tax-rates.json' with { type: 'json' };

/** The four taxes the Issuance API names, in its order. */
export const taxNames = ['gst', 'hst', 'pst', 'qst'] as const;
export type TaxName = (typeof taxNames)[number];
export type Taxes = Readonly<Record<TaxName, Cents>>;

export const provinces = [
  'AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT',
] as const; // prettier-ignore
export type Province = (typeof provinces)[number];

const Rate = z.int().min(0).max(100_000);
const Period = z.strictObject({
  from: z.iso.date(),
  gst: Rate.default(0),
  hst: Rate.default(0),
  pst: Rate.default(0),
  qst: Rate.default(0),
});

/** Rates in thousandths of a percent, by province, each from a date on. */
const TaxTable = z.record(z.enum(provinces), z.array(Period).min(1));
export type TaxTable = z.output<typeof TaxTable>;
export type TaxRates = Readonly<Record<TaxName, number>>;

/** The provinces whose rates a store knows better than this build: each replaces the built-in one. */
export const TaxCorrections = z.partialRecord(z.enum(provinces), z.array(Period).min(1));

export const builtInTaxTable: TaxTable = TaxTable.parse(builtInRates.provinces);

export const noTaxes: Taxes = { gst: cents(0), hst: cents(0), pst: cents(0), qst: cents(0) };

/** The rates in force in a province on a day (`YYYY-MM-DD`), in thousandths of a percent; all 0 before the first. */
export function taxRatesOn(table: TaxTable, province: Province, day: string): TaxRates {
  const inForce = table[province]
    .filter((period) => period.from <= day)
    .toSorted((left, right) => left.from.localeCompare(right.from))
    .at(-1);
  const { gst = 0, hst = 0, pst = 0, qst = 0 } = inForce ?? {};
  return { gst, hst, pst, qst };
}

/**
 * Taxes on a basket's pre-tax total, each rounded half up to the cent once for the whole basket, as the programme's
 * sample has it: 13 % of 24.97 is 3.246, sent as 3.25.
 */
export function taxesOn(preTaxCents: Cents, rates: TaxRates): Taxes {
  const of = (rate: number): Cents =>
    cents(Number((BigInt(preTaxCents) * BigInt(rate) + 50_000n) / 100_000n));
  return { gst: of(rates.gst), hst: of(rates.hst), pst: of(rates.pst), qst: of(rates.qst) };
}

/** What the Collector pays: the pre-tax total and every tax. */
export function postTaxTotal(preTaxCents: Cents, taxes: Taxes): Cents {
  return cents(taxNames.reduce<number>((total, name) => total + taxes[name], preTaxCents));
}
