import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../main/simulator/random.ts';
import { inRounds, median, medianRatio, shuffled } from '../../bench/statistics.ts';

describe('statistics of a bench', () => {
  test('the median is the middle one, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 100])).toBe(3);
    expect(() => median([])).toThrow();
  });

  test('a ratio is taken round by round, so that a slow round spoils neither side', () => {
    expect(medianRatio([2, 20, 4], [1, 10, 1])).toBe(2);
  });

  test('shuffling keeps every one, and the order depends on chance', () => {
    const things = Array.from({ length: 20 }, (_, index) => index);
    const once = shuffled(things, createRandom(1));
    expect(once.toSorted((left, right) => left - right)).toEqual(things);
    expect(shuffled(things, createRandom(2))).not.toEqual(once);
  });

  test('every variant runs once a round, and its results stand in round order', async () => {
    const results = await inRounds(3, {
      left: (round) => `left ${round}`,
      right: (round) => `right ${round}`,
    });
    expect(results).toEqual({
      left: ['left 0', 'left 1', 'left 2'],
      right: ['right 0', 'right 1', 'right 2'],
    });
  });
});
