import type Database from 'better-sqlite3';
import type { Claim, TransactionRow } from './rows.ts';

// `+?` where tables are joined: SQLite with STAT4 prepares such a statement again for every value of a bare `?`.
const COLUMNS = `t.seq, t.caller_key AS callerKey, t.reference, t.kind, t.original_seq AS originalSeq,
  t.collector_number AS collectorNumber, t.entry_mode AS entryMode, t.pre_tax_cents AS preTaxCents,
  t.post_tax_cents AS postTaxCents, t.transaction_day AS transactionDay, t.recorded_at_ms AS recordedAtMs, t.details,
  d.state, iif(d.state IN ('cancelled', 'written-off'), NULL, d.reason) AS reason,
  iif(d.state IN ('cancelled', 'written-off'), d.reason, NULL) AS closedAs, d.detail, d.attempts, d.due_at_ms AS dueAtMs, d.maybe_sent_at_ms AS maybeSentAtMs,
  d.miles_amount AS milesAmount, d.balance_miles AS balanceMiles, d.settled_at_ms AS settledAtMs`;

/** A transaction with its delivery; what follows finds it by the transaction. */
export const ROW = `SELECT ${COLUMNS} FROM transactions t JOIN deliveries d ON d.seq = t.seq`;
// A return goes only after its sale was credited or accepted, and until then it holds up nobody but itself.
const MAY_GO = (delivery: string): string =>
  `(${delivery}.original_seq IS NULL OR EXISTS (SELECT 1 FROM deliveries o
    WHERE o.seq = ${delivery}.original_seq AND o.state IN ('credited', 'accepted')))`;

// First of its Collector among those still to be sent. An earlier one counts if it can still go: by itself, or after
// a sale that is itself still to be sent.
const HEAD_OF_LANE = `NOT EXISTS (SELECT 1 FROM deliveries e INDEXED BY deliveries_lane
    WHERE e.collector_number = d.collector_number AND e.state = 'due' AND e.seq < d.seq
      AND (e.original_seq IS NULL OR EXISTS (SELECT 1 FROM deliveries o
        WHERE o.seq = e.original_seq AND o.state IN ('due', 'credited', 'accepted'))))`;

// Named indexes: the planner does not know how many are due, and left to itself walks all of them for each of them.
const claimable = (
  index: string,
): string => `SELECT d.seq, t.kind, t.idempotency_key AS idempotencyKey, d.collector_number AS collectorNumber,
  t.request, d.attempts, d.maybe_sent_at_ms AS maybeSentBeforeMs
  FROM deliveries d ${index} JOIN transactions t ON t.seq = d.seq
  WHERE d.state = 'due' AND ${MAY_GO('d')} AND ${HEAD_OF_LANE}`;

/** A prepared statement, its values bound by place or by name. */
export interface Statement<Row> {
  run(...values: unknown[]): { readonly changes: number };
  get(...values: unknown[]): Row | undefined;
  all(...values: unknown[]): Row[];
}

