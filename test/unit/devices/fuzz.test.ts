import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

test('of 20,000 random and mutated frames none gives a number that an independent reading does not allow', () => {
  const { accepted, refusedThoughAllowed, wrong } = fuzz(20_000, Math.floor(Math.random() * 1e9));
  expect(wrong).toEqual([]);
  expect(accepted).toBeGreaterThan(1_000);
  expect(refusedThoughAllowed).toBeLessThan(accepted / 20);
});
