import { describe, expect, test } from 'vitest';
import {
  bareCollectorText,
  caretAfterDigits,
  digitsBefore,
  groupCollector,
} from '../../../renderer/features/checkout/collector-text.ts';

describe('a typed Collector Number', () => {
  test.each([
    ['8000', '8000'],
    ['80000', '8000 0'],
    ['80000000007', '8000 000 0007'],
    ['800000000078', '8000 000 00078'],
    ['8000x', '8000x'],
    ['', ''],
  ])('%j is shown as %j', (text, shown) => {
    expect(groupCollector(text)).toBe(shown);
  });

  test.each([
    ['8000 000-0007', '80000000007'],
    ['8000\u00a0000', '8000000'],
    ['80 0x', '80 0x'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(bareCollectorText(typed)).toBe(kept);
  });

  test('keeps the caret after the same digit when grouping adds a space before it', () => {
    const caret = digitsBefore('80005', 5);
    expect(caretAfterDigits(groupCollector('80005'), caret)).toBe('8000 5'.length);
  });

  test('keeps the caret in the middle when a digit is put there', () => {
    expect(caretAfterDigits('8100 000 0007', digitsBefore('81000 000 0007', 2))).toBe(2);
  });
});