/** Every statement the store runs, prepared once. */
export function prepareStatements(database: Database.Database) {
  const one = <Row>(sql: string): Statement<Row> => database.prepare<unknown[], Row>(sql);
  const value = (sql: string): Statement<number> => database.prepare<unknown[], number>(sql).pluck();

  const tail = one<{ seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM transactions ORDER BY seq DESC LIMIT 1',
  );
  const auditTail = one<{ id: number; hash: Buffer }>('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1');
  const rowBySeq = one<TransactionRow>(`${ROW} WHERE t.seq = +?`);
  const rowByKey = one<TransactionRow>(`${ROW} WHERE t.caller_key = +?`);
  const equalSale =
    one<TransactionRow>(`${ROW} WHERE t.collector_number = +? AND t.recorded_at_ms >= +? AND t.kind = +?
    AND t.pre_tax_cents = +? AND t.post_tax_cents = +? ORDER BY t.seq DESC LIMIT 1`);
  const insertTransaction =
    one(`INSERT INTO transactions VALUES (@seq, @callerKey, @idempotencyKey, @reference, @kind,
    @originalSeq, @collectorNumber, @entryMode, @preTaxCents, @postTaxCents, @transactionDay, @recordedAtMs,
    @monotonicMs, @bootId, @details, @request, @previousHash, @hash)`);
  const insertDelivery = one(`INSERT INTO deliveries(seq, collector_number, original_seq, state, due_at_ms)
    VALUES (?, ?, ?, 'due', ?)`);
  const insertAudit = one(
    'INSERT INTO audit VALUES (@id, @seq, @atMs, @what, @actor, @detail, @previousHash, @hash)',
  );
  const insertAttempt =
    one(`INSERT INTO attempts(seq, started_at_ms, elapsed_ms, status, code, detail, server_date_ms)
    VALUES (@seq, @startedAtMs, @elapsedMs, @status, @code, @detail, @serverDateMs)`);
  const dueCount = value(`SELECT count(*) FROM deliveries WHERE state = 'due'`);
  const personCount = value(`SELECT count(*) FROM deliveries WHERE state = 'needs-manager'`);
  const oldestDue = value(`SELECT recorded_at_ms FROM transactions WHERE seq =
    (SELECT min(seq) FROM deliveries WHERE state = 'due')`);
  const recent = one<TransactionRow>(`${ROW} ORDER BY t.seq DESC LIMIT +?`);
  const dueClaims = one<Claim>(
    `${claimable('INDEXED BY deliveries_due')} AND d.due_at_ms <= +? ORDER BY d.due_at_ms, d.seq LIMIT +?`,
  );
  const oldestClaims = one<Claim>(`${claimable('INDEXED BY deliveries_open')} ORDER BY d.seq LIMIT +?`);
  const claimBySeq = one<Claim>(`${claimable('NOT INDEXED')} AND d.seq = +?`);
  const markSent = one(
    `UPDATE deliveries SET maybe_sent_at_ms = ? WHERE seq = ? AND maybe_sent_at_ms IS NULL`,
  );
  const unmarkSent = one(`UPDATE deliveries SET maybe_sent_at_ms = NULL WHERE seq = ?`);
  const nextDue = value(
    `SELECT min(due_at_ms) FROM deliveries INDEXED BY deliveries_due WHERE state = 'due'`,
  );
  const clampDue = one(
    `UPDATE deliveries SET due_at_ms = @latest WHERE state = 'due' AND due_at_ms > @latest`,
  );
  const dueNow = one(`UPDATE deliveries SET due_at_ms = ? WHERE state = 'due'`);
  const settleDelivery = one(`UPDATE deliveries SET state = @state, reason = @reason, detail = @detail,
    attempts = attempts + 1, due_at_ms = coalesce(@dueAtMs, due_at_ms), status = @status, miles_amount = @milesAmount,
    balance_miles = @balanceMiles, answer = coalesce(@answer, answer), settled_at_ms = @settledAtMs
    WHERE seq = @seq AND state = 'due'`);
  const restoreDelivery = one(`UPDATE deliveries SET state = @state, reason = @reason, detail = @detail,
    attempts = @attempts, due_at_ms = @dueAtMs, maybe_sent_at_ms = @maybeSentAtMs, status = @status,
    miles_amount = @milesAmount, balance_miles = @balanceMiles, answer = @answer, settled_at_ms = @settledAtMs
    WHERE seq = @seq`);
  const parkDelivery = one(`UPDATE deliveries SET state = 'needs-manager', reason = ?, settled_at_ms = ?
    WHERE seq = ? AND state = 'due'`);
  return {
    tail,
    auditTail,
    rowBySeq,
    rowByKey,
    equalSale,
    insertTransaction,
    insertDelivery,
    insertAudit,
    insertAttempt,
    dueCount,
    personCount,
    oldestDue,
    recent,
    dueClaims,
    oldestClaims,
    claimBySeq,
    markSent,
    unmarkSent,
    nextDue,
    clampDue,
    dueNow,
    settleDelivery,
    restoreDelivery,
    parkDelivery,
  };
}
