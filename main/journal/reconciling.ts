import type Database from 'better-sqlite3';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type {
  DifferenceRow,
  NewDifference,
  ReconciliationRow,
  ReconciliationState,
  ReconciliationStep,
  Repair,
} from './day-rows.ts';
import type { Decisions } from './decisions.ts';
import type { Decision, TransactionRow } from './rows.ts';
import { ROW } from './statements.ts';
import type { Store } from './store.ts';

export type RepairResult =
  | { readonly kind: 'done'; readonly difference: DifferenceRow }
  /** Repaired by now, or its transaction is in another state than it was found in. */
  | { readonly kind: 'not-possible'; readonly difference: DifferenceRow };

const COLUMNS = `id, transaction_day AS day, started_at_ms AS startedAtMs, actor, state, reason,
  last_collector AS lastCollector, collectors, asked, matched, awaited, credited, ended_at_ms AS endedAtMs`;
const DIFFERENCE = `SELECT f.id, f.reconciliation, f.kind, f.seq, f.collector_number AS collectorNumber, f.reference,
  f.miles_here AS milesHere, f.miles_there AS milesThere, f.detail, f.repaired_as AS repairedAs,
  f.repaired_at_ms AS repairedAtMs, t.kind AS transactionKind, t.original_seq AS originalSeq
  FROM differences f LEFT JOIN transactions t ON t.seq = f.seq`;

