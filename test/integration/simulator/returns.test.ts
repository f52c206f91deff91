import { describe, expect, test } from 'vitest';
import { createCounterRig } from './counter-rig.ts';

type Rig = Awaited<ReturnType<typeof createCounterRig>>;

/** ISSUE of $102.00, 5 Miles, as transaction `sale`. */
const sell = (rig: Rig, fields: object = {}) =>
  rig.read(rig.issue({ basketPreTaxAmount: 102, checkoutTransactionId: 'sale', ...fields }));

let returns = 0;
const bringBack = (
  rig: Rig,
  dollars: number,
  fields: object = { context: { originalTransactionId: 'sale' } },
) => {
  returns += 1;
  const body = rig.basket({
    basketPreTaxAmount: dollars,
    checkoutTransactionId: `return-${returns}`,
    ...fields,
  });
  return rig.read(rig.call('return', body));
};

const partnerIssuance = (milesAmount: number) => ({
  issuances: [{ issuanceOfferCode: 'STANDARD', locationCode: '1100', milesAmount }],
});

describe('RETURN', () => {
  test('takes back what was issued minus what is kept, and never more over several returns', async () => {
    const rig = await createCounterRig();
    const before = rig.balance();
    await sell(rig);
    // 102.00 is 5 Miles; 97.00 kept is 4, 77.00 is 3, nothing is 0.
    expect(await bringBack(rig, 5)).toMatchObject({ status: 200, body: { milesAmount: 1 } });
    expect(await bringBack(rig, 20)).toMatchObject({ body: { milesAmount: 1 } });
    expect(await bringBack(rig, 77.01)).toMatchObject({
      status: 400,
      body: { responseCode: 'EXCEEDS_ORIGINAL' },
    });
    expect(await bringBack(rig, 77)).toMatchObject({ body: { milesAmount: 3, balance: before } });
    expect(await bringBack(rig, 0.01)).toMatchObject({ status: 400 });
    expect(rig.balance()).toBe(before);
    expect(rig.simulator.ledger().entries.map(({ milesAmount }) => milesAmount)).toEqual([5, -1, -1, -3]);
  });

  test('is not done twice for one key, nor without a key for one content', async () => {
    const rig = await createCounterRig();
    await sell(rig);
    const body = rig.basket({ basketPreTaxAmount: 20, context: { originalTransactionId: 'sale' } });
    const first = await rig.call('return', body, { 'idempotency-key': 'key' });
    expect((await rig.call('return', body, { 'idempotency-key': 'key' })).text).toBe(first.text);
    const third = await rig.call('return', { ...body, checkoutTransactionId: 'another' });
    expect((await rig.call('return', { ...body, checkoutTransactionId: 'another' })).text).toBe(third.text);
    expect(rig.simulator.ledger().entries).toHaveLength(3);
    expect(rig.simulator.ledger().stats).toMatchObject({ replays: 1, duplicates: 1 });
  });

  test('without an original is capped by what the Collector was issued', async () => {
    const rig = await createCounterRig();
    await sell(rig);
    expect(await bringBack(rig, 120, {})).toMatchObject({
      status: 400,
      body: { responseCode: 'EXCEEDS_ISSUED' },
    });
    expect(await bringBack(rig, 100, {})).toMatchObject({ status: 200, body: { milesAmount: 5 } });
    expect(await bringBack(rig, 20, {})).toMatchObject({ status: 400 });
  });

  test('of another Collector’s transaction, or of none, is refused', async () => {
    const rig = await createCounterRig();
    await sell(rig, { collectorNumber: rig.otherNumber });
    const refused = { status: 400, body: { responseCode: 'ORIGINAL_UNKNOWN' } };
    expect(await bringBack(rig, 20)).toMatchObject(refused);
    expect(await bringBack(rig, 20, { context: { originalTransactionId: 'nothing' } })).toMatchObject(
      refused,
    );
    expect(rig.simulator.ledger().entries).toHaveLength(1);
  });

  test('takes from the account a merged number stands for', async () => {
    const rig = await createCounterRig();
    const merged = rig.simulator.collectors().find(({ state }) => state === 'merged')?.collectorNumber;
    await sell(rig);
    const fields = { collectorNumber: merged, context: { originalTransactionId: 'sale' } };
    expect(await bringBack(rig, 102, fields)).toMatchObject({ status: 200, body: { milesAmount: 5 } });
  });

  test('of a sale that earned nothing takes nothing back', async () => {
    const rig = await createCounterRig();
    await sell(rig, { basketPreTaxAmount: 19 });
    expect(await bringBack(rig, 19)).toMatchObject({ status: 200, body: { milesAmount: 0 } });
  });
});

