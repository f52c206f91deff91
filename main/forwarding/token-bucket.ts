/**
 * Paces what was stored: `perSecond` on average, `burst` at once. Thousands of terminals come back from one outage
 * together, and none of them may flood the far end. Times are monotonic milliseconds.
 */
export function createTokenBucket(perSecond: number, burst: number, startMs: number) {
  let tokens = burst;
  let refilledAtMs = startMs;
  const refill = (nowMs: number): void => {
    tokens = Math.min(burst, tokens + ((nowMs - refilledAtMs) / 1000) * perSecond);
    refilledAtMs = nowMs;
  };
  return {
    /** How many may go now. */
    available(nowMs: number): number {
      refill(nowMs);
      return Math.floor(tokens);
    },
    take(count: number): void {
      tokens -= count;
    },
    /** Milliseconds until at least one may go. */
    delayMs: (): number => (tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)),
  };
}
