const FIRST_MS = 100;
const LONGEST_MS = 5_000;
const JITTER = 0.2;

/** Growing pauses between attempts. */
export interface Backoff {
  /** The next pause: 100 ms doubled each time, up to 5 s, give or take a fifth so that terminals do not march in step. */
  nextMs(): number;
  /** Back to the shortest pause: the attempt has proved itself. */
  reset(): void;
}

/** `random` gives numbers from 0 up to but not including 1. */
export function createBackoff(random: () => number): Backoff {
  let failures = 0;
  return {
    nextMs() {
      const pauseMs = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
      failures += 1;
      return pauseMs * (1 - JITTER + random() * 2 * JITTER);
    },
    reset() {
      failures = 0;
    },
  };
}
