import type { z } from 'zod';
import { assumedOriginalKey } from '../airmiles/assumed.ts';
import type { Endpoint } from '../airmiles/endpoints.ts';
import { BasketBody, EventBody, PostBody, RecordBody } from '../airmiles/request-schemas.ts';
import { transactionDayOf } from '../../shared/domain/transaction-day.ts';
import { refusal, type CounterAnswer } from './answers.ts';

/** A call as it came in, its token already checked. */
export interface CounterCall {
  readonly endpoint: Endpoint;
  readonly idempotencyKey: string | undefined;
  readonly body: Uint8Array;
}

/** What a call asks for, a basket and an event alike. */
export interface Order {
  readonly endpoint: Endpoint;
  readonly collectorNumber: string | undefined;
  /** The partner's id of the transaction or event. */
  readonly transactionId: string;
  readonly originalTransactionId: string | undefined;
  /** 0 for an event. */
  readonly preTaxCents: number;
  readonly transactionDay: string;
  /** Miles by offer where the partner calculates, else empty. */
  readonly issuances: readonly {
    readonly offerCode: string;
    readonly locationCode: string;
    readonly milesAmount: number;
  }[];
}

/** The codes the programme has given out. Where a list is left out, every code is known. */
export interface KnownCodes {
  readonly offerCodes?: readonly string[] | undefined;
  readonly locationCodes?: readonly string[] | undefined;
}

export type OrderReading =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'refused'; readonly answer: CounterAnswer };

const refused = (...words: Parameters<typeof refusal>): OrderReading => ({
  kind: 'refused',
  answer: refusal(...words),
});

/** Names of fields only: a value could be somebody's number. */
function invalid(error: z.ZodError): OrderReading {
  const fields = [...new Set(error.issues.map(({ path }) => path.join('.') || 'the body'))];
  return refused('invalidDetails', `Missing or of the wrong type: ${fields.join(', ')}.`);
}

type Entries = NonNullable<z.output<typeof RecordBody>['issuances']>;

const issuancesOf = (entries: Entries): Order['issuances'] =>
  entries.map(({ issuanceOfferCode, locationCode, milesAmount }) => ({
    offerCode: issuanceOfferCode,
    locationCode,
    milesAmount,
  }));

function readEvent(endpoint: Endpoint, body: unknown, nowMs: number): OrderReading {
  const read = EventBody.safeParse(body);
  if (!read.success) return invalid(read.error);
  const { collectorNumber, clientTransactionId, context, issuances } = read.data;
  const order: Order = {
    endpoint,
    collectorNumber,
    transactionId: clientTransactionId,
    originalTransactionId: context?.[assumedOriginalKey],
    preTaxCents: 0,
    transactionDay: transactionDayOf(nowMs, 'EST'),
    issuances: issuancesOf(issuances),
  };
  return { kind: 'order', order };
}

const basketSchemas = {
  calculate: BasketBody,
  issue: BasketBody,
  return: BasketBody,
  record: RecordBody,
  post: PostBody,
  reverse: PostBody,
} as const;

function readBasket(endpoint: keyof typeof basketSchemas, body: unknown): OrderReading {
  const known = basketSchemas[endpoint].safeParse(body);
  if (!known.success) return invalid(known.error);
  const basket: RecordBody = known.data;
  const isPartnerCalculated = endpoint === 'post' || endpoint === 'reverse' || endpoint === 'record';
  const issuances = isPartnerCalculated ? (basket.issuances ?? []) : [];
  const items = basket.items === undefined ? undefined : new Set(basket.items.map(({ id }) => id));
  const strangers = issuances.flatMap(({ contributingItemIds = [] }) => contributingItemIds);
  if (items !== undefined && strangers.some((id) => !items.has(id))) {
    return refused('invalidDetails', 'contributingItemIds names an item that is not in items.');
  }
  const order: Order = {
    endpoint,
    collectorNumber: basket.collectorNumber,
    transactionId: basket.checkoutTransactionId,
    originalTransactionId: basket.context?.[assumedOriginalKey],
    preTaxCents: Math.round(basket.basketPreTaxAmount * 100),
    transactionDay: transactionDayOf(Date.parse(basket.checkoutDateTime), 'EST'),
    issuances: issuancesOf(issuances),
  };
  return { kind: 'order', order };
}

/** Reads a call against the schema of its endpoint and the codes the programme knows. */
export function readOrder(call: CounterCall, codes: KnownCodes, nowMs: number): OrderReading {
  const { endpoint } = call;
  let body: unknown;
  try {
    body = JSON.parse(
      Buffer.from(call.body.buffer, call.body.byteOffset, call.body.byteLength).toString('utf8'),
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refused('invalidDetails', 'The request is not JSON.');
  }
  const isEvent = endpoint === 'post-event' || endpoint === 'reverse-event';
  const read = isEvent ? readEvent(endpoint, body, nowMs) : readBasket(endpoint, body);
  if (read.kind === 'refused') return read;
  for (const { offerCode, locationCode } of read.order.issuances) {
    if (codes.offerCodes?.includes(offerCode) === false) {
      return refused('offerUnknown', `No such offer code: ${offerCode}.`);
    }
    if (codes.locationCodes?.includes(locationCode) === false) {
      return refused('locationUnknown', `No such location code: ${locationCode}.`);
    }
  }
  return read;
}
