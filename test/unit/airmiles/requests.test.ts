import { describe, expect, test } from 'vitest';
import { cents } from '../../../shared/domain/money.ts';
import { basketTextOf as textOf, collectorNumber, sampleBasket } from './samples.ts';

const sample = { ...sampleBasket, context: undefined, coupon: undefined, items: undefined };

describe('the body of a basket request', () => {
  test('is the documented sample byte for byte when only what a terminal always knows is given', () => {
    expect(textOf(sample)).toBe(
      '{"basketGSTAmount":0,"basketHSTAmount":3.25,"basketPSTAmount":0,"basketQSTAmount":0,' +
        '"basketPostTaxAmount":28.22,"basketPreTaxAmount":24.97,"checkoutDateTime":"2019-05-30T14:12:59.479Z",' +
        `"checkoutTransactionId":"12340001111","collectorNumber":"${collectorNumber}","deviceId":"POS1"}`,
    );
  });

  test('carries context, coupons and items in the order of the samples when they are given', () => {
    const text = textOf({
      ...sample,
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
        },
      ],
    });
    expect(text).toContain(
      '"context":{"key1":"value1"},"coupon":["57841","57862"],"deviceId":"POS1","items":[' +
        '{"id":"SKU1234","name":"Dog Food","number":1,"quantity":2,"baseAmount":9.99,"finalAmount":19.98,' +
        '"departmentId":"10001","categoryId":"11101"},' +
        '{"id":"SKU1252","name":"Potato Chips","number":2,"quantity":1,"baseAmount":4.99,"finalAmount":4.99}]}',
    );
  });

  test.each([
    [1, '0.01'],
    [10, '0.1'],
    [100, '1'],
    [110, '1.1'],
    [29, '0.29'],
    [9_007_199_254_740_991, '90071992547409.91'],
  ])('writes %i cents as %s without a float', (amount, literal) => {
    expect(textOf({ ...sample, preTaxCents: cents(amount) })).toContain(`"basketPreTaxAmount":${literal},`);
  });

  test('keeps leading zeros and letters outside ASCII', () => {
    const text = textOf({ ...sample, checkoutTransactionId: '0007', context: { clerk: 'Zoé' } });
    expect(text).toContain('"checkoutTransactionId":"0007"');
    expect(text).toContain('"clerk":"Zoé"');
  });
});
