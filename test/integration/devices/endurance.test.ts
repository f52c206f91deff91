import { describe, expect, test } from 'vitest';
import {
  hangUpAfter,
  isNothingMore,
  replugCycles,
  scansWhileHashing,
  SPINNING,
} from '../../devices/endurance.ts';

// Small here; `npm run devices -- replug|hang|busy` does each for long.
describe('a scanner that comes and goes', () => {
  test('15 times, a third of them in the middle of a number: all read, none joined, nothing left open', async () => {
    const figures = await replugCycles(15);
    expect(figures).toMatchObject({ read: 15, merged: 0, processes: 1 });
    expect(figures.more).toSatisfy(isNothingMore);
  });

  test.each([0, 1, 3, 10])(
    'is noticed without spinning when it hangs up %i ms after data',
    async (delayMs) => {
      const { busyRatio, read } = await hangUpAfter(delayMs, 8);
      expect(busyRatio).toBeLessThan(SPINNING);
      expect(read).toBe(true);
    },
  );

  test('is read while eight hashing jobs fill the thread pool of main, before any of them is done', async () => {
    const { read, medianMs, jobMs } = await scansWhileHashing(5);
    expect(read).toBe(5);
    expect(medianMs).toBeLessThan(jobMs);
  });
});
