import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dayFiguresOf } from '../../../shared/domain/day-totals.ts';
import { standard } from '../../unit/earn/tables.ts';
import { MILES_LIMIT, openHandKeyed } from './hand-keyed.ts';
import { partner, twice } from './partner.ts';

async function openPartner() {
  const at = await openHandKeyed(partner([standard, twice]));
  const correction = (changes: object = {}) => ({
    correctionKey: randomUUID(),
    collectorText: at.collector,
    entryMode: 'keyed' as const,
    direction: 'add' as const,
    milesAmount: 40,
    offerCode: 'TWICE',
    reason: 'Voucher of the opening week',
    ...changes,
  });
  return { ...at, correction };
}

describe('a correction by hand where the partner calculates', () => {
  test('adds and takes back under the offer chosen, and both ledgers agree', async () => {
    const { shop, calls, simulator, approve, credited, storedBy, correction, collector } =
      await openPartner();
    for (const [direction, milesAmount, kind] of [
      ['add', 40, 'post-event'],
      ['take-back', 15, 'reverse-event'],
    ] as const) {
      const reply = await calls['corrections.record'](
        correction({ direction, milesAmount, approval: await approve() }),
      );
      if (reply.kind !== 'recorded') throw new Error(reply.kind);
      const { seq } = reply.sale;
      expect(await credited(seq)).toMatchObject({ kind, milesAmount, preTaxCents: 0, originalSeq: null });
      expect(await storedBy(seq)).toEqual({ actor: 'Ana', why: 'Voucher of the opening week' });
    }
    const { entries } = simulator.ledger();
    const place = { offerCode: 'TWICE', locationCode: '1100' };
    expect(entries).toMatchObject([
      {
        endpoint: 'post-event',
        collectorNumber: collector,
        milesAmount: 40,
        offers: [{ ...place, milesAmount: 40 }],
      },
      {
        endpoint: 'reverse-event',
        collectorNumber: collector,
        milesAmount: -15,
        offers: [{ ...place, milesAmount: -15 }],
      },
    ]);
    const rows = await shop.journal.recent(10);
    const { totals } = await shop.journal.daySummary(rows[0]?.transactionDay ?? '');
    expect(dayFiguresOf(totals)).toMatchObject([
      { group: 'corrected', state: 'credited', count: 2, milesAmount: 25 },
    ]);
  });

  test('needs a manager’s yes, each time anew', async () => {
    const { shop, calls, approve, correction } = await openPartner();
    expect(await calls['corrections.record'](correction())).toEqual({ kind: 'approval-needed' });
    const approval = await approve();
    expect(await calls['corrections.record'](correction({ approval }))).toMatchObject({ kind: 'recorded' });
    expect(await calls['corrections.record'](correction({ approval }))).toEqual({ kind: 'approval-needed' });
    expect(await shop.journal.recent(10)).toHaveLength(1);
  });

  test.each([
    ['no reason', { reason: '  ' }, { kind: 'refused', fault: 'reason' }],
    ['a reason that says nothing', { reason: ' x ' }, { kind: 'refused', fault: 'reason' }],
    ['no Miles', { milesAmount: 0 }, { kind: 'refused', fault: 'miles' }],
    ['fewer than none', { milesAmount: -5 }, { kind: 'refused', fault: 'miles' }],
    ['one Mile over the limit', { milesAmount: MILES_LIMIT + 1 }, { kind: 'over-limit', milesLimit: 500 }],
    [
      'one Mile over the limit taken back',
      { direction: 'take-back', milesAmount: MILES_LIMIT + 1 },
      { kind: 'over-limit', milesLimit: 500 },
    ],
    ['a wrong number', { collectorText: '80000' }, { kind: 'refused', fault: 'collector-number' }],
    [
      'an offer that is not in the table',
      { offerCode: 'NONE' },
      { kind: 'refused', fault: 'no-offer-table' },
    ],
  ] as const)(
    'with %s is refused before a manager is asked, and not stored',
    async (_what, changes, refusal) => {
      const { shop, calls, correction } = await openPartner();
      expect(await calls['corrections.record'](correction(changes))).toEqual(refusal);
      expect(await shop.journal.recent(10)).toEqual([]);
    },
  );

  test('of just the limit is taken, and pressed twice it is one', async () => {
    const { shop, calls, simulator, approve, credited, correction } = await openPartner();
    const input = correction({ milesAmount: MILES_LIMIT });
    const [first, second] = [
      await calls['corrections.record']({ ...input, approval: await approve() }),
      await calls['corrections.record']({ ...input, approval: await approve() }),
    ];
    if (first.kind !== 'recorded' || second.kind !== 'recorded') throw new Error('not recorded');
    expect(second.sale.seq).toBe(first.sale.seq);
    await credited(first.sale.seq);
    expect(await shop.journal.recent(10)).toHaveLength(1);
    expect(simulator.ledger().entries).toHaveLength(1);
  });

  test('offers what may be chosen, and how much', async () => {
    const { calls } = await openPartner();
    const { name: nameByLanguage } = standard;
    expect(await calls['corrections.options']({})).toEqual({
      offers: [
        { offerCode: 'STANDARD', nameByLanguage },
        { offerCode: 'TWICE', nameByLanguage },
      ],
      milesLimit: MILES_LIMIT,
    });
  });
});

test('where AIR MILES calculates there is no correction by hand: none is offered, and none is stored', async () => {
  const { shop, calls, approve, collector } = await openHandKeyed({ kind: 'amrp-calculated' });
  expect(await calls['corrections.options']({})).toEqual({ offers: [], milesLimit: MILES_LIMIT });
  const reply = await calls['corrections.record']({
    correctionKey: randomUUID(),
    collectorText: collector,
    entryMode: 'keyed',
    direction: 'add',
    milesAmount: 1,
    offerCode: 'STANDARD',
    reason: 'Voucher',
    approval: await approve(),
  });
  expect(reply).toEqual({ kind: 'refused', fault: 'no-offer-table' });
  expect(await shop.journal.recent(10)).toEqual([]);
});
