import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { PLANTED_DAY, plantDay } from '../../bench/reconcile/planted.ts';
import { dayFiguresOf } from '../../../shared/domain/day-totals.ts';
import { buildBasketBody } from '../../../main/airmiles/requests.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';
import type { CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { noGuards, settlement, someTransaction, temporaryFolder } from '../journal/support.ts';

test('a day’s totals are those of the ledger, returns included', async () => {
  const { journal, client, simulator } = await plantDay(temporaryFolder(), 60, 0);
  onTestFinished(async () => {
    await client.close();
    await journal.close();
    await simulator.stop();
  });
  const sales = await journal.dayPage(PLANTED_DAY, 0, 100);
  for (const sale of sales.slice(0, 20)) {
    const preTaxCents = 4000;
    const returned = someTransaction({
      kind: 'return',
      originalSeq: sale.seq,
      collectorNumber: sale.collectorNumber,
      preTaxCents,
      transactionDay: PLANTED_DAY,
    });
    const request = buildBasketBody({
      preTaxCents: cents(preTaxCents),
      taxes: noTaxes,
      postTaxCents: cents(preTaxCents),
      checkoutAtMs: sale.recordedAtMs,
      checkoutTransactionId: returned.reference,
      collectorNumber: sale.collectorNumber as CollectorNumber,
      deviceId: '1100-3',
      originalTransactionId: sale.reference,
    });
    const recorded = await journal.record({ ...returned, request }, noGuards);
    if (recorded.kind !== 'recorded') throw new Error(recorded.kind);
    const answer = await client.send(
      { endpoint: 'return', idempotencyKey: randomUUID(), body: request, totalTimeoutMs: 5000 },
      new AbortController().signal,
    );
    if (answer.kind !== 'answered') throw new Error(JSON.stringify(answer));
    const { milesAmount } = answer.reading;
    await journal.settle(
      settlement(recorded.row.seq, { kind: 'credited', milesAmount, balanceMiles: undefined }),
    );
  }
  const { totals } = await journal.daySummary(PLANTED_DAY);
  const figures = dayFiguresOf(totals);
  const { entries } = simulator.ledger();
  const ofLedger = (isBack: boolean) => entries.filter(({ endpoint }) => (endpoint === 'return') === isBack);
  const sum = (of: readonly { readonly milesAmount: number }[]): number =>
    of.reduce((total, { milesAmount }) => total + milesAmount, 0);
  expect(ofLedger(true)).toHaveLength(20);
  for (const [group, isBack] of [
    ['issued', false],
    ['returned', true],
  ] as const) {
    const own = figures.filter((figure) => figure.group === group);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({
      state: 'credited',
      count: ofLedger(isBack).length,
      milesAmount: sum(ofLedger(isBack)),
      milesUnknown: 0,
    });
  }
  expect(sum(figures)).toBe(sum(entries));
});
