import { describe, expect, test } from 'vitest';
import { earn } from '../../../shared/domain/earn/engine.ts';
import { issuancesOf } from '../../../shared/domain/earn/issuances.ts';
import type { TransactionDay } from '../../../shared/domain/transaction-day.ts';
import { basketOf, chipsBonus, couponBonus, line, sevenTimes, standard, tableOf } from './tables.ts';

const day = (text: string): TransactionDay => text as TransactionDay;

describe('the examples of the programme', () => {
  test.each([
    [7729, 3],
    [1999, 0],
    [2000, 1],
    [3999, 1],
    [0, 0],
  ])('%i eligible cents at 1 Mile for $20 are %i Miles', (totalCents, milesAmount) => {
    expect(earn(basketOf([line(totalCents)]), tableOf([standard]))).toMatchObject({ milesAmount });
  });

  test('$80.68 with $3.39 of milk excluded is 3 Miles, not 4', () => {
    const table = tableOf([standard], { exclusions: { categoryIds: ['MILK'] } });
    const result = earn(basketOf([line(7729), line(339, { categoryId: 'MILK' })]), table);
    expect(result).toMatchObject({
      milesAmount: 3,
      preTaxCents: 8068,
      eligibleCents: 7729,
      excluded: [{ reason: 'category', totalCents: 339 }],
    });
  });

  test('$89.50 eligible of $102.00 is 4 Miles, explained', () => {
    const result = earn(basketOf([line(8950), line(1250, { isExcluded: true })]), tableOf([standard]));
    expect(result).toEqual({
      milesAmount: 4,
      cutMiles: 0,
      preTaxCents: 10_200,
      eligibleCents: 8950,
      tableVersion: 'test',
      locationCode: '1100',
      lines: [
        {
          kind: 'base',
          offerCode: 'STANDARD',
          milesAmount: 4,
          cutMiles: 0,
          contributingItemIds: [],
          eligibleCents: 8950,
          steps: [{ centsPerStep: 2000, milesPerStep: 1, count: 4 }],
        },
      ],
      excluded: [{ reason: 'cashier', totalCents: 1250 }],
      notApplied: [],
    });
  });

  test('"7x" is the base and 6 times as many more', () => {
    const result = earn(basketOf([line(10_200)]), tableOf([standard, sevenTimes]));
    expect(result.lines).toMatchObject([
      { kind: 'base', milesAmount: 5 },
      { kind: 'multiplier', milesAmount: 30, times: 7, baseMiles: 5 },
    ]);
    expect(result.milesAmount).toBe(35);
  });

  test('the acquirer’s: $300 at 50 times $2 and the rest at $1 is 250', () => {
    const tiers = [{ centsPerStep: 200, maximumSteps: 50 }, { centsPerStep: 100 }];
    const result = earn(basketOf([line(30_000)]), tableOf([{ ...standard, tiers }]));
    expect(result).toMatchObject({ milesAmount: 250, lines: [{ steps: [{ count: 50 }, { count: 200 }] }] });
  });

  test('the acquirer’s: base 115, 12 items of 3 and 6 of 7, is 193', () => {
    const bonus = (offerCode: string, itemId: string, milesEach: number) => ({
      ...chipsBonus,
      offerCode,
      milesEach,
      trigger: { kind: 'items', of: { itemIds: [itemId] } },
    });
    const table = tableOf([standard, bonus('THREE', 'A', 3), bonus('SEVEN', 'B', 7)]);
    const lines = [line(100_000, { itemId: 'A', quantity: 12 }), line(130_000, { itemId: 'B', quantity: 6 })];
    expect(earn(basketOf(lines), table)).toMatchObject({
      milesAmount: 193,
      lines: [{ milesAmount: 115 }, { milesAmount: 36, count: 12 }, { milesAmount: 42, count: 6 }],
    });
  });
});

