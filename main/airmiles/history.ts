import { AssumedHistory } from './assumed.ts';
import type { Exchanged } from './exchange.ts';
import type { NetworkFailure } from './failures.ts';
import { parseJson, readAnswer, readRetryAfter } from './reading.ts';

/** One activity of a Collector, as far as it can be read. The card's number stays in the answer. */
export interface HistoryActivity {
  readonly transactionId: string | undefined;
  readonly activityType: string | undefined;
  readonly transactionDate: string | undefined;
  /** Negative where Miles were taken back. */
  readonly milesAmount: number | undefined;
  /** The id under which a partner sent it. */
  readonly partnerTransactionId: string | undefined;
}

export type HistoryAnswer =
  | {
      readonly kind: 'activities';
      readonly activities: readonly HistoryActivity[];
      readonly totalPages: number | undefined;
    }
  /** 401 after a fresh token: the Collector's number or account, says the documentation. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string | undefined;
      readonly message: string | undefined;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly kind: 'unanswered'; readonly failure: NetworkFailure };

/** Reads what Transaction History said. An empty list may be left out of it; a body that is none is no answer. */
export function historyOf(exchanged: Exchanged): HistoryAnswer {
  if (exchanged.kind === 'failed') return { kind: 'unanswered', failure: exchanged.failure };
  const { status, headers, body, isTorn } = exchanged;
  if (status !== 200) {
    const { code, message } = readAnswer(body, isTorn);
    const retryAfterMs = readRetryAfter(headers['retry-after'], Date.now());
    return { kind: 'refused', status, code, message, retryAfterMs };
  }
  const read = AssumedHistory.safeParse(isTorn ? undefined : parseJson(body));
  if (!read.success) return { kind: 'unanswered', failure: { kind: 'answer-unreadable' } };
  const activities = read.data['_embedded']?.genericActivityDtoList ?? [];
  return {
    kind: 'activities',
    activities: activities.map((activity) => ({
      transactionId: activity.transactionId,
      activityType: activity.activityType?.toUpperCase(),
      transactionDate: activity.transactionDate,
      milesAmount: activity.milesAmount,
      partnerTransactionId: activity.partnerTransactionId,
    })),
    totalPages: read.data.page?.totalPages,
  };
}
