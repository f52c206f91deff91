import { cents, type Cents } from './money.ts';

/** The four taxes the Issuance API names, in its order. */
export const taxNames = ['gst', 'hst', 'pst', 'qst'] as const;
export type TaxName = (typeof taxNames)[number];
export type Taxes = Readonly<Record<TaxName, Cents>>;

export const provinces = [
  'AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT',
] as const; // prettier-ignore
export type Province = (typeof provinces)[number];

/** Thousandths of a percent. */
export type TaxRates = Readonly<Record<TaxName, number>>;

export const noTaxes: Taxes = { gst: cents(0), hst: cents(0), pst: cents(0), qst: cents(0) };

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
