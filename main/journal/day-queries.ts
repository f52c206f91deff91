import type Database from 'better-sqlite3';
import type { DayEntry, DaySummary, LoggedRow, OfferTotal } from './day-rows.ts';
import type { DayTotal, JournalLine, TransactionRow } from './rows.ts';
import { ROW } from './statements.ts';

const STATED = `json_each(iif(json_valid(CAST(t.request AS TEXT)), CAST(t.request AS TEXT), '{}'), '$.issuances')`;
const STATING = `('post', 'reverse', 'post-event', 'reverse-event')`;
const OF_DAY = `FROM transactions t INDEXED BY transactions_by_day JOIN deliveries d ON d.seq = t.seq`;

/** What is asked about whole Transaction Days. Reads only, in pages where there can be many. */
export function createDayQueries(database: Database.Database) {
  const many = <Row>(sql: string) => database.prepare<unknown[], Row>(sql);

  // What was credited, else what the stored bytes state; unknown only where AIR MILES calculates and has not said.
  const totals = many<DayTotal>(`WITH day AS (SELECT t.kind, d.state, t.pre_tax_cents,
      coalesce(d.miles_amount, iif(t.kind IN ${STATING},
        (SELECT sum(json_extract(value, '$.milesAmount')) FROM ${STATED}), iif(t.kind = 'record', 0, NULL))) AS miles
      ${OF_DAY} WHERE t.transaction_day = +?)
    SELECT kind, state, count(*) AS count, CAST(total(miles) AS INTEGER) AS milesAmount,
      sum(miles IS NULL) AS milesUnknown, sum(pre_tax_cents) AS preTaxCents
    FROM day GROUP BY kind, state ORDER BY kind, state`);
  const offers =
    many<OfferTotal>(`SELECT json_extract(i.value, '$.issuanceOfferCode') AS offerCode, t.kind, d.state,
      count(*) AS count, CAST(total(json_extract(i.value, '$.milesAmount')) AS INTEGER) AS milesAmount
    ${OF_DAY}, ${STATED} i WHERE t.transaction_day = +? AND t.kind IN ${STATING}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
  const earlierOwed = database
    .prepare<[string], number>(
      `SELECT count(*) FROM deliveries d INDEXED BY deliveries_open JOIN transactions t ON t.seq = d.seq
       WHERE (d.state = 'due' OR d.state = 'needs-manager') AND t.transaction_day < ?`,
    )
    .pluck();
  const owed = many<TransactionRow>(`${ROW} WHERE t.transaction_day = +? AND t.seq > +?
    AND d.state IN ('due', 'needs-manager', 'accepted') ORDER BY t.seq LIMIT +?`);
  // Each step finds the next earlier day in the index, however many sales a day has.
  const days = many<DayEntry>(`WITH RECURSIVE listed(day) AS (
      SELECT max(transaction_day) FROM transactions
      UNION ALL
      SELECT (SELECT max(transaction_day) FROM transactions WHERE transaction_day < listed.day)
      FROM listed WHERE listed.day IS NOT NULL)
    SELECT day, (SELECT count(*) FROM transactions WHERE transaction_day = day) AS count
    FROM listed WHERE day IS NOT NULL LIMIT +?`);
  const log = many<LoggedRow>(
    `${ROW.replace('SELECT ', 'SELECT t.request, o.reference AS originalReference, ')}
     LEFT JOIN transactions o ON o.seq = t.original_seq
     WHERE t.transaction_day = +? AND t.seq > +? ORDER BY t.seq LIMIT +?`,
  );
  const closings = many<JournalLine>(`SELECT id, seq, at_ms AS atMs, what, actor, detail FROM audit
    WHERE seq IS NULL AND what = 'day-closed' AND json_extract(detail, '$.day') = ? ORDER BY id`);

  return {
    daySummary: (day: string): DaySummary => ({
      totals: totals.all(day),
      offers: offers.all(day),
      earlierOwed: earlierOwed.get(day) ?? 0,
    }),
    /** Days on which something was recorded, newest first. */
    days: (limit: number): DayEntry[] => days.all(limit),
    /** What of a day is not final, oldest first. */
    owedPage: (day: string, afterSeq: number, limit: number): TransactionRow[] =>
      owed.all(day, afterSeq, limit),
    /** A day's transactions with their bytes, for the partner's log. */
    logPage: (day: string, afterSeq: number, limit: number): LoggedRow[] => log.all(day, afterSeq, limit),
    /** The closings of a day, oldest first. */
    closingsOf: (day: string): JournalLine[] => closings.all(day),
  };
}
export type DayQueries = ReturnType<typeof createDayQueries>;
