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
import { prepareStatements } from './statements.ts';
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
  /** The operator who recorded it, and why where a reason was asked for. */
  readonly by?: { readonly actor: string | null; readonly why?: string | undefined };
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
  const {
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
  } = prepareStatements(database);

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
      const { actor = null, why } = guards.by ?? {};
      audit({ seq, atMs: entry.recordedAtMs, what: 'stored', actor, detail: { why } });
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
