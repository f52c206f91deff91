import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, IssuanceClient } from '../../../main/airmiles/client.ts';
import type { TransactionRow } from '../../../main/journal/rows.ts';
import { takesBack } from '../../../shared/domain/transaction-kind.ts';
import { standard } from '../../unit/earn/tables.ts';
import { createRig } from '../airmiles/rig.ts';
import { answered, createFarEnd, unanswered } from '../forwarding/far-end.ts';
import { partner, twice } from './partner.ts';
import { openShop } from './shop.ts';

const decision = { atMs: 1, actor: 'Ann', why: 'a test' };

type Shop = Awaited<ReturnType<typeof openShop>>;

async function credited(
  shop: Shop,
  collector: string,
  preTaxCents: number,
  excludedCents = 0,
): Promise<number> {
  const seq = await shop.issue(collector, preTaxCents, randomUUID(), excludedCents);
  await shop.shown(seq, (sale) => sale.outcome === 'credited');
  return seq;
}

async function taken(
  shop: Shop,
  seq: number,
  eligibleCents: number,
  excludedCents = 0,
): Promise<TransactionRow> {
  const result = await shop.takeBack(seq, { eligibleCents, excludedCents });
  if (result.kind !== 'recorded') throw new Error(result.kind);
  await shop.shown(result.row.seq, (sale) => sale.outcome === 'credited');
  return shop.journal.row(result.row.seq);
}

describe('a return where AIR MILES calculates', () => {
  test('names its sale, takes back part by part, and never more than is left', async () => {
    const rig = await createRig();
    const shop = await openShop(rig.client);
    const seq = await credited(shop, rig.collector, 6000);
    const first = await taken(shop, seq, 2500);
    expect(first).toMatchObject({ kind: 'return', originalSeq: seq, milesAmount: 2, preTaxCents: 2500 });
    expect(await shop.takeBack(seq, { eligibleCents: 3501 })).toMatchObject({
      kind: 'refused',
      fault: 'over-left',
    });
    expect(await shop.takeBack(seq, { eligibleCents: 0 })).toMatchObject({
      kind: 'refused',
      fault: 'nothing',
    });
    await taken(shop, seq, 3500);
    expect(await shop.takeBack(seq, { eligibleCents: 1 })).toMatchObject({
      kind: 'refused',
      fault: 'over-left',
    });
    const sale = await shop.journal.row(seq);
    expect(rig.simulator.ledger().entries).toMatchObject([
      { endpoint: 'issue', milesAmount: 3 },
      { endpoint: 'return', milesAmount: -2, originalTransactionId: sale.reference },
      { endpoint: 'return', milesAmount: -1, originalTransactionId: sale.reference },
    ]);
    // The taxes of all returns together are those of the sale.
    const [one, two] = await shop.journal.returnsOf(seq);
    expect((one?.postTaxCents ?? 0) + (two?.postTaxCents ?? 0)).toBe(sale.postTaxCents);
  });

  test('pressed in two windows at once, a sale is returned once', async () => {
    const rig = await createRig();
    const shop = await openShop(rig.client);
    const seq = await credited(shop, rig.collector, 6000);
    const results = await Promise.all([1, 2, 3].map(() => shop.takeBack(seq, { eligibleCents: 4000 })));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'refused', 'refused']);
  });

  test('pressed twice under one key is one return', async () => {
    const rig = await createRig();
    const shop = await openShop(rig.client);
    const seq = await credited(shop, rig.collector, 6000);
    const key = randomUUID();
    const [first, second] = await Promise.all([
      shop.takeBack(seq, { eligibleCents: 2000 }, key),
      shop.takeBack(seq, { eligibleCents: 2000 }, key),
    ]);
    expect([first.kind, second.kind]).toEqual(['recorded', 'recorded']);
    expect(await shop.journal.returnsOf(seq)).toHaveLength(1);
  });
});

