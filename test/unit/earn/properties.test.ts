import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EarnLine } from '../../../shared/domain/earn/basket.ts';
import { earn } from '../../../shared/domain/earn/engine.ts';
import { cents } from '../../../shared/domain/money.ts';
import { basketOf, chipsBonus, couponBonus, sevenTimes, standard, tableOf } from './tables.ts';

const departments = ['PET', 'RX', 'LOTTERY', 'FOOD'];
const items = ['CHIPS', 'DOG', 'SOAP'];
const coupons = ['57841', '57862', 'other'];

const scope = fc.subarray(departments, { minLength: 1 }).map((departmentIds) => ({ departmentIds }));
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

/** Tiers as a checked table may have them: later ones earn at least as much, in steps that divide the earlier ones. */
const tiers = fc
  .tuple(
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 4 }),
    fc.boolean(),
  )
  .map(([hundreds, maximumSteps, divisor, isTiered]) =>
    isTiered
      ? [{ centsPerStep: hundreds * 100 * divisor, maximumSteps }, { centsPerStep: hundreds * 100 }]
      : [{ centsPerStep: hundreds * 100 }],
  );

const windows = maybe(
  fc.constantFrom(
    [{ from: '2026-05-01', until: '2026-05-31' }],
    [{ from: '2026-05-01', until: '2026-05-31', weekdays: [1, 5] }],
    [{ from: '2026-06-01', until: '2026-06-30' }],
  ),
);

const offers = fc
  .record({
    special: maybe(fc.record({ only: scope, tiers, windows })),
    base: fc.record({ tiers, exclusions: maybe(scope) }),
    multipliers: fc.array(
      fc.record({ times: fc.integer({ min: 2, max: 10 }), only: maybe(scope), windows }),
      { maxLength: 3 },
    ),
    chips: maybe(
      fc.record({ milesEach: fc.integer({ min: 1, max: 100 }), every: fc.integer({ min: 1, max: 3 }) }),
    ),
    hasCoupon: fc.boolean(),
  })
  .map(({ special, base, multipliers, chips, hasCoupon }) => [
    ...(special === undefined ? [] : [{ ...standard, ...special, offerCode: 'SPECIAL' }]),
    { ...standard, ...base },
    ...multipliers.map((fields, index) => ({ ...sevenTimes, ...fields, offerCode: `TIMES${index}` })),
    ...(chips === undefined
      ? []
      : [
          {
            ...chipsBonus,
            milesEach: chips.milesEach,
            trigger: { ...chipsBonus.trigger, every: chips.every },
          },
        ]),
    ...(hasCoupon ? [couponBonus] : []),
  ]);

const lineOf: fc.Arbitrary<EarnLine> = fc.record({
  totalCents: fc.integer({ min: 0, max: 60_000 }).map(cents),
  departmentId: maybe(fc.constantFrom(...departments)),
  itemId: maybe(fc.constantFrom(...items)),
  quantity: fc.integer({ min: 0, max: 5 }),
  isExcluded: fc.boolean(),
});
const lines = fc.array(lineOf, { maxLength: 8 });

const exclusions = maybe(scope);
const maximum = maybe(fc.integer({ min: 1, max: 200 }));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

describe('whatever the table and the basket', () => {
  test('Miles are whole, never negative, never above the maximum, and the sum of their parts', () => {
    fc.assert(
      fc.property(
        offers,
        lines,
        exclusions,
        maximum,
        (given, bought, excluded, maximumMilesPerTransaction) => {
          const table = tableOf(given, { exclusions: excluded, maximumMilesPerTransaction });
          const result = earn(basketOf(bought, { couponCodes: coupons }), table);
          expect(result.milesAmount).toBe(sum(result.lines.map(({ milesAmount }) => milesAmount)));
          expect(result.cutMiles).toBe(sum(result.lines.map(({ cutMiles }) => cutMiles)));
          for (const each of result.lines) {
            expect(Number.isSafeInteger(each.milesAmount) && each.milesAmount >= 0).toBe(true);
            expect(each.cutMiles).toBeGreaterThanOrEqual(0);
          }
          expect(result.milesAmount).toBeLessThanOrEqual(
            maximumMilesPerTransaction ?? Number.POSITIVE_INFINITY,
          );
        },
      ),
    );
  });

  test('every cent is eligible once or excluded once', () => {
    fc.assert(
      fc.property(offers, lines, exclusions, (given, bought, excluded) => {
        const result = earn(basketOf(bought), tableOf(given, { exclusions: excluded }));
        const bases = result.lines.flatMap((each) => (each.kind === 'base' ? [each.eligibleCents] : []));
        expect(sum(bases)).toBe(result.eligibleCents);
        expect(result.eligibleCents + sum(result.excluded.map(({ totalCents }) => totalCents))).toBe(
          result.preTaxCents,
        );
      }),
    );
  });

  test('more spent never earns less', () => {
    fc.assert(
      fc.property(
        offers,
        lines,
        lineOf,
        fc.nat(60_000),
        exclusions,
        maximum,
        (given, bought, added, more, excluded, most) => {
          const table = tableOf(given, { exclusions: excluded, maximumMilesPerTransaction: most });
          const miles = (all: readonly EarnLine[]): number => earn(basketOf(all), table).milesAmount;
          expect(miles([...bought, added])).toBeGreaterThanOrEqual(miles(bought));
          const dearer = { ...added, totalCents: cents(added.totalCents + more) };
          expect(miles([...bought, dearer])).toBeGreaterThanOrEqual(miles([...bought, added]));
        },
      ),
    );
  });

  test('a basket split in two never earns more than in one, each half held to the maximum', () => {
    const half = fc.record({ lines, couponCodes: fc.subarray(coupons) });
    fc.assert(
      fc.property(offers, half, half, exclusions, maximum, (given, left, right, excluded, most) => {
        // A coupon is handed over once.
        const couponCodes = right.couponCodes.filter((code) => !left.couponCodes.includes(code));
        const table = tableOf(given, { exclusions: excluded });
        const whole = earn(
          basketOf([...left.lines, ...right.lines], { couponCodes: [...left.couponCodes, ...couponCodes] }),
          table,
        );
        const capped = tableOf(given, { exclusions: excluded, maximumMilesPerTransaction: most });
        const parts = [
          earn(basketOf(left.lines, { couponCodes: left.couponCodes }), capped).milesAmount,
          earn(basketOf(right.lines, { couponCodes }), capped).milesAmount,
        ];
        expect(sum(parts)).toBeLessThanOrEqual(whole.milesAmount);
      }),
    );
  });

  test('an amount paid in two never earns more than at once', () => {
    fc.assert(
      fc.property(tiers, fc.nat(200_000), fc.nat(200_000), (given, left, right) => {
        const table = tableOf([{ ...standard, tiers: given }, sevenTimes]);
        const miles = (amount: number): number =>
          earn(basketOf([{ totalCents: cents(amount) }]), table).milesAmount;
        expect(miles(left) + miles(right)).toBeLessThanOrEqual(miles(left + right));
      }),
    );
  });

  test('the order of the lines does not matter', () => {
    fc.assert(
      fc.property(offers, lines, (given, bought) => {
        const table = tableOf(given);
        expect(earn(basketOf(bought.toReversed()), table).milesAmount).toBe(
          earn(basketOf(bought), table).milesAmount,
        );
      }),
    );
  });
});
