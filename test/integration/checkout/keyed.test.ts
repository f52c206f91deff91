import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { standard } from '../../unit/earn/tables.ts';
import { MILES_LIMIT, openHandKeyed } from './hand-keyed.ts';
import { partner, twice } from './partner.ts';

async function openAt(earning: Parameters<typeof openHandKeyed>[0]) {
  const at = await openHandKeyed(earning);
  const keyed = (changes: object = {}) => ({
    returnKey: randomUUID(),
    collectorText: at.collector,
    entryMode: 'keyed' as const,
    preTaxCents: 2000,
    taxes: { gst: 0, hst: 260, pst: 0, qst: 0 },
    paperReference: '',
    reason: 'Bought at another store',
    ...changes,
  });
  return { ...at, keyed };
}

const amrp = { kind: 'amrp-calculated' } as const;
const byPartner = partner([standard, twice]);

describe('a return without its sale', () => {
  test('is recorded once with its reason, sent, and marked, where AIR MILES calculates', async () => {
    const { shop, calls, simulator, collector, approve, credited, storedBy, keyed } = await openAt(amrp);
    await credited(await shop.issue(collector, 6000));
    const input = keyed();
    const [first, again] = [
      await calls['returns.recordKeyed']({ ...input, approval: await approve() }),
      await calls['returns.recordKeyed']({ ...input, approval: await approve() }),
    ];
    if (first.kind !== 'recorded' || again.kind !== 'recorded') throw new Error('not recorded');
    expect(again.sale.seq).toBe(first.sale.seq);
    expect(first.sale.isWithoutOriginal).toBe(true);
    const row = await credited(first.sale.seq);
    expect(row).toMatchObject({ kind: 'return', originalSeq: null, milesAmount: 1 });
    expect(JSON.parse(row.details)).toMatchObject({ withoutOriginal: { paperReference: '' } });
    expect(await storedBy(row.seq)).toEqual({ actor: 'Ana', why: 'Bought at another store' });
    expect(simulator.ledger().entries.map(({ milesAmount }) => milesAmount)).toEqual([3, -1]);
    expect(shop.saleOf(row.seq)?.isWithoutOriginal).toBe(true);
  });

  test('takes the Miles on the paper back with REVERSE, where the partner calculates', async () => {
    const { openSecondLane, calls, simulator, collector, approve, credited, storedBy, keyed } =
      await openAt(byPartner);
    const lane = await openSecondLane();
    const sold = await lane.issue(collector, 10_000);
    const { reference: paperReference } = await lane.shown(sold, ({ outcome }) => outcome === 'credited');
    const reply = await calls['returns.recordKeyed'](
      keyed({ milesAmount: 4, paperReference, approval: await approve() }),
    );
    if (reply.kind !== 'recorded') throw new Error(reply.kind);
    const row = await credited(reply.sale.seq);
    expect(row).toMatchObject({ kind: 'reverse', originalSeq: null, milesAmount: 4, preTaxCents: 2000 });
    expect(reply.sale.isWithoutOriginal).toBe(true);
    expect(await storedBy(row.seq)).toEqual({ actor: 'Ana', why: 'Bought at another store' });
    const { entries } = simulator.ledger();
    expect(entries).toMatchObject([
      { endpoint: 'post', milesAmount: 10 },
      {
        endpoint: 'reverse',
        milesAmount: -4,
        originalTransactionId: paperReference,
        offers: [{ offerCode: 'STANDARD', locationCode: '1100', milesAmount: -4 }],
      },
    ]);
  });

  test.each([
    ['AIR MILES calculates', amrp, {}],
    ['the partner calculates', byPartner, { milesAmount: 1 }],
  ] as const)('needs a manager’s yes and a reason, where %s', async (_where, earning, miles) => {
    const { shop, calls, approve, keyed } = await openAt(earning);
    expect(await calls['returns.recordKeyed'](keyed(miles))).toEqual({ kind: 'approval-needed' });
    const approval = await approve();
    expect(await calls['returns.recordKeyed'](keyed({ ...miles, reason: '  ', approval }))).toEqual({
      kind: 'refused',
      fault: 'reason',
    });
    // What a call was refused with is used up, for whatever comes after.
    expect(await calls['returns.recordKeyed'](keyed({ ...miles, approval }))).toEqual({
      kind: 'approval-needed',
    });
    expect(await shop.journal.recent(10)).toEqual([]);
  });

  test.each([
    ['no Miles', {}, { kind: 'refused', fault: 'miles' }],
    ['none of them', { milesAmount: 0 }, { kind: 'refused', fault: 'miles' }],
    ['more Miles than the limit', { milesAmount: MILES_LIMIT + 1 }, { kind: 'over-limit', milesLimit: 500 }],
    [
      'a wrong number',
      { milesAmount: 1, collectorText: '8' },
      { kind: 'refused', fault: 'collector-number' },
    ],
    ['no amount', { milesAmount: 1, preTaxCents: 0 }, { kind: 'refused', fault: 'amount' }],
  ] as const)(
    'keyed with %s is refused before a manager is asked, where the partner calculates',
    async (_what, changes, refusal) => {
      const { shop, calls, keyed } = await openAt(byPartner);
      expect(await calls['returns.recordKeyed'](keyed(changes))).toEqual(refusal);
      expect(await shop.journal.recent(10)).toEqual([]);
    },
  );

  test('of a sale that this terminal has is refused: returned by hand as well, more would come back than was sold', async () => {
    const { shop, calls, collector, approve, credited, keyed } = await openAt(byPartner);
    const { reference } = await credited(await shop.issue(collector, 10_000));
    const input = keyed({ milesAmount: 4, paperReference: `mp-${reference.toLowerCase()}` });
    expect(await calls['returns.recordKeyed']({ ...input, approval: await approve() })).toEqual({
      kind: 'refused',
      fault: 'sale-is-here',
    });
    expect(await shop.journal.recent(10)).toHaveLength(1);
  });

  test('is refused where the partner calculates and its offers can not be read', async () => {
    const { calls, approve, keyed } = await openAt({ kind: 'no-offer-table' });
    const input = keyed({ milesAmount: 1, approval: await approve() });
    expect(await calls['returns.recordKeyed'](input)).toEqual({ kind: 'refused', fault: 'no-offer-table' });
  });

  test('that AIR MILES does not answer is stored, and follows once it does', async () => {
    const { shop, calls, simulator, collector, approve, credited, keyed } = await openAt(byPartner);
    await credited(await shop.issue(collector, 10_000));
    simulator.setFaults({ next: ['dropBefore'] });
    const reply = await calls['returns.recordKeyed'](keyed({ milesAmount: 2, approval: await approve() }));
    if (reply.kind !== 'recorded') throw new Error(reply.kind);
    const stored = await shop.shown(reply.sale.seq, ({ attempts }) => attempts === 1);
    expect(stored).toMatchObject({ outcome: 'stored', isWithoutOriginal: true });
    await shop.sendNow();
    await credited(reply.sale.seq);
    expect(simulator.ledger().entries.map(({ milesAmount }) => milesAmount)).toEqual([10, -2]);
  });
});
