import { beforeEach, describe, expect, test } from 'vitest';
import { createEvents } from '../../../main/events.ts';
import type { FaultsInput } from '../../../main/simulator/faults.ts';
import type { LedgerEntry } from '../../../main/simulator/ledger.ts';
import { createDrills } from '../../../main/training/drills.ts';
import type { Drill, DrillState } from '../../../shared/contract/training.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import { createManualClock } from '../manual-clock.ts';
import { sampleSale } from '../renderer/samples.ts';

let clock: ReturnType<typeof createManualClock>;
let drills: ReturnType<typeof createDrills>;
let faults: FaultsInput[];
let credits: string[];
let wakeUps: number;

beforeEach(() => {
  clock = createManualClock();
  faults = [];
  credits = [];
  wakeUps = 0;
  drills = createDrills({
    simulator: {
      setFaults: (next) => faults.push(next),
      ledger: () => ({
        entries: credits.map((checkoutTransactionId) => ({ checkoutTransactionId }) as LedgerEntry),
        stats: {} as never,
      }),
    },
    clock: clock.clock,
    events: createEvents(),
    networkChanged: () => (wakeUps += 1),
  });
});

const start = (drill: Drill): DrillState => drills.handlers['training.start']({ drill });
const stop = (): DrillState => drills.handlers['training.stop']();
const stateNow = (): DrillState => drills.handlers['training.state']();

const sold = (seq: number, changes: Partial<Sale> = {}): Sale =>
  sampleSale(seq, { recordedAtMs: clock.clock.nowMs(), preTaxCents: 1000 + seq, ...changes });

function credit(sale: Sale): void {
  credits.push(sale.reference);
  drills.sale({ ...sale, outcome: 'credited' });
}

const points = (): Record<string, boolean> => {
  const state = stateNow();
  if (state.kind !== 'ended') throw new Error(`It is ${state.kind}`);
  return Object.fromEntries(state.points.map(({ point, isMet }) => [point, isMet]));
};

describe('the drill without a network', () => {
  test('cuts everything for two minutes, then lets the sales out and reports', () => {
    start('network-away');
    expect(faults).toEqual([{ rates: { reset: 1 }, token: { rates: { drop: 1 } } }]);
    const sale = sold(1);
    drills.sale(sale);
    clock.advance(119_999);
    expect(stateNow()).toMatchObject({ kind: 'running', isClearing: false, saleCount: 1 });
    clock.advance(1);
    expect(stateNow()).toMatchObject({ kind: 'running', isClearing: true });
    expect(faults.at(-1)).toEqual({});
    expect(wakeUps).toBe(1);
    credit(sale);
    expect(points()).toEqual({ 'sold-while-away': true, 'credited-once': true, 'not-repeated': true });
  });

  test('tells what was missed: nothing sold, sold twice, credited twice, not sent', () => {
    start('network-away');
    clock.advance(120_000);
    expect(points()).toEqual({ 'sold-while-away': false, 'credited-once': false, 'not-repeated': false });

    start('network-away');
    const [first, again] = [sold(2, { preTaxCents: 5 }), sold(3, { preTaxCents: 5, collectorMasked: sold(2).collectorMasked })]; // prettier-ignore
    drills.sale(first);
    drills.sale(again);
    clock.advance(120_000);
    credits.push(first.reference);
    credit(first);
    credit(again);
    expect(points()).toEqual({ 'sold-while-away': true, 'credited-once': false, 'not-repeated': false });

    start('network-away');
    drills.sale(sold(4));
    clock.advance(120_000);
    clock.advance(60_000);
    expect(points()).toMatchObject({ 'credited-once': false });
  });

  test('counts no sale that was stored before it began', () => {
    const earlier = sold(1);
    clock.advance(1000);
    start('network-away');
    drills.sale(earlier);
    expect(stateNow()).toMatchObject({ saleCount: 0 });
  });
});

describe('the drill of a lost answer', () => {
  test('ends with its sale credited once', () => {
    start('lost-answer');
    expect(faults).toEqual([{ next: ['dropAfter'] }]);
    const sale = sold(1);
    drills.sale(sale);
    expect(stateNow()).toMatchObject({ kind: 'running', saleCount: 1 });
    credit(sale);
    expect(points()).toEqual({ sold: true, 'credited-once': true, 'not-repeated': true });
  });
});

describe('the drill of a refused Collector', () => {
  test('ends when its sale goes to a manager', () => {
    start('refused-collector');
    drills.sale(sold(1));
    drills.sale(sold(1, { outcome: 'needs-manager' }));
    expect(points()).toEqual({ sold: true, 'went-to-manager': true, 'not-repeated': true });
    expect(faults.at(-1)).toEqual({});
  });
});

describe('a drill', () => {
  test('that is stopped takes its outage away, and so does the start of another', () => {
    start('network-away');
    stop();
    expect(faults.at(-1)).toEqual({});
    clock.advance(120_000);
    expect(stateNow().kind).toBe('ended');
    start('lost-answer');
    start('network-away');
    expect(faults.slice(-3)).toEqual([{ next: ['dropAfter'] }, {}, expect.anything()]);
  });

  test('can not be had without a simulator of its own', () => {
    const none = createDrills({
      simulator: undefined,
      clock: clock.clock,
      events: createEvents(),
      networkChanged: () => undefined,
    });
    expect(none.handlers['training.start']({ drill: 'network-away' })).toEqual({ kind: 'not-available' });
  });
});
