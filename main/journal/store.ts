import type Database from 'better-sqlite3';
import { openAnchor, type Anchor, type AnchorMark } from './anchor.ts';
import { auditHash, chainStart, transactionHash, type AuditLine } from './chain.ts';
import {
  MINIMUM_ATTEMPTS,
  type Claim,
  type JournalCounts,
  type NewTransaction,
  type Settlement,
  type TransactionRow,
} from './rows.ts';
import type { StoredAttempt, StoredDelivery } from './stored-rows.ts';
import { archivedEnds } from './verify.ts';

export interface StoreOptions {
  readonly database: Database.Database;
  readonly anchorFile: string;
  readonly environment: string;
  readonly epoch: string;
  readonly bootId: string;
}

export interface RecordGuards {
  /** Refuse when this many transactions are still due. */
  readonly dueLimit: number;
  /** Report an equal sale (same kind, Collector and amounts) recorded since this moment; undefined asks nothing. */
  readonly equalSinceMs: number | undefined;
}

export type StoreRecordResult =
  | { readonly kind: 'recorded'; readonly row: TransactionRow; readonly isRepeat: boolean }
  | { readonly kind: 'already-done'; readonly row: TransactionRow }
  | { readonly kind: 'queue-full' };

export interface ClaimQuery {
  readonly nowMs: number;
  readonly limit: number;
  /** Collectors with a request on the wire: their turn is taken. */
  readonly busyCollectors: readonly string[];
  /** Take this one first if it may go. */
  readonly first: number | undefined;
  /** `probe`: the oldest transaction whether due or not, to try the connection. */
  readonly mode: 'due' | 'probe';
}

// `+?` where tables are joined: SQLite with STAT4 prepares such a statement again for every value of a bare `?`.
const ROW = `SELECT t.seq, t.caller_key AS callerKey, t.reference, t.kind, t.collector_number AS collectorNumber,
  t.entry_mode AS entryMode, t.pre_tax_cents AS preTaxCents, t.post_tax_cents AS postTaxCents,
  t.transaction_day AS transactionDay, t.recorded_at_ms AS recordedAtMs, d.state, d.reason, d.detail, d.attempts,
  d.due_at_ms AS dueAtMs, d.maybe_sent_at_ms AS maybeSentAtMs, d.miles_amount AS milesAmount,
  d.balance_miles AS balanceMiles
  FROM transactions t JOIN deliveries d ON d.seq = t.seq`;

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

const NOTHING_KNOWN = {
  state: 'due',
  reason: null,
  detail: null,
  status: null,
  milesAmount: null,
  balanceMiles: null,
  answer: null,
  settledAtMs: null,
};

/**
 * Every statement the journal runs, over one open database. All calls are synchronous and belong inside a transaction
 * of the caller's (the worker groups them); nothing here is durable before that commits.
 */
