import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkDigitOf,
  makeCollectorNumber,
  maskCollectorNumber,
  readCollectorNumber,
  type CollectorNumberRule,
} from '../../../shared/domain/collector-number.ts';

const rule: CollectorNumberRule = { length: 11, startsWith: '8', check: 'modulus-11' };
const anyNumber = fc.array(fc.nat(9), { minLength: 9, maxLength: 9 }).map((digits) => {
  const left = [...digits];
  return makeCollectorNumber(() => (left.shift() ?? 0) / 10 + 0.05);
});

describe('the check digit', () => {
  // Worked out by hand from the rule: weights 6 5 4 3 8 7 6 5 4 3, one vector for each kind of remainder.
  test.each([
    ['8000000000', 7],
    ['8000000001', 4],
    ['8000000002', 1],
    ['8000000003', 9],
    ['8000000006', 0],
    ['8000000020', 0],
  ])('of %s is %i', (firstTen, expected) => {
    expect(checkDigitOf(firstTen)).toBe(expected);
  });
});

describe('a Collector Number that was typed or scanned', () => {
  test('is valid in any grouping', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const grouped = `${number.slice(0, 4)} ${number.slice(4, 7)}-${number.slice(7)}`;
        expect(readCollectorNumber(grouped, rule)).toEqual({ kind: 'valid', collectorNumber: number });
      }),
    );
  });

  test('names each fault by itself', () => {
    const number = makeCollectorNumber(() => 0.31);
    const otherCheck = (Number(number[10]) + 1) % 10;
    const faultOf = (text: string): unknown => readCollectorNumber(text, rule);
    expect(faultOf('')).toEqual({ kind: 'empty' });
    expect(faultOf(' - ')).toEqual({ kind: 'empty' });
    expect(faultOf('8A')).toEqual({ kind: 'fault', fault: { kind: 'not-digits' } });
    expect(faultOf('٨')).toEqual({ kind: 'fault', fault: { kind: 'not-digits' } });
    expect(faultOf('7')).toEqual({ kind: 'fault', fault: { kind: 'wrong-start', startsWith: '8' } });
    expect(faultOf(number.slice(0, 10))).toEqual({ kind: 'fault', fault: { kind: 'too-short', missing: 1 } });
    expect(faultOf(`${number}0`)).toEqual({ kind: 'fault', fault: { kind: 'too-long', extra: 1 } });
    expect(faultOf(`${number.slice(0, 10)}${otherCheck}`)).toEqual({
      kind: 'fault',
      fault: { kind: 'check-digit' },
    });
  });

  test('with a wrong check digit is taken when the setting turns the check off', () => {
    const wrong = `8000000000${(checkDigitOf('8000000000') + 1) % 10}`;
    expect(readCollectorNumber(wrong, { ...rule, check: 'none' })).toMatchObject({ kind: 'valid' });
  });

  test('shows its last four digits at the most when masked', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        expect(maskCollectorNumber(number)).toBe(`····${number.slice(7)}`);
      }),
    );
  });
});
