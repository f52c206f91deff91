/** So many wrong PINs in a row lock an operator out, whatever they were for. */
export const FREE_FAILURES = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 3_600_000;

/** How long nobody may try after so many wrong PINs in a row: 30 s at the fifth, twice as long at each one more, an hour at most. */
export function lockoutMs(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** Math.min(20, failures - FREE_FAILURES));
}

/**
 * What is left of a lockout that was written down before this start. The clock may have jumped meanwhile: it never lasts
 * longer than the whole of it would.
 */
export function lockoutLeftMs(failures: number, lockedUntilMs: number, nowMs: number): number {
  return Math.max(0, Math.min(lockoutMs(failures), lockedUntilMs - nowMs));
}
