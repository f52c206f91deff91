import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../main/simulator/random.ts';
import { chooseStops } from '../../faults/power/stops.ts';
import type { TracedOperation } from '../../faults/power/trace.ts';

const operations: TracedOperation[] = Array.from({ length: 200 }, (_, index): TracedOperation => {
  if (index % 10 === 5) return { kind: 'sync', path: 'a' };
  if (index % 10 === 6 && index > 40) return { kind: 'told', text: '' };
  return { kind: 'resize', path: 'a', size: index };
});

describe('choosing when the power goes', () => {
  test('takes as many as asked for, in order, each once, the same for the same seed', () => {
    const stops = chooseStops(operations, 40, createRandom(3));
    expect(stops).toHaveLength(40);
    expect(stops).toEqual([...new Set(stops)].toSorted((left, right) => left - right));
    expect(chooseStops(operations, 40, createRandom(3))).toEqual(stops);
    expect(chooseStops(operations, 40, createRandom(4))).not.toEqual(stops);
  });

  test('has its share of moments before a sync, after a word, and before the first word', () => {
    const stops = chooseStops(operations, 40, createRandom(3));
    expect(stops.filter((stop) => operations[stop]?.kind === 'sync').length).toBeGreaterThanOrEqual(10);
    expect(stops.filter((stop) => operations[stop - 1]?.kind === 'told').length).toBeGreaterThanOrEqual(10);
    expect(stops.filter((stop) => stop <= 46).length).toBeGreaterThanOrEqual(10);
  });

  test('takes every moment, the end included, where more are asked for than there are', () => {
    expect(chooseStops(operations.slice(0, 5), 100, createRandom(1))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
