import { setTimeout as delay } from 'node:timers/promises';
import type { ReconciliationReason } from '../../shared/contract/day.ts';
import type { HistoryAnswer, HistoryActivity } from '../airmiles/history.ts';
import type { PartnerClient } from '../airmiles/client.ts';
import type { Clock } from '../clock.ts';
import { backoffMs } from '../forwarding/backoff.ts';
import type { Forwarder } from '../forwarding/forwarder.ts';
import { createTokenBucket } from '../forwarding/token-bucket.ts';

export interface AskOptions {
  readonly client: Pick<PartnerClient, 'readHistory'>;
  readonly forwarder: Pick<Forwarder, 'withTurn'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly sponsorCodes: readonly string[];
  readonly perSecond: number;
  readonly requestTimeoutMs: number;
  readonly backoff: { readonly firstMs: number; readonly capMs: number };
}

export type Asked =
  | { readonly kind: 'activities'; readonly activities: readonly HistoryActivity[] }
  /** About this Collector nobody can be asked: the far end's own code, or a turn that never came free. */
  | { readonly kind: 'not-asked'; readonly detail: string }
  /** About nobody, now. */
  | { readonly kind: 'no-way'; readonly reason: ReconciliationReason; readonly detail: string | undefined };

const PAGE_SIZE = 100;
/** As many as a Collector can never have, so that an answer that always says "more" ends. */
const MOST_PAGES = 200;
const TRIES = 4;
const TURN_WAIT_MS = 100;
const TURN_TRIES = 100;

type Failed = Exclude<HistoryAnswer, { readonly kind: 'activities' }>;

const isPassing = (answer: Failed): boolean =>
  answer.kind === 'refused'
    ? answer.status >= 500 || answer.status === 408 || answer.status === 429
    : answer.failure.kind !== 'token-refused' && answer.failure.kind !== 'client-not-allowed';

const codeOf = ({ status, code }: Extract<Failed, { kind: 'refused' }>): string =>
  [`HTTP ${status}`, code].filter((part) => part !== undefined).join(' · ');

function meaningOf(answer: Failed): Asked {
  if (answer.kind === 'refused') {
    const detail = codeOf(answer);
    // The documentation has 401 for the Collector's number and account; the client has tried a fresh token before.
    if (answer.status === 401) return { kind: 'not-asked', detail };
    if (answer.status === 403) return { kind: 'no-way', reason: 'not-allowed', detail };
    return { kind: 'no-way', reason: isPassing(answer) ? 'no-answer' : 'request-refused', detail };
  }
  const { kind } = answer.failure;
  if (kind === 'token-refused') return { kind: 'no-way', reason: 'token-refused', detail: undefined };
  if (kind === 'client-not-allowed') return { kind: 'no-way', reason: 'not-allowed', detail: undefined };
  return { kind: 'no-way', reason: 'no-answer', detail: kind };
}

/**
 * Asks Transaction History about one Collector at a time: all pages, in that Collector's own turn so that no sale is
 * sent beside it, paced over everybody, and again with growing waits where the answer does not come.
 */
export function createAsker(options: AskOptions) {
  const { client, forwarder, clock, random, backoff } = options;
  const bucket = createTokenBucket(options.perSecond, 1, clock.monotonicMs());

  async function pace(signal: AbortSignal): Promise<void> {
    while (bucket.available(clock.monotonicMs()) < 1) await delay(bucket.delayMs(), undefined, { signal });
    bucket.take(1);
  }

  async function readAll(
    question: { readonly collectorNumber: string; readonly from: string; readonly to: string },
    signal: AbortSignal,
  ): Promise<HistoryAnswer> {
    const activities: HistoryActivity[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      await pace(signal);
      const answer = await client.readHistory(
        {
          ...question,
          sponsorCodes: options.sponsorCodes,
          page,
          size: PAGE_SIZE,
          totalTimeoutMs: options.requestTimeoutMs,
        },
        signal,
      );
      if (answer.kind !== 'activities') return answer;
      activities.push(...answer.activities);
      const pages = answer.totalPages ?? (answer.activities.length < PAGE_SIZE ? page + 1 : page + 2);
      if (page + 1 >= pages) return { ...answer, activities };
    }
    return { kind: 'unanswered', failure: { kind: 'answer-unreadable' } };
  }

  async function inTurn(
    question: Parameters<typeof readAll>[0],
    signal: AbortSignal,
  ): Promise<HistoryAnswer | undefined> {
    for (let tries = 0; tries < TURN_TRIES; tries += 1) {
      const turn = await forwarder.withTurn(question.collectorNumber, (stopping) =>
        readAll(question, AbortSignal.any([stopping, signal])),
      );
      if (turn.kind === 'had') return turn.result;
      await delay(TURN_WAIT_MS, undefined, { signal });
    }
    return undefined;
  }

  /** Rejects with the signal's reason where it ends first. */
  return async (question: Parameters<typeof readAll>[0], signal: AbortSignal): Promise<Asked> => {
    for (let failures = 0; ; failures += 1) {
      const answer = await inTurn(question, signal);
      signal.throwIfAborted();
      if (answer === undefined) return { kind: 'not-asked', detail: 'busy' };
      if (answer.kind === 'activities') return answer;
      if (!isPassing(answer) || failures + 1 >= TRIES) return meaningOf(answer);
      const askedMs = answer.kind === 'refused' ? (answer.retryAfterMs ?? 0) : 0;
      const waitMs = Math.max(backoffMs(backoff, failures, random), Math.min(askedMs, backoff.capMs));
      await delay(waitMs, undefined, { signal });
    }
  };
}