/** A reconciliation as it goes, and the repairs of what it found. Synchronous, inside a transaction of the caller's. */
export function createReconciling(
  database: Database.Database,
  store: Pick<Store, 'audit' | 'row'>,
  decisions: Pick<Decisions, 'foundCredited'>,
) {
  const many = <Row>(sql: string) => database.prepare<unknown[], Row>(sql);
  const collectors = database
    .prepare<[string, string, number], string>(
      `SELECT DISTINCT collector_number FROM transactions INDEXED BY transactions_by_day_and_collector
       WHERE transaction_day = ? AND collector_number > ? ORDER BY collector_number LIMIT ?`,
    )
    .pluck();
  const collectorCount = database
    .prepare<[string], number>(
      `SELECT count(DISTINCT collector_number) FROM transactions INDEXED BY transactions_by_day_and_collector
       WHERE transaction_day = ?`,
    )
    .pluck();
  const rowsOf = many<TransactionRow>(
    `${ROW} WHERE t.transaction_day = +? AND t.collector_number = +? ORDER BY t.seq`,
  );
  const isKnown = database
    .prepare<[string], number>('SELECT seq FROM transactions WHERE reference = ?')
    .pluck();
  const byId = many<ReconciliationRow>(`SELECT ${COLUMNS} FROM reconciliations WHERE id = ?`);
  const latest = many<ReconciliationRow>(
    `SELECT ${COLUMNS} FROM reconciliations WHERE transaction_day = ? ORDER BY id DESC LIMIT 1`,
  );
  const unfinished = many<ReconciliationRow>(
    `SELECT ${COLUMNS} FROM reconciliations WHERE state IN ('running', 'paused') ORDER BY id DESC LIMIT 1`,
  );
  const insert = database.prepare(`INSERT INTO reconciliations(transaction_day, started_at_ms, actor, state,
    last_collector, collectors, asked, matched, awaited, credited) VALUES (?, ?, ?, 'running', '', ?, 0, 0, 0, 0)`);
  const advance = database.prepare(`UPDATE reconciliations SET last_collector = @lastCollector,
    asked = asked + @asked, matched = matched + @matched, awaited = awaited + @awaited,
    credited = credited + @credited WHERE id = @id`);
  const mark = database.prepare(
    'UPDATE reconciliations SET state = ?, reason = ?, ended_at_ms = ? WHERE id = ?',
  );
  const addDifference = database.prepare(`INSERT INTO differences(reconciliation, kind, seq, collector_number,
    reference, miles_here, miles_there, detail) VALUES (@reconciliation, @kind, @seq, @collectorNumber, @reference,
    @milesHere, @milesThere, @detail)`);
  const differences = many<DifferenceRow>(
    `${DIFFERENCE} WHERE f.reconciliation = +? ORDER BY f.id LIMIT +? OFFSET +?`,
  );
  const counts = many<{ kind: NewDifference['kind']; count: number; open: number }>(
    `SELECT kind, count(*) AS count, sum(repaired_as IS NULL) AS open FROM differences
     WHERE reconciliation = ? GROUP BY kind`,
  );
  const difference = many<DifferenceRow>(`${DIFFERENCE} WHERE f.id = +?`);
  const repaired = database.prepare(
    'UPDATE differences SET repaired_as = ?, repaired_at_ms = ? WHERE id = ?',
  );
  const sendAgain = database.prepare(`UPDATE deliveries SET state = 'due', reason = NULL, detail = NULL,
    due_at_ms = ?, maybe_sent_at_ms = ?, settled_at_ms = NULL WHERE seq = ?`);
  const park = database.prepare(`UPDATE deliveries SET state = 'needs-manager', reason = 'may-have-arrived',
    settled_at_ms = ? WHERE seq = ?`);
  const take = database.prepare(`UPDATE deliveries SET state = 'credited', reason = NULL, detail = NULL,
    miles_amount = ?, settled_at_ms = ? WHERE seq = ?`);

  const required = (id: number): ReconciliationRow => {
    const row = byId.get(id);
    if (row === undefined) throw new Error(`No reconciliation ${id}`);
    return row;
  };

  /** Whether Transaction History was asked about it when nobody had refused it: the key and bytes may go again. */
  const mayGoAgain = ({ state, reason }: TransactionRow): boolean =>
    state === 'credited' ||
    state === 'accepted' ||
    (state === 'needs-manager' && reason === 'may-have-arrived');

  const act = (found: DifferenceRow, how: Repair, { atMs, actor, why }: Decision): boolean => {
    const { seq, kind, milesHere, milesThere } = found;
    if (how === 'note') {
      store.audit({
        seq,
        atMs,
        what: 'difference-noted',
        actor,
        detail: { why, kind, reference: found.reference },
      });
      return true;
    }
    if (seq === null) return false;
    const row = store.row(seq);
    const detail = { why, milesHere, milesThere };
    switch (how) {
      case 'send-again':
        if (kind !== 'missing-there' || !mayGoAgain(row)) return false;
        sendAgain.run(atMs, atMs, seq);
        store.audit({ seq, atMs, what: 'sent-again', actor, detail });
        return true;
      case 'park':
        if (kind !== 'missing-there' || !mayGoAgain(row)) return false;
        park.run(atMs, seq);
        store.audit({
          seq,
          atMs,
          what: 'needs-manager',
          actor,
          detail: { ...detail, code: 'may-have-arrived' },
        });
        return true;
      case 'take-theirs':
        // What is still to be sent settles itself.
        if (kind !== 'different' || milesThere === null || row.state === 'due') return false;
        take.run(Math.abs(milesThere), atMs, seq);
        store.audit({ seq, atMs, what: 'miles-corrected', actor, detail });
        return true;
      default:
        return assertNever(how);
    }
  };

  return {
    /** Begins a reconciliation of a day. */
    beginReconciliation(day: string, atMs: number, actor: string | null): ReconciliationRow {
      const { lastInsertRowid } = insert.run(day, atMs, actor, collectorCount.get(day) ?? 0);
      store.audit({ seq: null, atMs, what: 'reconciliation-begun', actor, detail: { day } });
      return required(Number(lastInsertRowid));
    },
    latestReconciliation: (day: string): ReconciliationRow | undefined => latest.get(day),
    unfinishedReconciliation: (): ReconciliationRow | undefined => unfinished.get(),
    /** The next Collectors to ask about, each with what this journal knows of them on that day. */
    collectorsOfDay: (
      day: string,
      after: string,
      limit: number,
    ): { collectorNumber: string; rows: TransactionRow[] }[] =>
      collectors.all(day, after, limit).map((collectorNumber) => ({
        collectorNumber,
        rows: rowsOf.all(day, collectorNumber),
      })),
    /** Those of the references that no transaction here has. */
    unknownReferences: (references: readonly string[]): string[] =>
      references.filter((reference) => isKnown.get(reference) === undefined),
    reconciled(step: ReconciliationStep, decision: Decision): ReconciliationRow {
      let credited = 0;
      for (const { seq, milesAmount } of step.found) {
        if (decisions.foundCredited(seq, milesAmount, decision).kind === 'done') credited += 1;
      }
      for (const each of step.differences) addDifference.run({ ...each, reconciliation: step.id });
      const { id, lastCollector, asked, matched, awaited } = step;
      advance.run({ id, lastCollector, asked, matched, awaited, credited });
      return required(id);
    },
    markReconciliation(
      id: number,
      state: ReconciliationState,
      reason: string | null,
      atMs: number,
    ): ReconciliationRow {
      const isOver = state === 'finished' || state === 'cancelled';
      mark.run(state, reason, isOver ? atMs : null, id);
      if (isOver) {
        const { day, actor, asked, matched } = required(id);
        const detail = { day, asked, matched, differences: counts.all(id) };
        store.audit({ seq: null, atMs, what: `reconciliation-${state}`, actor, detail });
      }
      return required(id);
    },
    differences: (reconciliation: number, limit: number, offset: number): DifferenceRow[] =>
      differences.all(reconciliation, limit, offset),
    differenceCounts: (reconciliation: number) => counts.all(reconciliation),
    /** Repairs one difference, its transaction and the line about it in one commit. */
    repair(id: number, how: Repair, decision: Decision): RepairResult {
      const found = difference.get(id);
      if (found === undefined) throw new Error(`No difference ${id}`);
      if (found.repairedAs !== null || !act(found, how, decision))
        return { kind: 'not-possible', difference: found };
      repaired.run(how, decision.atMs, id);
      return { kind: 'done', difference: { ...found, repairedAs: how, repairedAtMs: decision.atMs } };
    },
  };
}
export type Reconciling = ReturnType<typeof createReconciling>;
