import type { CheckTrouble } from '../../shared/contract/board.ts';
import { transactionDayOf, type TransactionDayZone } from '../../shared/domain/transaction-day.ts';
import type { PartnerClient } from '../airmiles/client.ts';
import type { HistoryActivity, HistoryAnswer } from '../airmiles/history.ts';
import type { Clock } from '../clock.ts';
import type { Forwarder } from '../forwarding/forwarder.ts';
import type { TransactionRow } from '../journal/rows.ts';

export interface CheckDependencies {
  readonly client: Pick<PartnerClient, 'readHistory'>;
  readonly forwarder: Pick<Forwarder, 'withTurn'>;
  readonly clock: Clock;
  readonly sponsorCodes: readonly string[];
  readonly transactionDayZone: TransactionDayZone;
}

export type CheckResult =
  | { readonly kind: 'found'; readonly milesAmount: number | undefined }
  | { readonly kind: 'not-found' }
  | {
      readonly kind: 'unavailable';
      readonly trouble: CheckTrouble;
      readonly detail: string | undefined;
    };

/** For all pages together: somebody waits in front of the screen. */
const TOTAL_MS = 8000;
const PAGE_SIZE = 100;
const MAX_PAGES = 20;
const DAY_MS = 86_400_000;
/** Transaction History answers for at most two years. */
const MAX_RANGE_DAYS = 730;

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);

function unavailable(answer: Exclude<HistoryAnswer, { kind: 'activities' }>): CheckResult {
  if (answer.kind === 'unanswered') {
    const { failure } = answer;
    return {
      kind: 'unavailable',
      trouble: failure.kind,
      detail: 'code' in failure ? failure.code : undefined,
    };
  }
  const detail = [`HTTP ${answer.status}`, answer.code, answer.message]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
  return { kind: 'unavailable', trouble: 'refused', detail: detail.slice(0, 500) };
}

/** Miles are stated positive here, also where they were taken back; unknown where one of the activities tells none. */
function milesOf(found: readonly HistoryActivity[]): number | undefined {
  const miles = found.map(({ milesAmount }) => milesAmount);
  return miles.every((amount) => amount !== undefined)
    ? Math.abs(miles.reduce((sum, amount) => sum + amount, 0))
    : undefined;
}

/**
 * Asks Transaction History whether AIR MILES has a transaction, by the reference it was sent under, in its Collector's
 * turn. Only a history that was read to its end can say that it is not there.
 */
export async function checkWithHistory(
  row: Pick<TransactionRow, 'collectorNumber' | 'reference' | 'transactionDay'>,
  { client, forwarder, clock, sponsorCodes, transactionDayZone }: CheckDependencies,
): Promise<CheckResult> {
  if (sponsorCodes.length === 0)
    return { kind: 'unavailable', trouble: 'no-sponsor-codes', detail: undefined };
  const to = transactionDayOf(clock.nowMs(), transactionDayZone);
  // A day earlier: the programme's day and its clock may differ from this terminal's.
  const earliest = dayBefore(to, MAX_RANGE_DAYS - 1);
  const first = dayBefore(row.transactionDay, 1);
  const from = first < earliest ? earliest : first > to ? to : first;

  async function read(signal: AbortSignal): Promise<CheckResult> {
    const endsAtMs = clock.monotonicMs() + TOTAL_MS;
    const found: HistoryActivity[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const totalTimeoutMs = Math.max(1, Math.round(endsAtMs - clock.monotonicMs()));
      const { collectorNumber } = row;
      const range = { collectorNumber, sponsorCodes, from, to, page, size: PAGE_SIZE };
      const answer = await client.readHistory({ ...range, totalTimeoutMs }, signal);
      if (answer.kind !== 'activities') return unavailable(answer);
      const { activities, totalPages } = answer;
      found.push(...activities.filter((activity) => activity.partnerTransactionId === row.reference));
      const isLast = totalPages === undefined ? activities.length < PAGE_SIZE : page + 1 >= totalPages;
      if (isLast) {
        return found.length === 0 ? { kind: 'not-found' } : { kind: 'found', milesAmount: milesOf(found) };
      }
    }
    if (found.length > 0) return { kind: 'found', milesAmount: milesOf(found) };
    return { kind: 'unavailable', trouble: 'too-many', detail: undefined };
  }

  const turn = await forwarder.withTurn(row.collectorNumber, read);
  return turn.kind === 'had' ? turn.result : { kind: 'unavailable', trouble: 'busy', detail: undefined };
}
