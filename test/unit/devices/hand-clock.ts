import type { Clock } from '../../../main/clock.ts';

/** A clock moved by hand; timers run in the order they are due. */
export interface HandClock extends Clock {
  advance(byMs: number): void;
  /** Time passes and nothing runs, as on a machine that is held up; what is due runs at the next `advance`. */
  stall(byMs: number): void;
}

export function createHandClock(): HandClock {
  let nowMs = 0;
  const timers = new Set<{ readonly dueMs: number; readonly run: () => void }>();
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, run) {
      const timer = { dueMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    stall: (byMs) => void (nowMs += byMs),
    advance(byMs) {
      const untilMs = nowMs + byMs;
      for (;;) {
        const next = [...timers].toSorted((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined || next.dueMs > untilMs) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.dueMs);
        next.run();
      }
      nowMs = untilMs;
    },
  };
}