export function createStore(options: StoreOptions) {
  const { database, environment, epoch, bootId } = options;
  const one = <Row>(sql: string): Database.Statement<unknown[], Row> => database.prepare<unknown[], Row>(sql);

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
  const dueCount = one<number>(`SELECT count(*) FROM deliveries WHERE state = 'due'`).pluck();
  const personCount = one<number>(`SELECT count(*) FROM deliveries WHERE state = 'needs-manager'`).pluck();
  const oldestDue = one<number>(`SELECT recorded_at_ms FROM transactions WHERE seq =
    (SELECT min(seq) FROM deliveries WHERE state = 'due')`).pluck();
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
  const nextDue = one<number>(
    `SELECT min(due_at_ms) FROM deliveries INDEXED BY deliveries_due WHERE state = 'due'`,
  ).pluck();
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

  const mark = (): AnchorMark => ({
    environment,
    epoch,
    lastSeq: last.seq,
    lastHash: last.hash.toString('hex'),
    lastAuditId: lastAudit.id,
    lastAuditHash: lastAudit.hash.toString('hex'),
  });

  // Read again after a rollback: what memory knows must be what the file holds.
  let last = { seq: 0, hash: chainStart(epoch, 'transactions') };
  let lastAudit = { id: 0, hash: chainStart(epoch, 'audit') };
  const reload = (): void => {
    const archived = archivedEnds(database);
    last = tail.get() ?? {
      seq: archived?.seq ?? 0,
      hash: archived ? Buffer.from(archived.hash, 'hex') : chainStart(epoch, 'transactions'),
    };
    lastAudit = auditTail.get() ?? {
      id: archived?.auditId ?? 0,
      hash: archived ? Buffer.from(archived.auditHash, 'hex') : chainStart(epoch, 'audit'),
    };
  };
  reload();
  let anchor: Anchor | undefined;

  const required = (seq: number): TransactionRow => {
    const row = rowBySeq.get(seq);
    if (row === undefined) throw new Error(`No transaction ${seq} in the journal`);
    return row;
  };

  const audit = (line: {
    seq: number | null;
    atMs: number;
    what: string;
    actor: string | null;
    detail: object;
  }): void => {
    const full = { ...line, id: lastAudit.id + 1, detail: JSON.stringify(line.detail) };
    const hash = auditHash(lastAudit.hash, full);
    insertAudit.run({ ...full, previousHash: lastAudit.hash, hash });
    lastAudit = { id: full.id, hash };
  };

  /** The next link of the chain, and its delivery. */
  const append = (entry: NewTransaction): { readonly seq: number } => {
    const seq = last.seq + 1;
    const hash = transactionHash(last.hash, seq, bootId, entry);
    const originalSeq = entry.originalSeq ?? null;
    insertTransaction.run({ ...entry, seq, originalSeq, bootId, previousHash: last.hash, hash });
    insertDelivery.run(seq, entry.collectorNumber, originalSeq, entry.recordedAtMs);
    last = { seq, hash };
    return { seq };
  };

  return {
    reload,
    mark,
    audit,
    /** Writes the anchor; to be called after each commit. */
    writeAnchor(): void {
      anchor ??= openAnchor(options.anchorFile);
      anchor.write(mark());
    },
    close(): void {
      anchor?.close();
    },

    record(entry: NewTransaction, guards: RecordGuards): StoreRecordResult {
      const known = rowByKey.get(entry.callerKey);
      if (known !== undefined) return { kind: 'recorded', row: known, isRepeat: true };
      if (guards.equalSinceMs !== undefined) {
        const { collectorNumber, kind, preTaxCents, postTaxCents } = entry;
        const equal = equalSale.get(collectorNumber, guards.equalSinceMs, kind, preTaxCents, postTaxCents);
        if (equal !== undefined) return { kind: 'already-done', row: equal };
      }
      if ((dueCount.get() ?? 0) >= guards.dueLimit) return { kind: 'queue-full' };
      const { seq } = append(entry);
      audit({ seq, atMs: entry.recordedAtMs, what: 'stored', actor: null, detail: {} });
      return { kind: 'recorded', row: required(seq), isRepeat: false };
    },

    /**
     * Brings a transaction over from a damaged journal or a backup, and gives its new number; undefined when it is here
     * already. What that file says of an unfinished delivery is old: it may have been sent since, so it counts as sent
     * when it was recorded, as often as the programme asks for.
     */
    bringOver(
      entry: NewTransaction,
      known: { readonly delivery: StoredDelivery | undefined; readonly attempts: readonly StoredAttempt[] },
    ): number | undefined {
      if (rowByKey.get(entry.callerKey) !== undefined) return undefined;
      const { seq } = append(entry);
      const { delivery } = known;
      const isFinal = delivery !== undefined && delivery.state !== 'due';
      restoreDelivery.run({
        ...(delivery ?? NOTHING_KNOWN),
        seq,
        ...(isFinal
          ? {}
          : {
              dueAtMs: entry.recordedAtMs,
              maybeSentAtMs: delivery?.maybeSentAtMs ?? entry.recordedAtMs,
              attempts: Math.max(delivery?.attempts ?? 0, MINIMUM_ATTEMPTS),
            }),
      });
      for (const attempt of known.attempts) insertAttempt.run({ ...attempt, seq });
      return seq;
    },
    /** Brings an audit line over as the next of this chain. */
    bringOverAudit(line: Omit<AuditLine, 'id'>): void {
      const detail: unknown = JSON.parse(line.detail);
      const kept = typeof detail === 'object' && detail !== null ? detail : { detail };
      audit({ ...line, detail: kept });
    },

    /** Takes the turn of up to `limit` Collectors and marks each taken transaction as possibly sent. */
    claim(query: ClaimQuery): Claim[] {
      const busy = new Set(query.busyCollectors);
      const first = query.first === undefined ? undefined : claimBySeq.get(query.first);
      const margin = query.limit + busy.size;
      const others = query.mode === 'probe' ? oldestClaims.all(margin) : dueClaims.all(query.nowMs, margin);
      const taken: Claim[] = [];
      for (const claim of first === undefined ? others : [first, ...others]) {
        if (taken.length >= query.limit || busy.has(claim.collectorNumber)) continue;
        busy.add(claim.collectorNumber);
        markSent.run(query.nowMs, claim.seq);
        taken.push(claim);
      }
      return taken;
    },

    /** Gives back claims that were surely never sent. */
    release(claims: ReadonlyArray<Pick<Claim, 'seq' | 'maybeSentBeforeMs'>>): void {
      for (const claim of claims) if (claim.maybeSentBeforeMs === null) unmarkSent.run(claim.seq);
    },

    settle(settlement: Settlement): TransactionRow {
      const { next, seq } = settlement;
      const endedAtMs = settlement.startedAtMs + settlement.elapsedMs;
      insertAttempt.run({
        ...settlement,
        status: settlement.status ?? null,
        detail: settlement.detail ?? null,
        serverDateMs: settlement.serverDateMs ?? null,
      });
      settleDelivery.run({
        seq,
        state: next.kind,
        reason: 'reason' in next ? next.reason : null,
        detail: settlement.detail ?? null,
        dueAtMs: next.kind === 'due' ? next.dueAtMs : null,
        status: settlement.status ?? null,
        milesAmount: next.kind === 'credited' ? (next.milesAmount ?? null) : null,
        balanceMiles: next.kind === 'credited' ? (next.balanceMiles ?? null) : null,
        answer: settlement.answer ?? null,
        settledAtMs: next.kind === 'due' ? null : endedAtMs,
      });
      if (next.kind === 'due') {
        if (next.surelyNotSent) unmarkSent.run(seq);
      } else {
        const { status, code, detail } = settlement;
        audit({ seq, atMs: endedAtMs, what: next.kind, actor: null, detail: { status, code, detail } });
      }
      return required(seq);
    },

    /** Hands a transaction to a person without another attempt: its key may have lapsed at AIR MILES. */
    park(seq: number, reason: string, atMs: number): TransactionRow {
      parkDelivery.run(reason, atMs, seq);
      audit({ seq, atMs, what: 'needs-manager', actor: null, detail: { code: reason } });
      return required(seq);
    },

    row: required,
    find: (callerKey: string): TransactionRow | undefined => rowByKey.get(callerKey),
    recent: (limit: number): TransactionRow[] => recent.all(limit),
    counts: (): JournalCounts => ({
      due: dueCount.get() ?? 0,
      needsManager: personCount.get() ?? 0,
      oldestDueAtMs: oldestDue.get() ?? null,
    }),
    /** When the next transaction is due, in wall-clock milliseconds; null when none waits. */
    nextDueAtMs: (): number | null => nextDue.get() ?? null,
    /** Brings due times back that lie further ahead than any backoff can: the clock had jumped. */
    clampDueTimes: (latestMs: number): number => clampDue.run({ latest: latestMs }).changes,
    makeAllDue: (nowMs: number): number => dueNow.run(nowMs).changes,
  };
}
export type Store = ReturnType<typeof createStore>;
