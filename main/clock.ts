/** The machine's two clocks and its timers, so that time can be driven by a test. */
export interface Clock {
  /** Milliseconds since 1970 UTC, as the machine believes; it can jump. */
  nowMs(): number;
  /** Milliseconds since an arbitrary moment; it never jumps. */
  monotonicMs(): number;
  /** Calls back once, not before `delayMs`; returns the way to cancel. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Calls `act` once for all changes within `everyMs`. */
export function coalesce(clock: Clock, everyMs: number, act: () => void) {
  let cancel: (() => void) | undefined;
  return {
    changed(): void {
      cancel ??= clock.after(everyMs, () => {
        cancel = undefined;
        act();
      });
    },
    stop: (): void => cancel?.(),
  };
}
