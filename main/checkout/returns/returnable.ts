import { z } from 'zod';
import { cents, type Cents } from '../../../shared/domain/money.ts';
import { taxNames, type Taxes } from '../../../shared/domain/tax.ts';
import type { TransactionRow } from '../../journal/rows.ts';

const Amount = z.int().min(0).transform(cents);
const TaxDetails = z.object({ gst: Amount, hst: Amount, pst: Amount, qst: Amount });

/** What is kept beside a sale, as far as a return needs it. Sales of older versions have less. */
const SaleDetails = z.object({
  taxes: TaxDetails,
  excludedCents: Amount.default(cents(0)),
  milesAmount: z.int().min(0).optional(),
  tableHash: z.string().optional(),
  locationCode: z.string().optional(),
});

/** What is kept beside a return. */
export const ReturnDetails = z.object({
  taxes: TaxDetails,
  eligibleCents: Amount,
  excludedCents: Amount,
  /** Where the partner calculates. */
  milesAmount: z.int().min(0).optional(),
  issuances: z.array(z.object({ offerCode: z.string(), milesAmount: z.int().min(0) })).default([]),
});
export type ReturnDetails = z.output<typeof ReturnDetails>;

/** Before tax, told apart by whether it earned. */
export interface Parts {
  readonly eligibleCents: Cents;
  readonly excludedCents: Cents;
}

/** A sale, all its returns added up. Returns that a person closed take nothing back and count for nothing. */
export interface Returnable {
  readonly row: TransactionRow;
  readonly details: z.output<typeof SaleDetails>;
  readonly sold: Parts;
  readonly returned: Parts;
  readonly left: Parts;
  readonly taxesReturned: Taxes;
  /** By offer, where the partner calculates. */
  readonly milesReturnedByOffer: ReadonlyMap<string, number>;
  /** As far as they are known: the partner's own figure, else AIR MILES' answer. */
  readonly milesReturned: number;
  readonly returns: readonly TransactionRow[];
}

const isClosed = ({ closedAs }: TransactionRow): boolean => closedAs !== null;

const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Adds up what was returned of a sale. Throws on details this program did not write. */
export function returnableOf(row: TransactionRow, returns: readonly TransactionRow[]): Returnable {
  const details = SaleDetails.parse(JSON.parse(row.details));
  const counting = returns.filter((each) => !isClosed(each));
  const read = counting.map((each) => ({
    milesAmount: each.milesAmount,
    details: ReturnDetails.parse(JSON.parse(each.details)),
  }));
  const sold = {
    eligibleCents: cents(row.preTaxCents - details.excludedCents),
    excludedCents: details.excludedCents,
  };
  const part = (name: keyof Parts): Cents => cents(sumOf(read.map((each) => each.details[name])));
  const returned = { eligibleCents: part('eligibleCents'), excludedCents: part('excludedCents') };
  const tax = (name: keyof Taxes): Cents => cents(sumOf(read.map((each) => each.details.taxes[name])));
  const byOffer = new Map<string, number>();
  for (const { offerCode, milesAmount } of read.flatMap((each) => each.details.issuances)) {
    byOffer.set(offerCode, (byOffer.get(offerCode) ?? 0) + milesAmount);
  }
  return {
    row,
    details,
    sold,
    returned,
    left: {
      eligibleCents: cents(sold.eligibleCents - returned.eligibleCents),
      excludedCents: cents(sold.excludedCents - returned.excludedCents),
    },
    taxesReturned: { gst: tax('gst'), hst: tax('hst'), pst: tax('pst'), qst: tax('qst') },
    milesReturnedByOffer: byOffer,
    milesReturned: sumOf(read.map((each) => each.details.milesAmount ?? each.milesAmount ?? 0)),
    returns,
  };
}

/** Marks what came over the contract as cents. */
export const partsOf = ({
  eligibleCents,
  excludedCents,
}: { readonly [Name in keyof Parts]: number }): Parts => ({
  eligibleCents: cents(eligibleCents),
  excludedCents: cents(excludedCents),
});

export const totalOf = ({ eligibleCents, excludedCents }: Parts): Cents =>
  cents(eligibleCents + excludedCents);

/**
 * The tax of what comes back: the sale's own, in proportion, rounded so that all returns of a sale together give exactly
 * the tax that was paid.
 */
export function taxesOf(returnable: Returnable, back: Parts): Taxes {
  const sold = totalOf(returnable.sold);
  const backSoFar = totalOf(returnable.returned) + totalOf(back);
  const share = (paid: Cents, before: Cents): Cents =>
    cents(Math.max(0, Math.round((paid * backSoFar) / sold) - before));
  const { taxes } = returnable.details;
  const [gst, hst, pst, qst] = taxNames.map((name) => share(taxes[name], returnable.taxesReturned[name]));
  return { gst: gst ?? cents(0), hst: hst ?? cents(0), pst: pst ?? cents(0), qst: qst ?? cents(0) };
}
