import { HistoryQuery } from '../airmiles/history-query.ts';
import { transactionDayOf } from '../../shared/domain/transaction-day.ts';
import { answer, refusal, type CounterAnswer } from './answers.ts';
import type { CollectorBook } from './collectors.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** The longest range that may be asked for. */
const MAX_RANGE_YEARS = 2;

const orUndefined = (values: readonly string[]): readonly string[] | undefined =>
  values.length === 0 ? undefined : values;

function readQuery(query: URLSearchParams) {
  const { sort, ...rest } = Object.fromEntries(
    [...new Set(query.keys())].map((name) => [name, query.getAll(name)] as const),
  );
  const single = Object.fromEntries(
    // Given twice, a parameter becomes a list and is refused.
    Object.entries(rest).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
  return HistoryQuery.safeParse({ ...single, sort: orUndefined(sort ?? []) });
}

function isTooLong(from: string, to: string): boolean {
  const limit = new Date(`${from}T00:00:00Z`);
  limit.setUTCFullYear(limit.getUTCFullYear() + MAX_RANGE_YEARS);
  return Date.parse(to) > limit.getTime();
}

function activityOf(entry: LedgerEntry, memberId: number) {
  return {
    transactionId: entry.transactionId,
    memberId,
    cardNumber: entry.collectorNumber,
    activityType: 'ISSUANCE',
    transactionDate: new Date(entry.atMs).toISOString(),
    milesAmount: entry.milesAmount,
    partnerTransactionId: entry.checkoutTransactionId,
  };
}

/** The sponsor request of Transaction History over the ledger, its rules as published, its body assumed. */
export function createHistory(
  collectors: CollectorBook,
  ledger: Ledger,
): (query: URLSearchParams) => CounterAnswer {
  return (query) => {
    const read = readQuery(query);
    if (!read.success) {
      const names = [...new Set(read.error.issues.map(({ path }) => path.join('.') || 'the query'))];
      return refusal('invalidDetails', `Missing or wrong: ${names.join(', ')}.`);
    }
    const { from, to, page, size, sort, collectorNumber } = read.data;
    if (to < from || isTooLong(from, to)) {
      return refusal('invalidDetails', 'The range ends before it begins or is longer than two years.');
    }
    const found = collectors.find(collectorNumber);
    if (found === undefined) return refusal('historyNumberInvalid', 'No such Collector.');
    if (found.state === 'closed') return refusal('historyAccountInactive', 'The account is not active.');

    const entries = ledger.entries().filter((entry) => {
      if (entry.creditedTo !== found.account) return false;
      const day = transactionDayOf(entry.atMs, 'EST');
      return from <= day && day <= to;
    });
    // The ledger is in the order of time.
    const isNewestFirst = sort[0]?.toLowerCase().endsWith(',desc') ?? false;
    const sorted = isNewestFirst ? entries.toReversed() : entries;
    const first = Number(page) * Number(size);
    const shown = sorted.slice(first, first + Number(size));
    const memberId = collectors.list().findIndex((each) => each.collectorNumber === found.account) + 1;
    return answer(200, {
      // Empty elements are left out, as the documentation has it.
      ...(shown.length === 0
        ? {}
        : { _embedded: { genericActivityDtoList: shown.map((entry) => activityOf(entry, memberId)) } }),
      page: {
        size: Number(size),
        totalElements: sorted.length,
        totalPages: Math.ceil(sorted.length / Number(size)),
        number: Number(page),
      },
    });
  };
}
