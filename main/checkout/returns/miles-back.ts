import { readOfferTable } from '../../../shared/domain/earn/check.ts';
import type { EarnResult } from '../../../shared/domain/earn/engine.ts';
import { issuancesOf, type EarnedIssuance } from '../../../shared/domain/earn/issuances.ts';
import type { OfferTable } from '../../../shared/domain/earn/offer-table.ts';
import { cents } from '../../../shared/domain/money.ts';
import type { TransactionDay } from '../../../shared/domain/transaction-day.ts';
import type { Journal } from '../../journal/journal.ts';
import { earnOn, type PartnerEarning } from '../earning.ts';
import type { Parts, Returnable } from './returnable.ts';

/** The offers a sale was computed with; undefined where they are not kept and today's are others. */
export async function offersOf(
  { details }: Returnable,
  journal: Pick<Journal, 'offerTable'>,
  today: PartnerEarning,
): Promise<OfferTable | undefined> {
  const { tableHash } = details;
  if (tableHash === undefined) return undefined;
  if (tableHash === today.tableHash) return today.table;
  const text = await journal.offerTable(tableHash);
  if (text === undefined) return undefined;
  const reading = readOfferTable(text, { offerIdForm: today.offerIdForm });
  return reading.kind === 'refused' ? undefined : reading.table;
}

const milesBy = (result: EarnResult): ReadonlyMap<string, number> =>
  new Map(result.lines.map(({ offerCode, milesAmount }) => [offerCode, milesAmount]));

/**
 * The Miles to take back, offer by offer: those of the sale, minus those of what is kept, minus what earlier returns took
 * back; by the offers and on the Transaction Day of the sale. Never below zero, never more than is left. Where a maximum
 * cuts the offers differently for what is kept, the total is what counts, and the first offers of the table give it.
 */
export function milesBack(
  returnable: Returnable,
  back: Parts,
  table: OfferTable,
  locationCode: string,
): readonly EarnedIssuance[] {
  const { row, sold, left, milesReturned, milesReturnedByOffer } = returnable;
  const day = row.transactionDay as TransactionDay;
  const earned = (parts: Parts): EarnResult =>
    earnOn(
      { preTaxCents: cents(parts.eligibleCents + parts.excludedCents), excludedCents: parts.excludedCents },
      day,
      { table, locationCode },
    );
  const whole = earned(sold);
  const kept = earned({
    eligibleCents: cents(left.eligibleCents - back.eligibleCents),
    excludedCents: cents(left.excludedCents - back.excludedCents),
  });
  const milesKept = milesBy(kept);
  let owed = Math.max(0, whole.milesAmount - milesReturned - kept.milesAmount);
  return issuancesOf(whole, table).flatMap((issuance) => {
    const { offerCode, milesAmount } = issuance;
    const standing = milesAmount - (milesReturnedByOffer.get(offerCode) ?? 0);
    const taken = Math.min(Math.max(0, standing - (milesKept.get(offerCode) ?? 0)), owed);
    owed -= taken;
    return taken === 0 ? [] : [{ ...issuance, milesAmount: taken }];
  });
}