describe('a return of a sale that was not sent yet', () => {
  test('whole, cancels it here: nothing of it is ever sent', async () => {
    const { client, waiting, seen } = createFarEnd();
    const shop = await openShop(client);
    const busy = await shop.issue('80000000007');
    await expect.poll(() => waiting).toHaveLength(1);
    // Behind another of its Collector it was never claimed.
    const seq = await shop.issue('80000000007', 4000);
    expect(await shop.takeBack(seq, { eligibleCents: 4000 })).toMatchObject({ kind: 'cancelled' });
    // Pressed again it is the same cancelled sale.
    expect(await shop.takeBack(seq, { eligibleCents: 4000 })).toMatchObject({ kind: 'cancelled' });
    expect(await shop.journal.row(seq)).toMatchObject({ state: 'cancelled', closedAs: 'returned-unsent' });
    waiting[0]?.answer(answered(200));
    await shop.shown(busy, (sale) => sale.outcome === 'credited');
    await shop.sendNow();
    expect(seen).toHaveLength(1);
  });

  test('in part, changes nothing that was stored and is sent after it', async () => {
    const { client, waiting, seen } = createFarEnd();
    const shop = await openShop(client);
    const seq = await shop.issue('80000000007', 4000);
    await expect.poll(() => waiting).toHaveLength(1);
    const result = await shop.takeBack(seq, { eligibleCents: 1500 });
    expect(result.kind).toBe('recorded');
    expect(seen.map(({ endpoint }) => endpoint)).toEqual(['issue']);
    waiting[0]?.answer(answered(202));
    await expect.poll(() => seen.map(({ endpoint }) => endpoint)).toEqual(['issue', 'return']);
  });

  test('whole, is no cancellation once it may have arrived', async () => {
    const { client, waiting } = createFarEnd();
    const shop = await openShop(client);
    const seq = await shop.issue('80000000007', 4000);
    await expect.poll(() => waiting).toHaveLength(1);
    waiting[0]?.answer(unanswered({ kind: 'timeout' }, true));
    await shop.shown(seq, (sale) => sale.attempts === 1);
    expect(await shop.takeBack(seq, { eligibleCents: 4000 })).toMatchObject({ kind: 'recorded' });
    expect(await shop.journal.row(seq)).toMatchObject({ state: 'due' });
  });

  test('that AIR MILES refused, whole, closes it; in part it has to be settled first', async () => {
    const { client, waiting } = createFarEnd();
    const shop = await openShop(client);
    const seq = await shop.issue('80000000007', 4000);
    await expect.poll(() => waiting).toHaveLength(1);
    waiting[0]?.answer(answered(400));
    await shop.shown(seq, (sale) => sale.outcome === 'needs-manager');
    expect(await shop.takeBack(seq, { eligibleCents: 1 })).toMatchObject({
      kind: 'refused',
      fault: 'hindered',
    });
    expect(await shop.takeBack(seq, { eligibleCents: 4000 })).toMatchObject({ kind: 'cancelled' });
  });
});

describe('a return where the partner calculates', () => {
  test('takes back Miles(sale) - Miles(kept) by the offers of the sale, whatever the offers are today', async () => {
    const rig = await createRig();
    const then = partner([standard, twice]);
    const shop = await openShop(rig.client, { earning: then });
    if (then.kind !== 'partner-calculated') throw new Error('No partner');
    await shop.journal.keepOfferTable(then.tableHash, then.tableText);
    const seq = await credited(shop, rig.collector, 10_200, 1250);
    expect(await shop.journal.row(seq)).toMatchObject({ milesAmount: 8 });
    await shop.close();

    const today = partner([{ ...standard, tiers: [{ centsPerStep: 100 }] }], {}, 'second');
    const later = await openShop(rig.client, { earning: today, folder: shop.folder });
    // $89.50 eligible earned 4 and 4; $60.00 kept earns 3 and 3.
    const first = await taken(later, seq, 2950);
    expect(first).toMatchObject({ kind: 'reverse', milesAmount: 2 });
    const second = await taken(later, seq, 6000, 1250);
    expect(second).toMatchObject({ milesAmount: 6 });
    const { entries } = rig.simulator.ledger();
    expect(entries.map(({ milesAmount }) => milesAmount)).toEqual([8, -2, -6]);
    expect(entries[1]?.offers).toEqual([
      { offerCode: 'STANDARD', locationCode: '1100', milesAmount: -1 },
      { offerCode: 'TWICE', locationCode: '1100', milesAmount: -1 },
    ]);
  });

  test('that takes no Miles back is kept and recorded, so that the next one counts from it', async () => {
    const rig = await createRig();
    const shop = await openShop(rig.client, { earning: partner([standard]) });
    const seq = await credited(shop, rig.collector, 5900);
    expect(await taken(shop, seq, 1000)).toMatchObject({ kind: 'record', originalSeq: seq });
    expect(await taken(shop, seq, 1000)).toMatchObject({ kind: 'reverse', milesAmount: 1 });
    expect(await taken(shop, seq, 3900)).toMatchObject({ milesAmount: 1 });
  });

  test('is hindered where the offers of its sale are not kept', async () => {
    const rig = await createRig();
    const shop = await openShop(rig.client, { earning: partner([standard]) });
    const seq = await credited(shop, rig.collector, 5900);
    await shop.close();
    const later = await openShop(rig.client, {
      earning: partner([standard], {}, 'other'),
      folder: shop.folder,
    });
    expect(await later.takeBack(seq, { eligibleCents: 5900 })).toMatchObject({
      kind: 'refused',
      fault: 'hindered',
    });
    expect((await later.originals.byReference((await later.journal.row(seq)).reference))?.[0]).toMatchObject({
      hindrance: 'no-offer-table',
    });
  });
});

