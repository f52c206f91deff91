import { buildBasketBody, type BasketRequest } from '../../../main/airmiles/requests.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';

/** In the place of the Collector Numbers the documentation prints. */
export const collectorNumber = makeCollectorNumber(() => 0.25);

/** The basket of the documentation's samples, as far as they print it. */
export const sampleBasket: BasketRequest = {
  preTaxCents: cents(2497),
  taxes: { ...noTaxes, hst: cents(325) },
  postTaxCents: cents(2822),
  checkoutAtMs: Date.UTC(2019, 4, 30, 14, 12, 59, 479),
  checkoutTransactionId: '12340001111',
  collectorNumber,
  deviceId: 'POS1',
  context: { key1: 'value1' },
  coupon: ['57841', '57862'],
  items: [
    {
      id: 'SKU1234',
      name: 'Dog Food',
      number: 1,
      quantity: 2,
      unitCents: cents(999),
      totalCents: cents(1998),
      departmentId: '10001',
      categoryId: '11101',
    },
    {
      id: 'SKU1252',
      name: 'Potato Chips',
      number: 2,
      quantity: 1,
      unitCents: cents(499),
      totalCents: cents(499),
      departmentId: 'DEPT2',
      categoryId: 'CAT2',
    },
  ],
};

/** The entry of the samples of POST, REVERSE and RECORD. */
export const sampleIssuance = {
  contributingItemIds: ['SKU1234', 'SKU1252'],
  offerCode: 'STANDARD',
  locationCode: '1100',
  milesAmount: 5,
  offerDescription: 'Bonus Miles for Groceries.',
  offerId: '123454',
};

export const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);

export const basketTextOf = (request: BasketRequest): string => textOf(buildBasketBody(request));

/** JSON with the keys of every object in order and every number written as it was: what is left is what was said. */
export function inKeyOrder(json: string): string {
  const written: unknown = JSON.parse(
    json,
    (_key, value: unknown, context?: { readonly source?: string }) => {
      if (typeof value === 'number' && context?.source !== undefined) return JSON.rawJSON(context.source);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
    },
  );
  return JSON.stringify(written);
}
