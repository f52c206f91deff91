import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayFiguresOf, dayOffersOf } from '../../../shared/domain/day-totals.ts';
import { takesBack, transactionKinds } from '../../../shared/domain/transaction-kind.ts';

const states = ['due', 'credited', 'accepted', 'needs-manager', 'cancelled', 'written-off'] as const;
const amount = fc.integer({ min: 0, max: 1_000_000 });
const total = fc.record({
  kind: fc.constantFrom(...transactionKinds),
  state: fc.constantFrom(...states),
  count: fc.integer({ min: 1, max: 1000 }),
  milesAmount: amount,
  milesUnknown: fc.integer({ min: 0, max: 10 }),
  preTaxCents: amount,
});
const sum = (values: readonly number[]): number => values.reduce((result, value) => result + value, 0);

test('figures hold every transaction once, and take off what was taken back', () => {
  fc.assert(
    fc.property(fc.array(total), (totals) => {
      const figures = dayFiguresOf(totals);
      expect(sum(figures.map(({ count }) => count))).toBe(sum(totals.map(({ count }) => count)));
      const signed = totals.map((one) => (takesBack(one.kind) ? -one.milesAmount : one.milesAmount));
      expect(sum(figures.map(({ milesAmount }) => milesAmount))).toBe(sum(signed));
      const places = figures.map(({ group, state }) => `${group} ${state}`);
      expect(new Set(places).size).toBe(places.length);
      expect(
        figures.some(
          ({ milesAmount, preTaxCents }) => Object.is(milesAmount, -0) || Object.is(preTaxCents, -0),
        ),
      ).toBe(false);
    }),
  );
});

test('whatever order the totals come in, the figures are the same', () => {
  fc.assert(
    fc.property(fc.array(total), (totals) => {
      expect(dayFiguresOf(totals.toReversed())).toEqual(dayFiguresOf(totals));
    }),
  );
});

test('offers add up to what stands, what was closed here left out', () => {
  const offer = fc
    .tuple(total, fc.constantFrom('A', 'B', 'C'))
    .map(([one, offerCode]) => ({ ...one, offerCode }));
  fc.assert(
    fc.property(fc.array(offer), (totals) => {
      const offers = dayOffersOf(totals);
      const standing = totals.filter(({ state }) => state !== 'cancelled' && state !== 'written-off');
      expect(sum(offers.map(({ count }) => count))).toBe(sum(standing.map(({ count }) => count)));
      const signed = standing.map((one) => (takesBack(one.kind) ? -one.milesAmount : one.milesAmount));
      expect(sum(offers.map(({ issuedMiles, returnedMiles }) => issuedMiles + returnedMiles))).toBe(
        sum(signed),
      );
    }),
  );
});