describe('a sale to return', () => {
  test('is found by its reference as people key it, by its return, and by Collector and day', async () => {
    const rig = await createRig();
    const shop = await openShop(rig.client);
    const seq = await credited(shop, rig.collector, 6000);
    const { reference, transactionDay } = await shop.journal.row(seq);
    const back = await taken(shop, seq, 2000);
    const asKeyed =
      `mp-${reference.slice(0, 4)} ${reference.slice(4, 8)} ${reference.slice(8)}`.toLowerCase();
    for (const text of [reference, asKeyed, back.reference]) {
      const [found] = (await shop.originals.byReference(text)) ?? [];
      expect(found).toMatchObject({
        sale: { seq, reference },
        parts: [{ part: 'eligible', soldCents: 6000, returnedCents: 2000, leftCents: 4000 }],
        milesAmount: 3,
        milesReturned: 1,
        returns: [{ seq: back.seq }],
      });
    }
    expect(await shop.originals.byCollector(rig.collector, transactionDay)).toHaveLength(1);
    expect(await shop.originals.byCollector(rig.collector, '1999-01-01')).toEqual([]);
    expect(await shop.originals.byReference('A000B000C000')).toEqual([]);
    expect(await shop.originals.byReference('81234')).toBeUndefined();
    expect(await shop.originals.byCollector('81234', undefined)).toBeUndefined();
  });

  test('that a person wrote off is closed for returns', async () => {
    const { client, waiting } = createFarEnd();
    const shop = await openShop(client);
    const seq = await shop.issue('80000000007', 4000);
    await expect.poll(() => waiting).toHaveLength(1);
    waiting[0]?.answer(answered(400));
    await shop.shown(seq, (sale) => sale.outcome === 'needs-manager');
    await shop.journal.writeOff(seq, decision);
    expect(await shop.takeBack(seq, { eligibleCents: 1 })).toMatchObject({
      kind: 'refused',
      fault: 'hindered',
    });
  });
});

