import type { Clock } from '../../main/clock.ts';

/** A clock that moves only when told to. `jump` moves the wall clock alone, as a person or a time server does. */
export function createManualClock(startMs = Date.parse('2026-06-01T15:00:00Z')) {
  let wallMs = startMs;
  let monotonicMs = 0;
  let timers: Array<{ readonly atMs: number; readonly action: () => void }> = [];
  const clock: Clock = {
    nowMs: () => wallMs,
    monotonicMs: () => monotonicMs,
    after: (delayMs, action) => {
      const timer = { atMs: monotonicMs + delayMs, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  return {
    clock,
    advance(byMs: number): void {
      wallMs += byMs;
      monotonicMs += byMs;
      const due = timers.filter(({ atMs }) => atMs <= monotonicMs);
      timers = timers.filter(({ atMs }) => atMs > monotonicMs);
      for (const { action } of due) action();
    },
    jump(byMs: number): void {
      wallMs += byMs;
    },
    pendingTimers: (): number => timers.length,
  };
}
