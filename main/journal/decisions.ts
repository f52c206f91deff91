import type Database from 'better-sqlite3';
import type { CloseReason } from '../../shared/domain/outcome.ts';
import type { Decision, NewTransaction, TransactionRow } from './rows.ts';
import type { RecordGuards, Store, StoreRecordResult } from './store.ts';

/** `not-possible`: the transaction is in another state by now, or may have been sent. Nothing was changed. */
export type DecisionResult =
  | { readonly kind: 'done'; readonly row: TransactionRow }
  | { readonly kind: 'not-possible'; readonly row: TransactionRow };

/** `returns-changed`: another return of the same sale was recorded since this one was computed. Nothing was recorded. */
export type ReturnRecordResult = StoreRecordResult | { readonly kind: 'returns-changed' };

/**
 * What people decide about transactions that are not final, each with its line in the audit chain. Like the store's, all
 * calls are synchronous and belong inside a transaction of the caller's.
 */
export function createDecisions(
  database: Database.Database,
  store: Pick<Store, 'audit' | 'row' | 'find' | 'record'>,
) {
  const close = database.prepare<[string, string, number, number]>(
    'UPDATE deliveries SET state = ?, reason = ?, settled_at_ms = ? WHERE seq = ?',
  );
  const resend = database.prepare<
    [number, number, number]
  >(`UPDATE deliveries SET state = 'due', reason = NULL,
    detail = NULL, due_at_ms = ?, maybe_sent_at_ms = ?, settled_at_ms = NULL WHERE seq = ?`);
  const credit = database.prepare<[number | null, number, number]>(`UPDATE deliveries SET state = 'credited',
    reason = NULL, detail = NULL, miles_amount = coalesce(?, miles_amount), settled_at_ms = ? WHERE seq = ?`);
  const returnCount = database
    .prepare<[number], number>('SELECT count(*) FROM transactions WHERE original_seq = ?')
    .pluck();
  const openReturns = database
    .prepare<[number], number>(
      `SELECT t.seq FROM transactions t JOIN deliveries d ON d.seq = t.seq
       WHERE t.original_seq = ? AND d.state IN ('due', 'needs-manager')`,
    )
    .pluck();

  const wasNeverSent = ({ state, maybeSentAtMs }: TransactionRow): boolean =>
    state === 'due' && maybeSentAtMs === null;
  /** AIR MILES refused it, so nothing of it stands there. */
  const wasRefused = ({ state, reason }: TransactionRow): boolean =>
    state === 'needs-manager' && reason === 'rejected';

  const closeAs = (
    seq: number,
    state: 'cancelled' | 'written-off',
    reason: CloseReason,
    { atMs, actor, why }: Decision,
    by?: string,
  ): TransactionRow => {
    close.run(state, reason, atMs, seq);
    store.audit({ seq, atMs, what: state, actor, detail: { why, reason, by } });
    return store.row(seq);
  };
  const decide = (
    seq: number,
    isPossible: (row: TransactionRow) => boolean,
    act: () => TransactionRow,
  ): DecisionResult => {
    const row = store.row(seq);
    return isPossible(row) ? { kind: 'done', row: act() } : { kind: 'not-possible', row };
  };

  return {
    /**
     * Records a return that was computed with `returnsSeen` earlier ones. Where there is one more by now it has to be
     * computed again, so that no sale is returned twice, whoever presses and wherever.
     */
    recordReturn(entry: NewTransaction, guards: RecordGuards, returnsSeen: number): ReturnRecordResult {
      const before = store.find(entry.callerKey);
      if (before !== undefined) return { kind: 'recorded', row: before, isRepeat: true };
      if (returnCount.get(entry.originalSeq ?? 0) !== returnsSeen) return { kind: 'returns-changed' };
      return store.record(entry, guards);
    },

    /** Takes back on this terminal what never reached AIR MILES, or was refused there; a sale only while no return hangs on it. */
    cancel: (seq: number, reason: CloseReason, decision: Decision): DecisionResult =>
      decide(
        seq,
        (row) => (wasNeverSent(row) || wasRefused(row)) && openReturns.get(seq) === undefined,
        () => closeAs(seq, 'cancelled', reason, decision),
      ),

    /** Gives up what waits for a person; returns that wait for it can never go and are given up with it. */
    writeOff: (seq: number, decision: Decision): DecisionResult =>
      decide(
        seq,
        ({ state }) => state === 'needs-manager',
        () => {
          for (const waiting of openReturns.all(seq))
            closeAs(waiting, 'written-off', 'written-off', decision);
          return closeAs(seq, 'written-off', 'written-off', decision);
        },
      ),

    /** Sends again, with the same key and bytes, what a person found not to have arrived: its key's lifetime begins anew. */
    sendAgain: (seq: number, decision: Decision): DecisionResult =>
      decide(
        seq,
        ({ state, reason }) => state === 'needs-manager' && reason === 'may-have-arrived',
        () => {
          const { atMs, actor, why } = decision;
          resend.run(atMs, atMs, seq);
          store.audit({ seq, atMs, what: 'sent-again', actor, detail: { why } });
          return store.row(seq);
        },
      ),

    /** AIR MILES' own history shows it: credited. `milesAmount` where the history tells. */
    foundCredited: (seq: number, milesAmount: number | undefined, decision: Decision): DecisionResult =>
      decide(
        seq,
        ({ state }) => state === 'needs-manager' || state === 'accepted',
        () => {
          const { atMs, actor, why } = decision;
          credit.run(milesAmount ?? null, atMs, seq);
          store.audit({ seq, atMs, what: 'credited', actor, detail: { why, milesAmount } });
          return store.row(seq);
        },
      ),

    /**
     * Records a corrected transaction in the place of a refused one, and closes that in the same commit, together with
     * returns that wait for it: the corrected one is for what is left. Nothing is recorded where it is not refused any more.
     */
    correct(
      seq: number,
      entry: NewTransaction,
      guards: RecordGuards,
      decision: Decision,
    ): StoreRecordResult | { readonly kind: 'not-possible' } {
      const before = store.find(entry.callerKey);
      if (before !== undefined) return { kind: 'recorded', row: before, isRepeat: true };
      if (!wasRefused(store.row(seq))) return { kind: 'not-possible' };
      const result = store.record(entry, guards);
      if (result.kind !== 'recorded') return result;
      const by = result.row.reference;
      for (const waiting of openReturns.all(seq)) closeAs(waiting, 'cancelled', 'corrected', decision, by);
      closeAs(seq, 'cancelled', 'corrected', decision, by);
      return result;
    },
  };
}
export type Decisions = ReturnType<typeof createDecisions>;
