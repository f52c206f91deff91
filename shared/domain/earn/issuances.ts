import type { EarnResult } from './engine.ts';
import type { OfferTable } from './offer-table.ts';

/** Miles of one offer in the words of a POST request, for whoever builds one. */
export interface EarnedIssuance {
  readonly contributingItemIds?: readonly string[];
  readonly offerCode: string;
  readonly locationCode: string;
  readonly milesAmount: number;
  readonly offerDescription?: string;
  readonly offerId?: string;
}

/** One entry for each offer that earned something; none where nothing did, and then there is nothing to post. */
export function issuancesOf(result: EarnResult, table: OfferTable): readonly EarnedIssuance[] {
  return result.lines
    .filter(({ milesAmount }) => milesAmount > 0)
    .map(({ offerCode, milesAmount, contributingItemIds }) => {
      const offer = table.offers.find((each) => each.offerCode === offerCode);
      return {
        ...(contributingItemIds.length === 0 ? {} : { contributingItemIds }),
        offerCode,
        locationCode: result.locationCode,
        milesAmount,
        ...(offer?.description === undefined ? {} : { offerDescription: offer.description }),
        ...(offer?.offerId === undefined ? {} : { offerId: offer.offerId }),
      };
    });
}
