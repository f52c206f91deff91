import { dollarsLiteral, type Cents } from '../../shared/domain/money.ts';
import type { Taxes } from '../../shared/domain/tax.ts';
import {
  contextOf,
  issuanceOf,
  type CommonRequest,
  type IssuanceEntry,
  type OfferIdForm,
} from './issuance-entries.ts';

declare global {
  interface JSON {
    /** In Node since 21, not yet in the compiler's library: a literal that is written as it stands. */
    rawJSON(literal: string): object;
  }
}

/** One line of a basket. Amounts are before tax; `number` is the line's number. */
export interface BasketItem {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly quantity: number;
  readonly unitCents: Cents;
  readonly totalCents: Cents;
  readonly departmentId?: string | undefined;
  readonly categoryId?: string | undefined;
}

/**
 * A basket as CALCULATE, ISSUE, RETURN, RECORD, POST and REVERSE take it. In RETURN and REVERSE it holds what is taken
 * back, amounts positive.
 */
export interface BasketRequest extends CommonRequest {
  readonly preTaxCents: Cents;
  readonly taxes: Taxes;
  readonly postTaxCents: Cents;
  /** Milliseconds since 1970 UTC. */
  readonly checkoutAtMs: number;
  readonly checkoutTransactionId: string;
  readonly items?: readonly BasketItem[] | undefined;
  /** Where the partner calculates: POST, REVERSE and RECORD. */
  readonly issuances?: readonly IssuanceEntry[] | undefined;
}

function dollars(amountCents: Cents): object {
  return JSON.rawJSON(dollarsLiteral(amountCents));
}

function itemOf(item: BasketItem): object {
  return {
    id: item.id,
    name: item.name,
    number: item.number,
    quantity: item.quantity,
    baseAmount: dollars(item.unitCents),
    finalAmount: dollars(item.totalCents),
    departmentId: item.departmentId,
    categoryId: item.categoryId,
  };
}

/**
 * The exact bytes of a basket request, UTF-8 JSON, fields in the order of the documentation. All four taxes are
 * always there, 0 included, as in its samples; what is optional and not given is left out. Store them before the
 * first send and send them as they are: without a key, a duplicate is known by its identical content.
 */
export function buildBasketBody(request: BasketRequest, offerIdForm: OfferIdForm = 'string'): Uint8Array {
  const text = JSON.stringify({
    basketGSTAmount: dollars(request.taxes.gst),
    basketHSTAmount: dollars(request.taxes.hst),
    basketPSTAmount: dollars(request.taxes.pst),
    basketQSTAmount: dollars(request.taxes.qst),
    basketPostTaxAmount: dollars(request.postTaxCents),
    basketPreTaxAmount: dollars(request.preTaxCents),
    checkoutDateTime: new Date(request.checkoutAtMs).toISOString(),
    checkoutTransactionId: request.checkoutTransactionId,
    collectorNumber: request.collectorNumber,
    context: contextOf(request),
    coupon: request.coupon,
    deviceId: request.deviceId,
    items: request.items?.map(itemOf),
    issuances: request.issuances?.map((entry) => issuanceOf(entry, offerIdForm)),
  });
  return new TextEncoder().encode(text);
}
