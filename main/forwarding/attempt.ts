import { assertNever } from '../../shared/domain/assert-never.ts';
import type { IssuanceClient } from '../airmiles/client.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Journal } from '../journal/journal.ts';
import { MINIMUM_ATTEMPTS, type Claim, type Settlement, type TransactionRow } from '../journal/rows.ts';
import { backoffMs, type BackoffRule } from './backoff.ts';
import type { Connection } from './connection.ts';
import { codeOf, verdictOn, type Verdict } from './verdict.ts';

export interface AttemptPolicy {
  readonly backoff: BackoffRule;
  /** How long AIR MILES is assumed to know a key after the first send that may have arrived. No page says. */
  readonly keyLifetimeMs: number;
  readonly requestTimeoutMs: number;
}

/** What sending stands on, a turn and an attempt alike. */
export interface SendingParts<Policy extends AttemptPolicy> {
  readonly journal: Journal;
  readonly client: IssuanceClient;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly policy: Policy;
}

interface AttemptDependencies extends SendingParts<AttemptPolicy> {
  readonly onSent: (seq: number) => void;
  /** It came off the wire, answered or not; nothing is written down yet. */
  readonly onAnswered: (seq: number) => void;
}

export interface Attempt {
  /**
   * Sends what was claimed, once, and writes down what came of it: the row as it stands then, undefined where the queue
   * is held or the send was cut short, which count as no attempt. Throws `JournalUnavailable` where it can't be written.
   */
  make(taken: Claim, signal: AbortSignal): Promise<TransactionRow | undefined>;
}

/** One try of one claimed transaction. Who has a turn, and when, is the forwarder's. */
export function createAttempt(dependencies: AttemptDependencies): Attempt {
  const { journal, client, connection, clock, random, log, policy, onSent, onAnswered } = dependencies;

  const hasLapsed = (taken: Claim): boolean =>
    taken.maybeSentBeforeMs !== null &&
    taken.attempts >= MINIMUM_ATTEMPTS &&
    clock.nowMs() - taken.maybeSentBeforeMs > policy.keyLifetimeMs;

  async function parkLapsed(taken: Claim): Promise<TransactionRow> {
    const row = await journal.park(taken.seq, 'may-have-arrived', clock.nowMs());
    log.warn('key-lifetime-over', { seq: taken.seq, reference: row.reference });
    return row;
  }

  async function send(taken: Claim, signal: AbortSignal): Promise<TransactionRow | undefined> {
    const { seq } = taken;
    onSent(seq);
    const startedAtMs = clock.nowMs();
    const answer = await client.send(
      {
        endpoint: taken.kind,
        // RECORD is the one call without a key.
        idempotencyKey: taken.kind === 'record' ? undefined : taken.idempotencyKey,
        body: taken.request,
        totalTimeoutMs: policy.requestTimeoutMs,
      },
      signal,
    );
    const verdict = verdictOn(answer);
    const isCutShort = signal.aborted && answer.kind === 'unanswered';
    if (!isCutShort) connection.learn(verdict);
    if (answer.kind === 'answered' && answer.serverDateMs !== undefined)
      connection.sawServerDate(answer.serverDateMs);
    onAnswered(seq);
    if (verdict.kind === 'held' || isCutShort) {
      if (answer.kind === 'answered' || !answer.mayHaveArrived) await journal.release([taken]);
      return undefined;
    }
    const attempt = {
      code: codeOf(verdict),
      status: answer.kind === 'answered' ? answer.status : undefined,
      elapsedMs: Math.round(answer.elapsedMs),
    };
    const row = await journal.settle({
      ...attempt,
      seq,
      startedAtMs,
      detail: 'detail' in verdict ? verdict.detail?.slice(0, 500) : undefined,
      serverDateMs: answer.kind === 'answered' ? answer.serverDateMs : undefined,
      answer: answer.kind === 'answered' && answer.body.byteLength > 0 ? answer.body : undefined,
      next: nextFor(verdict, taken),
    });
    log.info('attempt-ended', { ...attempt, seq, reference: row.reference, attempt: row.attempts });
    return row;
  }

  function nextFor(verdict: Exclude<Verdict, { kind: 'held' }>, taken: Claim): Settlement['next'] {
    switch (verdict.kind) {
      case 'credited':
      case 'accepted':
        return verdict;
      case 'refused':
        return { kind: 'needs-manager', reason: 'rejected' };
      case 'unknown': {
        const ownMs = backoffMs(policy.backoff, taken.attempts, random);
        const askedMs = Math.min(verdict.retryAfterMs ?? 0, policy.backoff.capMs);
        return {
          kind: 'due',
          reason: verdict.reason,
          dueAtMs: clock.nowMs() + Math.max(ownMs, askedMs),
          surelyNotSent: !verdict.mayHaveArrived && taken.maybeSentBeforeMs === null,
        };
      }
      default:
        return assertNever(verdict);
    }
  }

  return {
    make: (taken, signal) => (hasLapsed(taken) ? parkLapsed(taken) : send(taken, signal)),
  };
}
