import { expect, test } from 'vitest';
import type { PartnerEarning } from '../../../main/checkout/earning.ts';
import { tableOf, standard } from '../../unit/earn/tables.ts';
import { createRig } from '../airmiles/rig.ts';
import { openShop } from './shop.ts';

const table = tableOf([standard]);
const earning: PartnerEarning = {
  kind: 'partner-calculated',
  table,
  tableHash: 'hash',
  tableText: '{}',
  locationCode: '1100',
  offerIdForm: 'string',
  recordsNonQualifying: true,
};

test('a sale that earns nothing is recorded where the settings ask: without a key, again after a lost answer, and nothing is credited', async () => {
  const rig = await createRig({ faults: { next: ['dropAfter'] } });
  const shop = await openShop(rig.client, { earning, backoffMs: 20 });
  const preview = await shop.preview(rig.collector, 1999);
  expect(preview).toMatchObject({ kind: 'earns', milesAmount: 0, isRecorded: true });
  const seq = await shop.issue(rig.collector, 1999);
  const sale = await shop.shown(seq, ({ outcome }) => outcome === 'credited');
  expect(sale).toMatchObject({ kind: 'record', attempts: 2 });
  expect(sale.milesAmount).toBeUndefined();
  const { entries, stats } = rig.simulator.ledger();
  expect(
    entries.map(({ endpoint, idempotencyKey, milesAmount }) => ({ endpoint, idempotencyKey, milesAmount })),
  ).toEqual([1, 2].map(() => ({ endpoint: 'record', idempotencyKey: undefined, milesAmount: 0 })));
  expect(entries[0]?.checkoutTransactionId).toBe(entries[1]?.checkoutTransactionId);
  expect(stats.keyReusedWithOtherBody).toBe(0);
});

test('one that earns something is posted as ever', async () => {
  const rig = await createRig();
  const shop = await openShop(rig.client, { earning });
  const seq = await shop.issue(rig.collector, 2000);
  expect(await shop.shown(seq, ({ outcome }) => outcome === 'credited')).toMatchObject({
    kind: 'post',
    milesAmount: 1,
  });
});
