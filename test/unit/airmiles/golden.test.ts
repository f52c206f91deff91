import { describe, expect, test } from 'vitest';
import { buildEventBody } from '../../../main/airmiles/event-requests.ts';
import { buildBasketBody } from '../../../main/airmiles/requests.ts';
import { BasketBody, EventBody, PostBody, RecordBody } from '../../../main/airmiles/request-schemas.ts';
import { collectorNumber, inKeyOrder, sampleBasket, sampleIssuance, textOf } from './samples.ts';

/*
 * The documentation's samples with another Collector Number, whole where it prints them whole. It cuts its baskets
 * inside `items`: the number and the quantity of the second item follow from its amounts.
 */
const BASKET = `
  "basketGSTAmount": 0,
  "basketHSTAmount": 3.25,
  "basketPSTAmount": 0,
  "basketQSTAmount": 0,
  "basketPostTaxAmount": 28.22,
  "basketPreTaxAmount": 24.97,
  "checkoutDateTime": "2019-05-30T14:12:59.479Z",
  "checkoutTransactionId": "12340001111",
  "collectorNumber": "${collectorNumber}",
  "context": { "key1": "value1" },
  "coupon": ["57841", "57862"],
  "deviceId": "POS1",
  "items": [
    {
      "id": "SKU1234", "name": "Dog Food", "number": 1, "quantity": 2, "baseAmount": 9.99, "finalAmount": 19.98,
      "departmentId": "10001", "categoryId": "11101"
    },
    {
      "id": "SKU1252", "name": "Potato Chips", "number": 2, "quantity": 1, "baseAmount": 4.99, "finalAmount": 4.99,
      "departmentId": "DEPT2", "categoryId": "CAT2"
    }
  ]`;
const ISSUANCES = `
  "issuances": [
    {
      "contributingItemIds": ["SKU1234", "SKU1252"], "issuanceOfferCode": "STANDARD", "locationCode": "1100",
      "milesAmount": 5, "offerDescription": "Bonus Miles for Groceries.", "offerId": "123454"
    }
  ]`;
const EVENT = `{
  "clientTransactionId": "111112314",
  "collectorNumber": "${collectorNumber}",
  "context": { "key1": "value1", "key2": "value2" },
  "coupon": ["coupon"],
  "deviceId": "string",
  "issuances": [
    { "issuanceOfferCode": "STANDARD", "locationCode": "0037", "milesAmount": 8, "offerDescription": "offer", "offerId": 22 }
  ]
}`;

describe('a request is the documented sample, byte for byte after ordering the keys', () => {
  test.each(['CALCULATE', 'ISSUE', 'RETURN', 'RECORD'])('%s', () => {
    const text = textOf(buildBasketBody(sampleBasket));
    expect(inKeyOrder(text)).toBe(inKeyOrder(`{${BASKET}}`));
    expect(BasketBody.safeParse(JSON.parse(text)).success).toBe(true);
  });

  test.each(['POST', 'REVERSE', 'RECORD by a partner that calculates'])('%s', () => {
    const text = textOf(buildBasketBody({ ...sampleBasket, issuances: [sampleIssuance] }, 'string'));
    expect(inKeyOrder(text)).toBe(inKeyOrder(`{${BASKET},${ISSUANCES}}`));
    expect(PostBody.safeParse(JSON.parse(text)).success).toBe(true);
    expect(RecordBody.safeParse(JSON.parse(text)).success).toBe(true);
  });

  test.each(['POST/EVENT', 'REVERSE/EVENT'])('%s', () => {
    const body = buildEventBody(
      {
        clientTransactionId: '111112314',
        collectorNumber,
        context: { key1: 'value1', key2: 'value2' },
        coupon: ['coupon'],
        deviceId: 'string',
        issuances: [
          {
            offerCode: 'STANDARD',
            locationCode: '0037',
            milesAmount: 8,
            offerDescription: 'offer',
            offerId: '22',
          },
        ],
      },
      'number',
    );
    expect(inKeyOrder(textOf(body))).toBe(inKeyOrder(EVENT));
    expect(EventBody.safeParse(JSON.parse(textOf(body))).success).toBe(true);
  });

  test('and the comparison sees another literal for the same number', () => {
    expect(inKeyOrder('{"b":1.50,"a":[{"d":1,"c":2}]}')).toBe('{"a":[{"c":2,"d":1}],"b":1.50}');
  });
});

describe('an entry of issuances', () => {
  const written = (offerId: string, form: 'string' | 'number'): string =>
    textOf(buildBasketBody({ ...sampleBasket, issuances: [{ ...sampleIssuance, offerId }] }, form));

  test('keeps the leading zeros of codes and ids that are text', () => {
    const text = textOf(
      buildBasketBody({
        ...sampleBasket,
        issuances: [{ offerCode: '0000077', locationCode: '0001', milesAmount: 1, offerId: '00022' }],
      }),
    );
    expect(text).toContain(
      '"issuances":[{"issuanceOfferCode":"0000077","locationCode":"0001","milesAmount":1,"offerId":"00022"}]',
    );
  });

  test('writes an id as the settings say, of any length', () => {
    expect(written('123454', 'string')).toContain('"offerId":"123454"');
    expect(written('12345678901234567890', 'number')).toContain('"offerId":12345678901234567890}');
  });

  test.each(['007', 'A1', '', '-1', '1.5', '1e3'])('can not be a number with the id "%s"', (offerId) => {
    expect(() => written(offerId, 'number')).toThrow(/offer id/);
  });

  test.each([0, -5, 1.5, Number.NaN])('can not be of %d Miles', (milesAmount) => {
    const request = { ...sampleBasket, issuances: [{ ...sampleIssuance, milesAmount }] };
    expect(() => buildBasketBody(request)).toThrow(/Miles/);
  });
});

test('the link to an original is a note beside the others', () => {
  const text = textOf(buildBasketBody({ ...sampleBasket, originalTransactionId: '0042' }));
  expect(JSON.parse(text)).toMatchObject({ context: { key1: 'value1', originalTransactionId: '0042' } });
});
