import { performance } from 'node:perf_hooks';

/** Time as the device layer needs it: a reading that never goes back, and one-shot timers. */
export interface Clock {
  nowMs(): number;
  /** Runs once after `delayMs`; returns the way to cancel it. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
