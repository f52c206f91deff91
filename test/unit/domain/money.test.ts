import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cents, dollarsLiteral, readAmount } from '../../../shared/domain/money.ts';

const rule = { limitCents: cents(1_000_000), zeroAllowed: false };

describe('an amount that was typed', () => {
  test.each([
    ['24.97', 2497],
    ['24,97', 2497],
    ['$24.97', 2497],
    ['24,97 $', 2497],
    ['1 234,56', 123_456],
    ['1\u00a0234,56\u00a0$', 123_456],
    ['1\u202f234,56', 123_456],
    ['1,234.56', 123_456],
    ['1,234', 123_400],
    ['25', 2500],
    ['25.', 2500],
    ['.5', 50],
    ['0.05', 5],
    ['007', 700],
  ])('%s is read in either language', (text, expected) => {
    expect(readAmount(text, rule)).toEqual({ kind: 'valid', amountCents: expected });
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['$', 'empty'],
    ['abc', 'not-an-amount'],
    ['.', 'not-an-amount'],
    ['1.2.3', 'not-an-amount'],
    ['12e3', 'not-an-amount'],
    ['0x10', 'not-an-amount'],
    ['٢٤', 'not-an-amount'],
    ['-5', 'negative'],
    ['\u22125.00', 'negative'],
    ['-x', 'not-an-amount'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['1.234', 'too-many-decimals'],
    ['24,970', 'over-limit'],
    ['10000.01', 'over-limit'],
    ['9'.repeat(400), 'over-limit'],
  ])('%s is refused as %s', (text, fault) => {
    expect(readAmount(text, rule)).toMatchObject({ kind: 'fault', fault: { kind: fault } });
  });

  test('the limit itself is allowed', () => {
    expect(readAmount('10000.00', rule)).toEqual({ kind: 'valid', amountCents: 1_000_000 });
  });
});

describe('dollars on the wire', () => {
  test.each([
    [0, '0'],
    [5, '0.05'],
    [50, '0.5'],
    [325, '3.25'],
    [999, '9.99'],
    [2000, '20'],
    [2822, '28.22'],
    [-150, '-1.5'],
  ])('%i cents are written %s', (amount, expected) => {
    expect(dollarsLiteral(cents(amount))).toBe(expected);
  });

  test('every amount of cents comes back from its literal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (amount) => {
        const reading = readAmount(dollarsLiteral(cents(amount)), {
          limitCents: cents(1e13),
          zeroAllowed: true,
        });
        expect(reading).toEqual({ kind: 'valid', amountCents: amount });
      }),
    );
  });

  test('a fraction of a cent is a bug', () => {
    expect(() => cents(0.5)).toThrow(RangeError);
    expect(() => cents(Number.NaN)).toThrow(RangeError);
  });
});
