import { issuancesOf } from '../../shared/domain/earn/issuances.ts';
import type { TransactionDay } from '../../shared/domain/transaction-day.ts';
import type { TransactionKind } from '../../shared/domain/transaction-kind.ts';
import type { IssuanceEntry } from '../airmiles/issuance-entries.ts';
import { earnOn, type Earning } from './earning.ts';
import type { ReadSale, Refusal } from './read-sale.ts';

/** What one sale asks of AIR MILES, and what is kept beside it so that a later return can be computed. */
export interface Posting {
  readonly kind: Extract<TransactionKind, 'issue' | 'post' | 'record'>;
  readonly issuances: readonly IssuanceEntry[] | undefined;
  readonly details: object;
}

/**
 * The endpoint of a sale, with its Miles where the partner calculates. A sale that earns nothing has nothing to post: it
 * is recorded where the settings ask for that, else refused before anything is stored, as is one of more Miles than they
 * allow, which is a slip. Where AIR MILES
 * calculates, `expectedMiles` is what it said beforehand, if it did.
 */
export function postingOf(
  sale: ReadSale,
  transactionDay: TransactionDay,
  earning: Earning,
  limit: { readonly milesLimit: number; readonly expectedMiles: number | undefined },
): Posting | { readonly kind: 'refused'; readonly refusals: Refusal[] } {
  const { taxes, excludedCents } = sale;
  const refused = (refusal: Refusal) => ({ kind: 'refused' as const, refusals: [refusal] });
  const { milesLimit, expectedMiles } = limit;
  if (earning.kind === 'amrp-calculated') {
    if (expectedMiles !== undefined && expectedMiles > milesLimit)
      return refused({ field: 'miles', fault: 'over-limit', milesLimit });
    return { kind: 'issue', issuances: undefined, details: { taxes } };
  }
  if (earning.kind === 'no-offer-table') return refused({ field: 'miles', fault: 'no-offer-table' });
  const earned = earnOn(sale, transactionDay, earning);
  const { milesAmount, tableVersion, locationCode, eligibleCents, lines } = earned;
  const { tableHash } = earning;
  if (milesAmount === 0) {
    if (earning.recordsNonQualifying !== true) return refused({ field: 'miles', fault: 'earns-nothing' });
    const details = {
      taxes,
      excludedCents,
      milesAmount,
      tableVersion,
      tableHash,
      locationCode,
      eligibleCents,
    };
    return { kind: 'record', issuances: undefined, details };
  }
  if (milesAmount > milesLimit) return refused({ field: 'miles', fault: 'over-limit', milesLimit });
  return {
    kind: 'post',
    issuances: issuancesOf(earned, earning.table),
    details: {
      taxes,
      excludedCents,
      milesAmount,
      tableVersion,
      tableHash,
      locationCode,
      eligibleCents,
      lines,
    },
  };
}
