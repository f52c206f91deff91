import type { ConnectionState } from '../../shared/contract/views.ts';
import type { OutcomeReason } from '../../shared/domain/outcome.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import { backoffMs, type BackoffRule } from './backoff.ts';
import { afterAnswer, afterFault, closedBreaker, type Breaker } from './breaker.ts';
import { isConnectionFault, type Verdict } from './verdict.ts';

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly parallel: number;
  readonly backoff: BackoffRule;
  /** The backlog waits a random part of this after an outage, so that terminals do not come back in one second. */
  readonly returnSpreadMs: number;
  readonly onChange: (state: ConnectionState) => void;
}

const BREAKER_FAILURES = 3;
const BREAKER_CAP_MS = 60_000;
const FIRST_HOLD_MS = 15_000;
/** Somebody pressing Issue may try a closed way again, but not more often than this. */
const PRESS_PROBE_MS = 2000;

/** What is known of the way to AIR MILES, and how many requests may be on it. One for the whole program. */
export function createConnection(options: ConnectionOptions) {
  const { clock, random, log, backoff, onChange } = options;
  const rule = {
    firstMs: backoff.firstMs,
    capMs: Math.min(BREAKER_CAP_MS, backoff.capMs),
    failuresToOpen: BREAKER_FAILURES,
    parallel: options.parallel,
  };
  let breaker: Breaker = closedBreaker(rule);
  let held: { readonly tries: number; readonly untilMs: number } | undefined;
  let lastTriedAtMs = Number.NEGATIVE_INFINITY;
  let state: ConnectionState = { kind: 'unknown' };
  let clockAhead = 0;
  let backlogFromMs = clock.monotonicMs() + random() * options.returnSpreadMs;

  const announce = (next: ConnectionState): void => {
    const isSame =
      next.kind === state.kind &&
      (next.kind !== 'trouble' || (state.kind === 'trouble' && next.reason === state.reason));
    if (isSame) return;
    state = next;
    onChange(state);
  };
  const trouble = (reason: OutcomeReason, detail: string | undefined, isHeld: boolean): void =>
    announce({
      kind: 'trouble',
      reason,
      ...(detail === undefined ? {} : { detail }),
      isHeld,
      sinceMs: clock.nowMs(),
    });

  const probeAtMs = (): number | undefined =>
    held?.untilMs ?? (breaker.kind === 'open' ? breaker.probeAtMs : undefined);

  return {
    state: (): ConnectionState => state,
    /** Monotonic moment of the next single try while the way is closed; undefined while it is open. */
    probeAtMs,
    /** From when on stored transactions may go, in monotonic milliseconds. */
    backlogFromMs: (): number => backlogFromMs,
    /** How many requests may be on the wire now. */
    allowed(): number {
      const probeAt = probeAtMs();
      if (probeAt !== undefined) return clock.monotonicMs() >= probeAt ? 1 : 0;
      return breaker.kind === 'closed' ? breaker.allowed : 0;
    },
    /** A person asked: try at once, whatever was closed. */
    reopen(): void {
      held = undefined;
      backlogFromMs = 0;
      if (breaker.kind === 'open') breaker = { ...breaker, probeAtMs: 0 };
    },
    /** A sale was just recorded: a closed way may be tried a little sooner. */
    nudge(): void {
      const soonestMs = lastTriedAtMs + PRESS_PROBE_MS;
      if (breaker.kind === 'open')
        breaker = { ...breaker, probeAtMs: Math.min(breaker.probeAtMs, soonestMs) };
    },
    /** How far this terminal's clock was ahead of the server's at the last answer, in milliseconds. */
    clockAheadMs: (): number => clockAhead,
    /** An answer carried the server's clock, in whole seconds. */
    sawServerDate(serverDateMs: number): void {
      clockAhead = clock.nowMs() - serverDateMs;
    },
    /** Learns from what one request met. */
    learn(verdict: Verdict): void {
      const nowMs = clock.monotonicMs();
      lastTriedAtMs = nowMs;
      if (verdict.kind === 'held') {
        const tries = (held?.tries ?? 0) + 1;
        const delayMs = backoffMs({ firstMs: FIRST_HOLD_MS, capMs: backoff.capMs }, tries - 1, random);
        held = { tries, untilMs: nowMs + delayMs };
        log.warn('queue-held', { reason: verdict.reason });
        trouble(verdict.reason, verdict.detail, true);
        return;
      }
      held = undefined;
      if (verdict.kind === 'unknown' && isConnectionFault(verdict.reason)) {
        const wasOpen = breaker.kind === 'open';
        breaker = afterFault(breaker, rule, nowMs, random);
        if (breaker.kind === 'open' && !wasOpen) log.warn('connection-lost', { reason: verdict.reason });
        trouble(verdict.reason, verdict.detail, false);
        return;
      }
      if (breaker.kind === 'open') {
        backlogFromMs = nowMs + random() * options.returnSpreadMs;
        log.info('connection-back');
      }
      breaker = afterAnswer(breaker, rule);
      if (verdict.kind === 'unknown') trouble(verdict.reason, verdict.detail, false);
      else announce({ kind: 'reachable' });
    },
  };
}
export type Connection = ReturnType<typeof createConnection>;
