import { describe, expect, test } from 'vitest';
import { warningsOf } from '../../../main/status.ts';

const DAY_MS = 86_400_000;
const NOW = 100 * DAY_MS;
const counts = { due: 0, needsManager: 0, oldestDueAtMs: null, space: 'well' } as const;
const limits = { storedLimit: 100, storedDaysLimit: 30 };

describe('what a person is warned of', () => {
  test('is nothing when all is well', () => {
    expect(
      warningsOf({ ...counts, due: 89, oldestDueAtMs: NOW - 26 * DAY_MS }, limits, NOW, 119_000),
    ).toEqual([]);
  });

  test('is a limit from nine tenths on', () => {
    expect(warningsOf({ ...counts, due: 90 }, limits, NOW, 0)).toEqual([
      { kind: 'stored-count', count: 90, limit: 100 },
    ]);
    expect(warningsOf({ ...counts, due: 1, oldestDueAtMs: NOW - 27 * DAY_MS }, limits, NOW, 0)).toEqual([
      { kind: 'stored-age', days: 27, limitDays: 30 },
    ]);
  });

  test.each([-121_000, 121_000])('is a clock %i ms off', (aheadMs) => {
    expect(warningsOf(counts, limits, NOW, aheadMs)).toEqual([{ kind: 'clock', aheadMs }]);
  });

  test('is the disk before anything else', () => {
    const [first] = warningsOf({ ...counts, due: 100, space: 'full' }, limits, NOW, 0);
    expect(first).toEqual({ kind: 'disk', space: 'full' });
  });
});
