import {
  contextOf,
  issuanceOf,
  type CommonRequest,
  type IssuanceEntry,
  type OfferIdForm,
} from './issuance-entries.ts';

/** What POST/EVENT and REVERSE/EVENT take: Miles for something that was no purchase. No amounts, no date. */
export interface EventRequest extends CommonRequest {
  /** The partner's unique id of the event. */
  readonly clientTransactionId: string;
  readonly issuances: readonly IssuanceEntry[];
}

/** The exact bytes of an event request, UTF-8 JSON. To be stored and sent like those of a basket. */
export function buildEventBody(request: EventRequest, offerIdForm: OfferIdForm): Uint8Array {
  const text = JSON.stringify({
    clientTransactionId: request.clientTransactionId,
    collectorNumber: request.collectorNumber,
    context: contextOf(request),
    coupon: request.coupon,
    deviceId: request.deviceId,
    issuances: request.issuances.map((entry) => issuanceOf(entry, offerIdForm)),
  });
  return new TextEncoder().encode(text);
}
