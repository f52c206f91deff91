import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Earning } from '../../../main/checkout/earning.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { standard, tableOf } from '../../unit/earn/tables.ts';
import { createRig } from '../airmiles/rig.ts';
import { answered, createFarEnd, unanswered } from '../forwarding/far-end.ts';
import { openShop } from './shop.ts';

const unknown = { kind: 'unknown' };
const someone = (): string => makeCollectorNumber(Math.random);

describe('where AIR MILES calculates', () => {
  test('a preview is what CALCULATE says, and credits nothing', async () => {
    const rig = await createRig();
    const shop = await openShop(rig.client);
    expect(await shop.preview(rig.collector, 10_200)).toEqual({
      kind: 'earns',
      milesAmount: 5,
      eligibleCents: 10_200,
      preTaxCents: 10_200,
      lines: [],
    });
    expect(rig.simulator.ledger().entries).toEqual([]);
    expect(shop.lines.join('')).not.toContain(rig.collector);
    expect(await shop.journal.recent(1)).toEqual([]);
  });

  test('a sale recorded meanwhile is stored at once, and sent as soon as the question is answered', async () => {
    const { client, waiting, seen } = createFarEnd();
    const shop = await openShop(client);
    const collector = someone();
    const preview = shop.preview(collector, 2497);
    await expect.poll(() => waiting).toHaveLength(1);
    const seq = await shop.issue(collector);
    const other = await shop.issue(someone());
    await expect.poll(() => seen).toHaveLength(2);
    expect(seen.map(({ endpoint }) => endpoint)).toEqual(['calculate', 'issue']);
    expect(shop.saleOf(other)).toMatchObject({ isSending: true });
    expect(shop.saleOf(seq)).toMatchObject({ outcome: 'stored', isSending: false });
    waiting[0]?.answer(answered(200, { reading: { body: 'json', milesAmount: 1 } }));
    expect(await preview).toMatchObject({ kind: 'earns', milesAmount: 1 });
    await shop.shown(seq, (sale) => sale.isSending);
    expect(seen[0]).toMatchObject({ idempotencyKey: undefined, totalTimeoutMs: 1000 });
  });

  test('nothing is asked while the Collector has a sale due, but for others it is', async () => {
    const { client, waiting, seen } = createFarEnd();
    const shop = await openShop(client);
    const [collector, other] = [someone(), someone()];
    const seq = await shop.issue(collector);
    await expect.poll(() => waiting).toHaveLength(1);
    expect(await shop.preview(collector, 2497)).toEqual(unknown);
    waiting[0]?.answer(answered(429));
    await shop.shown(seq, (sale) => sale.attempts === 1);
    expect(await shop.preview(collector, 2497)).toEqual(unknown);
    expect(seen).toHaveLength(1);
    // 429 is trouble, and trouble is asked nothing until something was answered.
    expect(await shop.preview(other, 2497)).toEqual(unknown);
    const next = await shop.issue(other);
    await expect.poll(() => waiting).toHaveLength(1);
    waiting[0]?.answer(answered(200));
    await shop.shown(next, (sale) => sale.outcome === 'credited');
    const preview = shop.preview(other, 2497);
    await expect.poll(() => waiting).toHaveLength(1);
    expect(await shop.preview(collector, 2497)).toEqual(unknown);
    waiting[0]?.answer(answered(200, { reading: { body: 'json', milesAmount: 3 } }));
    expect(await preview).toMatchObject({ milesAmount: 3 });
  });

  test('after one that came too late, none is asked for a while', async () => {
    const { client, waiting, seen } = createFarEnd();
    const shop = await openShop(client);
    const collector = someone();
    const preview = shop.preview(collector, 2497);
    await expect.poll(() => waiting).toHaveLength(1);
    waiting[0]?.answer(unanswered({ kind: 'timeout' }, true));
    expect(await preview).toEqual(unknown);
    expect(await shop.preview(someone(), 2497)).toEqual(unknown);
    expect(seen).toHaveLength(1);
    // It said nothing about the way: the sale itself is sent as always.
    expect(shop.connection.state()).toEqual({ kind: 'unknown' });
    await shop.issue(collector);
    await expect.poll(() => waiting).toHaveLength(1);
  });

  test.each([
    ['a number that is not valid', '81234567890', 2497],
    ['an amount of nothing', undefined, 0],
  ])('%s earns nothing anybody knows', async (_name, collector, preTaxCents) => {
    const { client, seen } = createFarEnd();
    const shop = await openShop(client);
    expect(await shop.preview(collector ?? someone(), preTaxCents)).toEqual(unknown);
    expect(seen).toEqual([]);
  });
});

describe('where the partner calculates', () => {
  const earningOf = (centsPerStep: number): Earning => ({
    kind: 'partner-calculated',
    table: tableOf([{ ...standard, tiers: [{ centsPerStep }] }]),
    locationCode: '1100',
    tableHash: 'none',
    tableText: '{}',
    offerIdForm: 'string',
  });

  test('a preview comes from the table, whatever the network does', async () => {
    const { client, seen } = createFarEnd();
    const shop = await openShop(client, { earning: earningOf(2000) });
    expect(await shop.preview(someone(), 10_200)).toEqual({
      kind: 'earns',
      milesAmount: 5,
      eligibleCents: 10_200,
      preTaxCents: 10_200,
      lines: [
        { offerCode: 'STANDARD', nameByLanguage: { 'en-CA': 'Offer', 'fr-CA': 'Offre' }, milesAmount: 5 },
      ],
    });
    expect(seen).toEqual([]);
  });

  test('a sale recorded under offers that ended since is found again by its key, not refused', async () => {
    const rig = await createRig();
    const offers = { ...earningOf(2000) };
    const shop = await openShop(rig.client, { earning: offers });
    const key = randomUUID();
    const seq = await shop.issue(rig.collector, 2497, key);
    await shop.shown(seq, (sale) => sale.outcome === 'credited' && sale.milesAmount === 1);
    Object.assign(offers, earningOf(500_000));
    await expect(shop.issue(rig.collector)).rejects.toThrow('earns-nothing');
    expect(await shop.issue(rig.collector, 2497, key)).toBe(seq);
    expect(rig.simulator.ledger().entries).toMatchObject([{ endpoint: 'post', milesAmount: 1 }]);
  });
});
