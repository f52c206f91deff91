import { assertNever } from '../../shared/domain/assert-never.ts';
import { takesBack } from '../../shared/domain/transaction-kind.ts';
import { transactionDayOf, type TransactionDayZone } from '../../shared/domain/transaction-day.ts';
import type { HistoryActivity } from '../airmiles/history.ts';
import type { NewDifference } from '../journal/day-rows.ts';
import type { TransactionRow } from '../journal/rows.ts';

export interface Comparison {
  readonly matched: number;
  readonly awaited: number;
  readonly found: ReadonlyArray<{ readonly seq: number; readonly milesAmount: number | undefined }>;
  readonly differences: readonly NewDifference[];
  /** On that day there, and none of the day's here: missing here unless another day of this journal has it. */
  readonly strangers: readonly NewDifference[];
}

interface There {
  readonly activities: readonly HistoryActivity[];
  readonly miles: number | undefined;
}

/** One transaction can be listed offer by offer: its Miles are the sum; unknown where one of them is. */
function byReference(activities: readonly HistoryActivity[]): ReadonlyMap<string, There> {
  const result = new Map<string, There>();
  for (const activity of activities) {
    const reference = activity.partnerTransactionId;
    if (reference === undefined) continue;
    const before = result.get(reference) ?? { activities: [], miles: 0 };
    const miles =
      before.miles === undefined || activity.milesAmount === undefined
        ? undefined
        : before.miles + activity.milesAmount;
    result.set(reference, { activities: [...before.activities, activity], miles });
  }
  return result;
}

/** Pages shift when something new comes in between them: what came twice is one. */
function withoutRepeats(activities: readonly HistoryActivity[]): HistoryActivity[] {
  const seen = new Set<string>();
  return activities.filter(({ transactionId }) => {
    if (transactionId === undefined || transactionId === '') return true;
    const isNew = !seen.has(transactionId);
    seen.add(transactionId);
    return isNew;
  });
}

/** A date without a time is a day already; one that can not be read may be of any day, this one included. */
function isOn(day: string, { transactionDate }: HistoryActivity, zone: TransactionDayZone): boolean {
  if (transactionDate === undefined) return true;
  if (/^\d{4}-\d{2}-\d{2}$/.test(transactionDate)) return transactionDate === day;
  const instantMs = Date.parse(transactionDate);
  return Number.isNaN(instantMs) || transactionDayOf(instantMs, zone) === day;
}

/**
 * Holds what this journal has of one Collector on one Transaction Day against what Transaction History lists from that
 * day on. Later days are asked for too, because a sale that waited for the network is listed when it arrived.
 */
export function compare(
  { collectorNumber, rows }: { readonly collectorNumber: string; readonly rows: readonly TransactionRow[] },
  listed: readonly HistoryActivity[],
  day: string,
  zone: TransactionDayZone,
): Comparison {
  const activities = withoutRepeats(listed);
  const there = byReference(activities);
  const found: { seq: number; milesAmount: number | undefined }[] = [];
  const differences: NewDifference[] = [];
  let matched = 0;
  let awaited = 0;

  for (const row of rows) {
    const { seq, reference, state, kind, reason } = row;
    const sign = takesBack(kind) ? -1 : 1;
    const milesHere = row.milesAmount === null ? null : sign * row.milesAmount;
    const entry = there.get(reference);
    const differs = (difference: Pick<NewDifference, 'kind' | 'milesHere'>): void => {
      const milesThere = entry?.miles ?? null;
      differences.push({ ...difference, seq, collectorNumber, reference, milesThere, detail: null });
    };
    switch (state) {
      case 'credited':
        // RECORD and a sale of no Miles move nothing: nobody says that they are listed.
        if (entry === undefined && kind !== 'record' && milesHere !== 0) {
          differs({ kind: 'missing-there', milesHere });
        } else if (entry?.miles !== undefined && milesHere !== null && entry.miles !== milesHere) {
          differs({ kind: 'different', milesHere });
        } else matched += 1;
        break;
      case 'accepted':
        if (entry === undefined) awaited += 1;
        else {
          found.push({ seq, milesAmount: entry.miles === undefined ? undefined : Math.abs(entry.miles) });
          matched += 1;
        }
        break;
      case 'needs-manager':
        if (reason !== 'may-have-arrived') {
          if (entry !== undefined) differs({ kind: 'different', milesHere: 0 });
        } else if (entry === undefined) differs({ kind: 'missing-there', milesHere });
        else {
          found.push({ seq, milesAmount: entry.miles === undefined ? undefined : Math.abs(entry.miles) });
          matched += 1;
        }
        break;
      case 'cancelled':
      case 'written-off':
        if (entry !== undefined && entry.miles !== 0) differs({ kind: 'different', milesHere: 0 });
        break;
      case 'due':
        // Still to be sent, or on its way: it settles itself.
        break;
      default:
        assertNever(state);
    }
  }

  const own = new Set(rows.map(({ reference }) => reference));
  const strange = activities.filter(
    (activity) => !own.has(activity.partnerTransactionId ?? '') && isOn(day, activity, zone),
  );
  const strangers = strange.map(({ partnerTransactionId, transactionId, milesAmount }): NewDifference => ({
    kind: 'missing-here',
    seq: null,
    collectorNumber,
    reference: partnerTransactionId ?? null,
    milesHere: null,
    milesThere: milesAmount ?? null,
    detail: transactionId ?? null,
  }));
  return { matched, awaited, found, differences, strangers };
}
