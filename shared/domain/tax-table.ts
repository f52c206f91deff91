import { z } from 'zod';
import builtInRates from './tax-rates.json' with { type: 'json' };
import { provinces, type Province, type TaxRates } from './tax.ts';

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

/** The provinces whose rates a store knows better than this build: each replaces the built-in one. */
export const TaxCorrections = z.partialRecord(z.enum(provinces), z.array(Period).min(1));

export const builtInTaxTable: TaxTable = TaxTable.parse(builtInRates.provinces);

/** The rates in force in a province on a day (`YYYY-MM-DD`), in thousandths of a percent; all 0 before the first. */
export function taxRatesOn(table: TaxTable, province: Province, day: string): TaxRates {
  const inForce = table[province]
    .filter((period) => period.from <= day)
    .toSorted((left, right) => left.from.localeCompare(right.from))
    .at(-1);
  const { gst = 0, hst = 0, pst = 0, qst = 0 } = inForce ?? {};
  return { gst, hst, pst, qst };
}