describe('a partner that calculates', () => {
  test('posts Miles by offer, and they are the sum', async () => {
    const rig = await createCounterRig();
    const before = rig.balance();
    const issuances = [
      { issuanceOfferCode: 'STANDARD', locationCode: '0037', milesAmount: 5 },
      { issuanceOfferCode: 'SEVENX', locationCode: '0037', milesAmount: 30 },
    ];
    expect(await rig.read(rig.call('post', rig.basket({ issuances })))).toMatchObject({
      status: 200,
      body: { milesAmount: 35, balance: before + 35, issuances: [{ milesAmount: 5 }, { milesAmount: 30 }] },
    });
    expect(rig.simulator.ledger().entries).toMatchObject([
      {
        endpoint: 'post',
        milesAmount: 35,
        preTaxCents: 2497,
        transactionDay: '2019-05-30',
        offers: [
          { offerCode: 'STANDARD', locationCode: '0037', milesAmount: 5 },
          { offerCode: 'SEVENX', milesAmount: 30 },
        ],
      },
    ]);
  });

  test('reverses up to what it posted, in parts, over all of them', async () => {
    const rig = await createCounterRig();
    // Miles of another sale are no help.
    await rig.call('post', rig.basket({ ...partnerIssuance(100), checkoutTransactionId: 'other' }));
    const before = rig.balance();
    await rig.call('post', rig.basket(partnerIssuance(5)));
    const reverse = (milesAmount: number, id: string, preTax = 5) =>
      rig.read(
        rig.call(
          'reverse',
          rig.basket({
            ...partnerIssuance(milesAmount),
            basketPreTaxAmount: preTax,
            checkoutTransactionId: id,
            context: { originalTransactionId: '12340001111' },
          }),
        ),
      );
    expect(await reverse(2, 'a')).toMatchObject({ status: 200, body: { milesAmount: 2 } });
    expect(await reverse(4, 'b')).toMatchObject({ status: 400, body: { responseCode: 'EXCEEDS_ORIGINAL' } });
    expect(await reverse(1, 'c', 24.97)).toMatchObject({ status: 400 });
    expect(await reverse(3, 'd')).toMatchObject({ status: 200, body: { balance: before } });
    expect(await reverse(1, 'e')).toMatchObject({ status: 400 });
  });

  test('reverses without an original up to what the Collector was issued', async () => {
    const rig = await createCounterRig();
    await rig.call('post', rig.basket(partnerIssuance(5)));
    expect((await rig.call('reverse', rig.basket(partnerIssuance(6)))).status).toBe(400);
    expect((await rig.call('reverse', rig.basket(partnerIssuance(5)))).status).toBe(200);
  });

  test.each([
    ['no issuances', { issuances: undefined }, 'issuances'],
    ['an empty list of issuances', { issuances: [] }, 'issuances'],
    ['no Miles', partnerIssuance(0), 'milesAmount'],
    ['negative Miles', partnerIssuance(-5), 'milesAmount'],
    ['a fraction of a Mile', partnerIssuance(1.5), 'milesAmount'],
    ['a location code that is a number', { issuances: [{ issuanceOfferCode: 'A', locationCode: 37, milesAmount: 1 }] }, 'locationCode'],
    ['no offer code', { issuances: [{ locationCode: '0037', milesAmount: 1 }] }, 'issuanceOfferCode'],
    [
      'an item that is not in the basket',
      {
        items: [{ id: 'SKU1' }],
        issuances: [{ issuanceOfferCode: 'A', locationCode: '1', milesAmount: 1, contributingItemIds: ['SKU2'] }],
      },
      'contributingItemIds',
    ],
  ])('is refused with %s', async (_name, fields, named) => {
    const rig = await createCounterRig();
    for (const path of ['post', 'reverse']) {
      const { status, body } = await rig.read(rig.call(path, rig.basket(fields)));
      expect({ status, message: body['message'] }).toEqual({ status: 400, message: expect.stringContaining(named) });
    }
    expect(rig.simulator.ledger().entries).toEqual([]);
  }); // prettier-ignore

  test('is refused with a code that the programme never gave out', async () => {
    const rig = await createCounterRig({ offerCodes: ['STANDARD'], locationCodes: ['1100'] });
    const post = (issuanceOfferCode: string, locationCode: string) =>
      rig.read(
        rig.call('post', rig.basket({ issuances: [{ issuanceOfferCode, locationCode, milesAmount: 1 }] })),
      );
    expect(await post('INVENTED', '1100')).toMatchObject({ body: { responseCode: 'OFFER_CODE_UNKNOWN' } });
    expect(await post('STANDARD', '1101')).toMatchObject({ body: { responseCode: 'LOCATION_CODE_UNKNOWN' } });
    expect(await post('STANDARD', '1100')).toMatchObject({ status: 200 });
  });
});