type Step =
  | { readonly kind: 'sale'; readonly collector: number; readonly cents: number; readonly excluded: number }
  | { readonly kind: 'return'; readonly of: number; readonly eligible: number; readonly excluded: number }
  | { readonly kind: 'network'; readonly weather: 'well' | 'away' | 'answers-lost' }
  | { readonly kind: 'restart' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('sale' as const),
        collector: fc.nat(2),
        cents: fc.integer({ min: 2000, max: 20_000 }),
        excluded: fc.nat(1900),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('return' as const),
        of: fc.nat(20),
        // Thousandths of what is left, and sometimes more than that.
        eligible: fc.integer({ min: 0, max: 1100 }),
        excluded: fc.integer({ min: 0, max: 1100 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('network' as const),
        weather: fc.constantFrom('well' as const, 'away' as const, 'answers-lost' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  ),
  { minLength: 5, maxLength: 40 },
);

/** A way to the simulator that a test can cut: before it, or behind it. */
function createWay(real: Pick<IssuanceClient, 'send'>) {
  let weather: 'well' | 'away' | 'answers-lost' = 'well';
  const client: IssuanceClient = {
    async send(request, signal): Promise<Answer> {
      if (weather === 'away') return unanswered({ kind: 'no-network', code: 'ENETUNREACH' }, false);
      const answer = await real.send(request, signal);
      return weather === 'well' ? answer : unanswered({ kind: 'timeout' }, true);
    },
    close: () => Promise.resolve(),
  };
  return {
    client,
    set: (next: typeof weather) => {
      weather = next;
    },
  };
}

describe.each([
  ['AIR MILES calculates', undefined],
  ['the partner calculates', partner([standard, twice], { maximumMilesPerTransaction: 12 })],
] as const)('over any history where %s', (_name, earning) => {
  test('no sale gives back more than it earned, returns follow their sales, and both ledgers agree in the end', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const rig = await createRig({ collectorCount: 3 });
        const way = createWay(rig.client);
        const options = earning === undefined ? {} : { earning };
        let shop = await openShop(way.client, options);
        const sales: number[] = [];
        for (const step of history) {
          switch (step.kind) {
            case 'sale':
              sales.push(
                await shop
                  .issue(
                    rig.simulator.practiceCollectors[step.collector] ?? '',
                    step.cents,
                    randomUUID(),
                    earning === undefined ? 0 : Math.min(step.excluded, step.cents - 2000),
                  )
                  .catch((error: unknown) => {
                    // Under the offers it earns nothing: nothing to return.
                    if (String(error).includes('earns-nothing')) return 0;
                    throw error;
                  }),
              );
              break;
            case 'return': {
              const seq = sales[step.of % Math.max(1, sales.length)];
              if (seq === undefined || seq === 0) break;
              const before = await shop.originals.bySeq(seq);
              if (before === undefined) throw new Error('A sale is gone');
              const part = (left: number, thousandths: number) => Math.floor((left * thousandths) / 1000);
              const eligibleCents = part(before.left.eligibleCents, step.eligible);
              const excludedCents = part(before.left.excludedCents, step.excluded);
              await shop.takeBack(seq, { eligibleCents, excludedCents });
              break;
            }
            case 'network':
              way.set(step.weather);
              break;
            case 'restart': {
              const { folder } = shop;
              await shop.close();
              shop = await openShop(way.client, { ...options, folder });
              break;
            }
          }
        }
        way.set('well');
        await expect
          .poll(
            async () => {
              await shop.sendNow();
              return (await shop.journal.counts()).due;
            },
            { timeout: 20_000, interval: 20 },
          )
          .toBe(0);
        expect((await shop.journal.counts()).needsManager).toBe(0);

        const { entries } = rig.simulator.ledger();
        const rows = await shop.journal.recent(1000);
        let milesHere = 0;
        for (const row of rows) {
          if (row.state === 'credited' && row.kind !== 'record')
            milesHere += (takesBack(row.kind) ? -1 : 1) * (row.milesAmount ?? 0);
        }
        expect(entries.reduce((sum, { milesAmount }) => sum + milesAmount, 0)).toBe(milesHere);
        for (const sale of rows.filter(
          ({ originalSeq, state }) => originalSeq === null && state === 'credited',
        )) {
          const own = entries.filter(
            (entry) =>
              entry.checkoutTransactionId === sale.reference ||
              entry.originalTransactionId === sale.reference,
          );
          // The sale first, and after every return something of it is left, or nothing: never less.
          expect(own[0]?.checkoutTransactionId).toBe(sale.reference);
          let standing = 0;
          for (const entry of own) {
            standing += entry.milesAmount;
            expect(standing).toBeGreaterThanOrEqual(0);
          }
          const returnable = await shop.originals.bySeq(sale.seq);
          if (returnable?.left.eligibleCents === 0 && returnable.left.excludedCents === 0)
            expect(standing).toBe(0);
        }
        expect(rig.simulator.ledger().stats.parallelViolations).toBe(0);
        await shop.close();
      }),
      { numRuns: 12 },
    );
  });
});
