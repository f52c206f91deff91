import { beforeEach, describe, expect, test } from 'vitest';
import { createCustomerView } from '../../../main/customer/customer-view.ts';
import { createEvents } from '../../../main/events.ts';
import type { CustomerView } from '../../../shared/contract/customer.ts';
import { sampleCollector, sampleDraft, sampleSale } from '../renderer/samples.ts';
import { createManualClock } from '../manual-clock.ts';

const somebody = sampleDraft(1, { collectorText: sampleCollector(1), amountText: '24.97' });
const sale = sampleSale(1);

describe("the customer's view", () => {
  let clock: ReturnType<typeof createManualClock>;
  let view: ReturnType<typeof createCustomerView>;
  let told: CustomerView[];

  beforeEach(() => {
    clock = createManualClock();
    const events = createEvents();
    told = [];
    events.on((_name, payload) => told.push(payload as CustomerView));
    view = createCustomerView({ events, clock: clock.clock, language: () => 'en-CA' });
  });

  test('welcomes, greets who comes, and tells the Miles of what is keyed now, never of what was keyed before', () => {
    expect(view.view().showing).toEqual({ kind: 'welcome' });
    view.keyed(somebody);
    view.earns(4);
    expect(view.view().showing).toEqual({ kind: 'sale', milesAmount: 4 });
    view.keyed({ ...somebody, amountText: '24.9' });
    expect(view.view().showing).toEqual({ kind: 'sale' });
  });

  test('never holds a Collector Number', () => {
    view.keyed(somebody);
    view.earns(4);
    view.recorded(sale);
    view.changed({ ...sale, outcome: 'credited', milesAmount: 4 });
    const digits = sampleCollector(1);
    expect(JSON.stringify(told)).not.toContain(digits.slice(-4));
  });

  test('tells the outcome as it changes, then clears by itself', () => {
    view.keyed(somebody);
    view.recorded(sale);
    expect(view.view().showing).toEqual({ kind: 'outcome', outcome: 'stored' });
    view.changed({ ...sale, outcome: 'credited', milesAmount: 4 });
    expect(view.view().showing).toEqual({ kind: 'outcome', outcome: 'credited', milesAmount: 4 });
    clock.advance(9_999);
    expect(view.view().showing.kind).toBe('outcome');
    clock.advance(1);
    expect(view.view().showing).toEqual({ kind: 'welcome' });
    view.changed({ ...sale, outcome: 'credited', milesAmount: 4 });
    expect(view.view().showing).toEqual({ kind: 'welcome' });
  });

  test('forgets the last customer as soon as the next is there, and shows no outcome of another sale', () => {
    view.recorded(sale);
    view.keyed(sampleDraft(2));
    expect(view.view().showing.kind).toBe('outcome');
    view.keyed(somebody);
    expect(view.view().showing).toEqual({ kind: 'sale' });
    view.changed({ ...sale, outcome: 'credited' });
    expect(view.view().showing).toEqual({ kind: 'sale' });
  });

  test.each([
    ['cleared', () => view.cleared()],
    ['emptied', () => view.keyed(sampleDraft(1))],
  ])('clears when the sale is %s', (_how, act) => {
    view.keyed(somebody);
    view.earns(4);
    act();
    expect(view.view().showing).toEqual({ kind: 'welcome' });
  });

  test('speaks the language chosen for this customer, and the next one is greeted in the own again', () => {
    view.keyed(somebody);
    view.setLanguage('fr-CA');
    expect(view.view().language).toBe('fr-CA');
    view.recorded(sale);
    expect(view.view().language).toBe('fr-CA');
    clock.advance(10_000);
    expect(view.view().language).toBe('en-CA');
  });

  test('announces each change once', () => {
    view.keyed(somebody);
    view.keyed(somebody);
    view.earns(4);
    view.earns(4);
    expect(told.map(({ showing }) => showing.kind)).toEqual(['sale', 'sale']);
  });

  test('shows what a return takes back, then what became of it, then nothing', () => {
    view.returning(4);
    expect(view.view().showing).toEqual({ kind: 'return', milesAmount: 4 });
    view.returning(undefined);
    expect(view.view().showing).toEqual({ kind: 'return' });
    const back = { ...sale, kind: 'return' as const, milesAmount: -4 };
    view.returned(back);
    expect(view.view().showing).toEqual({ kind: 'returned', outcome: 'stored', milesAmount: 4 });
    view.leftReturn();
    view.changed({ ...back, outcome: 'credited' });
    expect(view.view().showing).toEqual({ kind: 'returned', outcome: 'credited', milesAmount: 4 });
    clock.advance(10_000);
    expect(view.view().showing).toEqual({ kind: 'welcome' });
  });

  test.each([
    ['it is left', () => view.leftReturn()],
    ['nobody goes on with it', () => clock.advance(120_000)],
  ])('forgets a return when %s', (_how, act) => {
    view.returning(4);
    act();
    expect(view.view().showing).toEqual({ kind: 'welcome' });
  });

  test('tells a sale that was taken back whole before it was sent, and nothing of a correction by hand', () => {
    view.returned({ ...sale, kind: 'post-event' });
    expect(view.view().showing).toEqual({ kind: 'welcome' });
    view.returned({ ...sale, closedAs: 'cancelled' });
    expect(view.view().showing).toEqual({ kind: 'returned', outcome: 'cancelled' });
  });

  test('gives way to the next sale after a return', () => {
    view.returned({ ...sale, kind: 'return' });
    view.keyed(somebody);
    expect(view.view().showing).toEqual({ kind: 'sale' });
  });
});