describe('events', () => {
  test('credit and take back without a basket, the day being the one they come in', async () => {
    const nowMs = Date.UTC(2026, 0, 2, 4, 59);
    const rig = await createCounterRig({ nowMs: () => nowMs });
    const before = rig.balance();
    expect(await rig.read(rig.call('post/event', rig.event()))).toMatchObject({
      status: 200,
      body: { milesAmount: 8, balance: before + 8 },
    });
    const correction = rig.event({
      clientTransactionId: '2',
      context: { originalTransactionId: '111112314' },
    });
    expect(await rig.read(rig.call('reverse/event', correction))).toMatchObject({
      body: { balance: before },
    });
    expect(await rig.read(rig.call('reverse/event', rig.event({ clientTransactionId: '3' })))).toMatchObject({
      status: 400,
      body: { responseCode: 'EXCEEDS_ISSUED' },
    });
    // One minute before midnight in EST.
    expect(rig.simulator.ledger().entries).toMatchObject([
      { milesAmount: 8, checkoutTransactionId: '111112314', transactionDay: '2026-01-01', preTaxCents: 0 },
      { milesAmount: -8, originalTransactionId: '111112314', transactionDay: '2026-01-01' },
    ]);
  });

  test.each([
    ['no id', { clientTransactionId: undefined }, 'clientTransactionId'],
    ['no Collector', { collectorNumber: undefined }, 'collectorNumber'],
    ['no issuances', { issuances: undefined }, 'issuances'],
  ])('with %s are refused', async (_name, fields, named) => {
    const rig = await createCounterRig();
    const { status, text } = await rig.call('post/event', rig.event(fields));
    expect(status).toBe(400);
    expect(text).toContain(named);
  });

  test('are pending on a 202, and credited all the same', async () => {
    const rig = await createCounterRig({ faults: { next: ['202'] } });
    const answer = await rig.call('post/event', rig.event(), { 'idempotency-key': 'key' });
    expect(answer.status).toBe(202);
    expect((await rig.call('post/event', rig.event(), { 'idempotency-key': 'key' })).text).toBe(answer.text);
    expect(rig.simulator.ledger().entries).toMatchObject([{ milesAmount: 8, isPending: true }]);
  });
});
