import type { ReadSale } from './read-sale.ts';

const nameOf = ({ collectorNumber, preTaxCents, excludedCents, taxes }: ReadSale): string =>
  JSON.stringify([collectorNumber, preTaxCents, excludedCents, taxes.gst, taxes.hst, taxes.pst, taxes.qst]);

/**
 * What CALCULATE last said a sale would earn, so that the cap on Miles also holds where AIR MILES calculates. Of other
 * sales, and of those nobody answered about in time, it knows nothing: there the cap on the amount stands alone.
 */
export function createExpectedMiles() {
  let last: { readonly name: string; readonly milesAmount: number } | undefined;
  return {
    learn(sale: ReadSale, milesAmount: number): void {
      last = { name: nameOf(sale), milesAmount };
    },
    of: (sale: ReadSale): number | undefined => (last?.name === nameOf(sale) ? last.milesAmount : undefined),
  };
}
export type ExpectedMiles = ReturnType<typeof createExpectedMiles>;