describe('an offer', () => {
  test('holds on the days of its windows, first and last included, and on its weekdays', () => {
    const windows = [
      { from: '2026-05-01', until: '2026-05-14' },
      { from: '2026-05-20', until: '2026-05-31', weekdays: [6, 7] },
    ];
    const table = tableOf([standard, { ...sevenTimes, windows }]);
    const milesOn = (text: string): number =>
      earn(basketOf([line(2000)], { transactionDay: day(text) }), table).milesAmount;
    expect(milesOn('2026-04-30')).toBe(1);
    expect(milesOn('2026-05-01')).toBe(7);
    expect(milesOn('2026-05-14')).toBe(7);
    expect(milesOn('2026-05-15')).toBe(1);
    expect(milesOn('2026-05-22')).toBe(1);
    expect(milesOn('2026-05-23')).toBe(7);
    expect(milesOn('2026-05-24')).toBe(7);
  });

  test('holds at its locations, and says where it does not', () => {
    const table = tableOf([standard, { ...sevenTimes, locationCodes: ['0037'] }, couponBonus]);
    expect(earn(basketOf([line(2000)]), table)).toMatchObject({
      milesAmount: 1,
      notApplied: [
        { offerCode: 'SEVENX', reason: 'other-location' },
        { offerCode: 'COUPON', reason: 'nothing-eligible' },
      ],
    });
    expect(earn(basketOf([line(2000)], { locationCode: '0037' }), table)).toMatchObject({ milesAmount: 7 });
  });

  test('is not earned twice by one line: the first base and the highest multiplier take it', () => {
    const table = tableOf([
      {
        ...standard,
        offerCode: 'PHARMACY',
        only: { departmentIds: ['RX'] },
        tiers: [{ centsPerStep: 3000 }],
      },
      standard,
      { ...sevenTimes, offerCode: 'DOUBLE', times: 2 },
      { ...sevenTimes, only: { departmentIds: ['PET'] } },
    ]);
    const lines = [
      line(3000, { departmentId: 'RX' }),
      line(4000, { departmentId: 'PET', itemId: 'DOG' }),
      line(2000),
    ];
    expect(earn(basketOf(lines), table).lines).toMatchObject([
      { offerCode: 'PHARMACY', milesAmount: 1, eligibleCents: 3000 },
      { offerCode: 'STANDARD', milesAmount: 3, eligibleCents: 6000 },
      { offerCode: 'DOUBLE', milesAmount: 1, eligibleCents: 2000 },
      { offerCode: 'SEVENX', milesAmount: 12, eligibleCents: 4000, contributingItemIds: ['DOG'] },
    ]);
  });

  test('leaves out its own exclusions, and the table’s are out for bonus offers too', () => {
    const lines = [
      line(2000, { departmentId: 'FUEL' }),
      line(2000, { itemId: 'CHIPS', departmentId: 'LOTTERY' }),
    ];
    const table = tableOf([{ ...standard, exclusions: { departmentIds: ['FUEL'] } }, chipsBonus], {
      exclusions: { departmentIds: ['LOTTERY'] },
    });
    expect(earn(basketOf(lines), table)).toMatchObject({
      milesAmount: 0,
      excluded: [{ reason: 'no-base-offer' }, { reason: 'department' }],
    });
  });

  test('for items counts whole pieces, by the number it wants, up to its maximum', () => {
    const offer = { ...chipsBonus, trigger: { ...chipsBonus.trigger, every: 2 }, maximumTimes: 3 };
    const milesFor = (quantity: number): number =>
      earn(basketOf([line(100, { itemId: 'CHIPS', quantity })]), tableOf([standard, offer])).milesAmount;
    expect([1, 1.9, 2, 3.5, 6, 100].map(milesFor)).toEqual([0, 0, 20, 20, 60, 60]);
  });

  test('for coupons counts each code once', () => {
    const milesFor = (...couponCodes: string[]): number =>
      earn(basketOf([line(100)], { couponCodes }), tableOf([standard, couponBonus])).milesAmount;
    expect(milesFor()).toBe(0);
    expect(milesFor('57841', '57841', 'other')).toBe(50);
    expect(milesFor('57841', '57862')).toBe(100);
  });
});

test('the maximum of a transaction takes from the last offers first, and says how much', () => {
  const table = tableOf([standard, sevenTimes, couponBonus], { maximumMilesPerTransaction: 20 });
  const result = earn(basketOf([line(10_200)], { couponCodes: ['57841'] }), table);
  expect(result).toMatchObject({
    milesAmount: 20,
    cutMiles: 65,
    lines: [
      { milesAmount: 5, cutMiles: 0 },
      { milesAmount: 15, cutMiles: 15 },
      { milesAmount: 0, cutMiles: 50 },
    ],
  });
  expect(issuancesOf(result, table)).toEqual([
    { offerCode: 'STANDARD', offerId: '123454', locationCode: '1100', milesAmount: 5 },
    { offerCode: 'SEVENX', locationCode: '1100', milesAmount: 15 },
  ]);
});

test('what is posted names offers, location, items and the partner’s description', () => {
  const table = tableOf([{ ...standard, description: 'Miles for groceries.' }]);
  const result = earn(basketOf([line(4000, { itemId: 'A' }), line(100, { itemId: 'A' })]), table);
  expect(issuancesOf(result, table)).toEqual([
    {
      contributingItemIds: ['A'],
      offerCode: 'STANDARD',
      locationCode: '1100',
      milesAmount: 2,
      offerDescription: 'Miles for groceries.',
      offerId: '123454',
    },
  ]);
  expect(issuancesOf(earn(basketOf([line(100)]), table), table)).toEqual([]);
});

test('a negative line is a bug, not a sale', () => {
  expect(() => earn(basketOf([line(2000), line(-1)]), tableOf([standard]))).toThrow(RangeError);
  expect(() => earn(basketOf([line(1, { quantity: -1 })]), tableOf([standard]))).toThrow(RangeError);
  expect(() => earn(basketOf([line(10_000_000_001)]), tableOf([standard]))).toThrow(RangeError);
});
