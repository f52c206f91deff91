import { describe, expect, test } from 'vitest';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { createCounterRig } from './counter-rig.ts';

const nowMs = Date.UTC(2026, 5, 15, 15);

describe('Transaction History', () => {
  test('lists what the ledger holds of a Collector, in pages, newest first where asked', async () => {
    const rig = await createCounterRig({ nowMs: () => nowMs });
    for (const id of ['one', 'two', 'three']) {
      await rig.issue({ basketPreTaxAmount: 40, checkoutTransactionId: id });
    }
    await rig.call(
      'return',
      rig.basket({ basketPreTaxAmount: 20, context: { originalTransactionId: 'one' } }),
    );
    await rig.issue({ collectorNumber: rig.otherNumber });

    const first = await rig.history({ size: '3', sort: 'transactionDate,desc' });
    expect(first).toMatchObject({
      status: 200,
      body: {
        _embedded: {
          genericActivityDtoList: [
            { partnerTransactionId: '12340001111', milesAmount: -1, cardNumber: rig.collectorNumber },
            { partnerTransactionId: 'three', milesAmount: 2, activityType: 'ISSUANCE' },
            { partnerTransactionId: 'two' },
          ],
        },
        page: { size: 3, totalElements: 4, totalPages: 2, number: 0 },
      },
    });
    const second = await rig.history({ size: '3', page: '1', sort: 'transactionDate,desc' });
    expect(second.body).toMatchObject({
      _embedded: {
        genericActivityDtoList: [
          { partnerTransactionId: 'one', transactionDate: '2026-06-15T15:00:00.000Z' },
        ],
      },
    });
    const [entry] = rig.simulator.ledger().entries;
    expect(second.body).toMatchObject({
      _embedded: { genericActivityDtoList: [{ transactionId: entry?.transactionId }] },
    });
  });

  test('leaves out what is empty', async () => {
    const rig = await createCounterRig({ nowMs: () => nowMs });
    await rig.issue();
    expect(await rig.history({ to: '2026-06-14' })).toEqual({
      status: 200,
      body: { page: { size: 20, totalElements: 0, totalPages: 0, number: 0 } },
    });
  });

  test.each([
    ['no Collector', { collectorNumber: undefined }, ''],
    ['no sponsor', { sponsorList: undefined }, ''],
    ['no range', { from: undefined }, ''],
    ['a range that ends before it begins', { from: '2026-02-01', to: '2026-01-31' }, ''],
    ['more than two years', { from: '2024-12-30' }, ''],
    ['a page that is no number', { page: 'one' }, ''],
    ['four sorts', {}, '&sort=transactionDate,asc'.repeat(4)],
    ['two Collectors', {}, '&collectorNumber=80000000007'],
    ['a parameter there is not', { colour: 'red' }, ''],
  ])('refuses %s', async (_name, fields, more) => {
    const rig = await createCounterRig();
    expect(await rig.history(fields, more)).toMatchObject({ status: 400 });
  });

  test('answers 401 for a number nobody has, a closed account, and no token', async () => {
    const rig = await createCounterRig();
    const closed = rig.simulator.collectors().find(({ state }) => state === 'closed')?.collectorNumber;
    expect(await rig.history({ collectorNumber: makeCollectorNumber(() => 0.999) })).toMatchObject({
      status: 401,
      body: { responseCode: 'COLLECTOR_NUMBER_INVALID' },
    });
    expect(await rig.history({ collectorNumber: closed })).toMatchObject({
      status: 401,
      body: { responseCode: 'COLLECTOR_ACCOUNT_NOT_ACTIVE' },
    });
    rig.simulator.revokeTokens();
    expect(await rig.history()).toMatchObject({ status: 401, body: { responseCode: 'UNAUTHORIZED' } });
  });
});
