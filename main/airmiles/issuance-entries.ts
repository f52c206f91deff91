import type { CollectorNumber } from '../../shared/domain/collector-number.ts';
import { assumedOriginalKey } from './assumed.ts';

/**
 * Miles of one offer, as a partner that calculates states them. Codes and ids are text, leading zeros kept;
 * `milesAmount` is positive when Miles are taken back, too.
 */
export interface IssuanceEntry {
  readonly contributingItemIds?: readonly string[] | undefined;
  readonly offerCode: string;
  readonly locationCode: string;
  readonly milesAmount: number;
  readonly offerDescription?: string | undefined;
  readonly offerId?: string | undefined;
}

/** The documentation shows `offerId` as a string in one sample and as a number in another: the partner's settings say. */
export const offerIdForms = ['string', 'number'] as const;
export type OfferIdForm = (typeof offerIdForms)[number];

/** What every request about a Collector has, beside its basket or event. */
export interface CommonRequest {
  readonly collectorNumber: CollectorNumber;
  readonly deviceId: string;
  readonly context?: Readonly<Record<string, string>> | undefined;
  /** All coupon codes applied to the bill. */
  readonly coupon?: readonly string[] | undefined;
  /** In a return or a reversal: the transaction id of what it takes back. */
  readonly originalTransactionId?: string | undefined;
}

/** The free notes of a request, the link to its original among them. */
export function contextOf(request: CommonRequest): Readonly<Record<string, string>> | undefined {
  const { context, originalTransactionId } = request;
  if (originalTransactionId === undefined) return context;
  return { ...context, [assumedOriginalKey]: originalTransactionId };
}

/** Throws on an id that is no whole number, or would lose its leading zeros: the offer table was checked for that. */
function offerIdOf(offerId: string, form: OfferIdForm): string | object {
  if (form === 'string') return offerId;
  if (!/^(0|[1-9]\d*)$/.test(offerId))
    throw new RangeError(`Not an offer id to write as a number: ${offerId}`);
  return JSON.rawJSON(offerId);
}

/** One entry of `issuances`, its fields in the order of the documentation. */
export function issuanceOf(entry: IssuanceEntry, form: OfferIdForm): object {
  if (!Number.isSafeInteger(entry.milesAmount) || entry.milesAmount <= 0) {
    throw new RangeError(`Not a whole and positive number of Miles: ${entry.milesAmount}`);
  }
  return {
    contributingItemIds: entry.contributingItemIds,
    issuanceOfferCode: entry.offerCode,
    locationCode: entry.locationCode,
    milesAmount: entry.milesAmount,
    offerDescription: entry.offerDescription,
    offerId: entry.offerId === undefined ? undefined : offerIdOf(entry.offerId, form),
  };
}
