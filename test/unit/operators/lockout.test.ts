import { describe, expect, test } from 'vitest';
import { lockoutLeftMs, lockoutMs } from '../../../main/operators/lockout.ts';

describe('a lockout', () => {
  test.each([
    [0, 0],
    [4, 0],
    [5, 30],
    [6, 60],
    [7, 120],
    [8, 240],
    [9, 480],
    [10, 960],
    [11, 1920],
    [12, 3600],
    [13, 3600],
    [10_000, 3600],
  ])('after %i wrong PINs in a row lasts %i s', (failures, seconds) => {
    expect(lockoutMs(failures)).toBe(seconds * 1000);
  });

  test('goes on after a restart for what is left of it', () => {
    expect(lockoutLeftMs(6, 1_000_000, 980_000)).toBe(20_000);
    expect(lockoutLeftMs(6, 1_000_000, 1_000_000)).toBe(0);
  });

  test('never lasts longer than the whole of it, where the clock was set back meanwhile', () => {
    expect(lockoutLeftMs(6, 1_000_000_000, 5)).toBe(60_000);
    expect(lockoutLeftMs(0, 1_000_000_000, 5)).toBe(0);
  });
});
