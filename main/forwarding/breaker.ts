import { backoffMs, type BackoffRule } from './backoff.ts';

export interface BreakerRule extends BackoffRule {
  /** Connection faults in a row that open it. */
  readonly failuresToOpen: number;
  /** Requests on the wire at once when all is well. */
  readonly parallel: number;
}

/**
 * One circuit breaker for the one connection. Closed: `parallel` requests at once. Open: none, until `probeAtMs`, then
 * a single probe. A probe that gets through lets one, two, four… requests go: the far end is not flooded the moment it
 * comes back. Times are monotonic milliseconds. Pure: every change returns a new value.
 */
export type Breaker =
  | { readonly kind: 'closed'; readonly failures: number; readonly allowed: number }
  | { readonly kind: 'open'; readonly failures: number; readonly probeAtMs: number };

export const closedBreaker = (rule: BreakerRule): Breaker => ({
  kind: 'closed',
  failures: 0,
  allowed: rule.parallel,
});

/** After an answer of any kind: the way is open. */
export function afterAnswer(breaker: Breaker, rule: BreakerRule): Breaker {
  const allowed = breaker.kind === 'open' ? 1 : Math.min(rule.parallel, breaker.allowed * 2);
  return { kind: 'closed', failures: 0, allowed };
}

/** After a connection fault. */
export function afterFault(
  breaker: Breaker,
  rule: BreakerRule,
  nowMs: number,
  random: () => number,
): Breaker {
  const failures = breaker.failures + 1;
  if (breaker.kind === 'closed' && failures < rule.failuresToOpen) return { ...breaker, failures };
  const rounds = Math.max(0, failures - rule.failuresToOpen);
  return { kind: 'open', failures, probeAtMs: nowMs + backoffMs(rule, rounds, random) };
}
