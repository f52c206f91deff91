import type Database from 'better-sqlite3';
import { createOpenPages } from './open-pages.ts';
import type { DayTotal, JournalLine, Story, TransactionRow } from './rows.ts';
import { ROW } from './statements.ts';
import { STORED_ATTEMPT, type StoredAttempt } from './stored-rows.ts';

const LINE = 'SELECT id, seq, at_ms AS atMs, what, actor, detail FROM audit';

/** Reading questions that people ask of the journal. Each is answered within an index, however long the history. */
export function createLookups(database: Database.Database) {
  const many = <Row>(sql: string) => database.prepare<unknown[], Row>(sql);

  const byReference = many<TransactionRow>(`${ROW} WHERE t.reference = +?`);
  const bySeq = many<TransactionRow>(`${ROW} WHERE t.seq = +?`);
  const returnsOf = many<TransactionRow>(`${ROW} WHERE t.original_seq = +? ORDER BY t.seq`);
  const ofCollector =
    many<TransactionRow>(`${ROW} WHERE t.collector_number = +? AND t.kind IN ('issue', 'post')
    AND t.transaction_day = coalesce(+?, t.transaction_day) ORDER BY t.recorded_at_ms DESC LIMIT +?`);
  const ofDay = many<TransactionRow>(
    `${ROW} WHERE t.transaction_day = +? AND t.seq > +? ORDER BY t.seq LIMIT +?`,
  );
  const totals = many<DayTotal>(`SELECT t.kind, d.state, count(*) AS count,
    total(d.miles_amount) AS milesAmount, sum(d.miles_amount IS NULL) AS milesUnknown, sum(t.pre_tax_cents) AS preTaxCents
    FROM transactions t INDEXED BY transactions_by_day JOIN deliveries d ON d.seq = t.seq
    WHERE t.transaction_day = ? GROUP BY t.kind, d.state ORDER BY t.kind, d.state`);
  const attempts = many<StoredAttempt>(`SELECT ${STORED_ATTEMPT} FROM attempts WHERE seq = ? ORDER BY id`);
  const linesOf = many<JournalLine>(`${LINE} WHERE seq = ? ORDER BY id`);
  const linesNamed = many<JournalLine>(`${LINE} WHERE seq IS NULL AND what = ? ORDER BY id DESC LIMIT ?`);
  const request = database
    .prepare<[number], Buffer>('SELECT request FROM transactions WHERE seq = ?')
    .pluck();

  const open = createOpenPages(database);

  return {
    byReference: (reference: string): TransactionRow | undefined => byReference.get(reference),
    /** Every return recorded against a sale, whatever became of it, oldest first. */
    returnsOf: (seq: number): TransactionRow[] => returnsOf.all(seq),
    /** A Collector's sales, newest first; on one Transaction Day where it is given. */
    salesOf: (collectorNumber: string, day: string | undefined, limit: number): TransactionRow[] =>
      ofCollector.all(collectorNumber, day ?? null, limit),
    /** A Transaction Day in pages: what comes after `afterSeq`. */
    dayPage: (day: string, afterSeq: number, limit: number): TransactionRow[] =>
      ofDay.all(day, afterSeq, limit),
    dayTotals: (day: string): DayTotal[] => totals.all(day),
    story(seq: number): Story | undefined {
      const row = bySeq.get(seq);
      if (row === undefined) return undefined;
      return { row, attempts: attempts.all(seq), lines: linesOf.all(seq) };
    },
    /** The exact bytes that were recorded to be sent. */
    requestOf: (seq: number): Uint8Array | undefined => request.get(seq),
    /** Lines of the terminal as a whole, newest first. */
    lines: (what: string, limit: number): JournalLine[] => linesNamed.all(what, limit),
    printsOf: (seq: number): JournalLine[] => linesOf.all(seq).filter(({ what }) => what === 'print'),
    openPage: open,
  };
}
export type Lookups = ReturnType<typeof createLookups>;
