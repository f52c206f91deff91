import { describe, expect, test } from 'vitest';
import { pinFaultOf, tidyName } from '../../../shared/domain/operator.ts';

describe('a PIN somebody chose', () => {
  test.each([
    ['', 'pin-too-short'],
    ['739', 'pin-too-short'],
    ['739158264', 'pin-too-long'],
    ['73a9', 'pin-not-digits'],
    ['-739', 'pin-not-digits'],
    ['٧٣٩١', 'pin-not-digits'],
  ])('%j is refused as %s', (pin, fault) => {
    expect(pinFaultOf(pin)).toBe(fault);
  });

  const trivial =
    '0000 99999999 1234 4567 87654321 7890 3210 0987 1212 123123 73917391 1122 112233 1984 2026 2580';
  test.each(trivial.split(' '))('%s is refused as trivial', (pin) => {
    expect(pinFaultOf(pin)).toBe('pin-trivial');
  });

  test.each(['7391', '8264', '1235', '12341', '739158', '73915826', '19845', '7337'])(
    '%s may be used',
    (pin) => {
      expect(pinFaultOf(pin)).toBeUndefined();
    },
  );
});

test('a name is kept without spaces around it, one between words, and not endless', () => {
  expect(tidyName('  Ana   Lee\t')).toBe('Ana Lee');
  expect(tidyName(' \n ')).toBe('');
  expect(tidyName('x'.repeat(200))).toHaveLength(40);
});
