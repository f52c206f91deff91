import type { Reconciliation, ReconciliationReason } from '../../shared/contract/day.ts';
import { transactionDayOf, type TransactionDayZone } from '../../shared/domain/transaction-day.ts';
import type { Log } from '../diagnostics/log.ts';
import type { NewDifference, ReconciliationRow, ReconciliationStep } from '../journal/day-rows.ts';
import { JournalUnavailable, type Journal } from '../journal/journal.ts';
import type { TransactionRow } from '../journal/rows.ts';
import { createAsker, type Asked, type AskOptions } from './ask.ts';
import { compare } from './compare.ts';
import { reconciliationView } from './views.ts';

export interface ReconcilerOptions extends AskOptions {
  readonly journal: Journal;
  readonly log: Log;
  readonly zone: TransactionDayZone;
  readonly onProgress: (reconciliation: Reconciliation) => void;
  /** Something accepted or in doubt was found there, and is credited now. */
  readonly onCredited: (row: TransactionRow) => void;
}

export type ReconcileStart =
  | { readonly kind: 'started'; readonly row: ReconciliationRow }
  | { readonly kind: 'nothing-recorded' }
  | { readonly kind: 'other-day'; readonly day: string };

/** Collectors a commit: what a kill makes it ask again. */
const PAGE = 16;
const PARALLEL = 4;
/** So many refusals in a row are no longer about Collectors. */
const REFUSALS_IN_A_ROW = 32;
const ANNOUNCE_EVERY_MS = 200;

interface Collector {
  readonly collectorNumber: string;
  readonly rows: readonly TransactionRow[];
}

async function inParallel<Thing, Result>(
  things: readonly Thing[],
  width: number,
  work: (thing: Thing) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = things.entries();
  const one = async (): Promise<void> => {
    for (const [index, thing] of left) results[index] = await work(thing);
  };
  await Promise.all(Array.from({ length: width }, one));
  return results;
}

/**
 * Reconciles one Transaction Day at a time, Collector by Collector in the order of their numbers. How far it came is
 * committed with what it found, so a break of any kind costs a few questions and never a difference twice.
 */
export function createReconciler(options: ReconcilerOptions) {
  const { journal, clock, log, zone } = options;
  const ask = createAsker(options);
  let current: { readonly day: string; readonly id: number; readonly stop: AbortController } | undefined;
  let work: Promise<void> = Promise.resolve();
  let announcedAtMs = Number.NEGATIVE_INFINITY;
  let refusalsInARow = 0;

  const view = async (row: ReconciliationRow): Promise<Reconciliation> =>
    reconciliationView(row, await journal.differenceCounts(row.id));

  async function announce(row: ReconciliationRow, isNow: boolean): Promise<void> {
    const nowMs = clock.monotonicMs();
    if (!isNow && nowMs - announcedAtMs < ANNOUNCE_EVERY_MS) return;
    announcedAtMs = nowMs;
    options.onProgress(await view(row));
  }

  async function end(
    row: ReconciliationRow,
    state: 'paused' | 'cancelled' | 'finished',
    why?: { readonly reason: ReconciliationReason; readonly detail: string | undefined },
  ): Promise<void> {
    const reason = why === undefined ? null : [why.reason, why.detail ?? ''].join('|');
    const ended = await journal.markReconciliation(row.id, state, reason, clock.nowMs());
    log.info('reconciliation-ended', { kind: state, reason: why?.reason, count: ended.asked });
    current = undefined;
    await announce(ended, true);
  }

  /** What some Collectors' answers come to, or the reason to ask nobody any more. */
  async function stepOf(
    row: ReconciliationRow,
    page: readonly Collector[],
    answers: readonly Asked[],
  ): Promise<ReconciliationStep | Extract<Asked, { kind: 'no-way' }>> {
    const step = { matched: 0, awaited: 0 };
    const differences: NewDifference[] = [];
    const found: ReconciliationStep['found'][number][] = [];
    const strangers: NewDifference[] = [];
    for (const [index, collector] of page.entries()) {
      const answer = answers[index];
      if (answer === undefined || answer.kind === 'no-way') {
        return answer ?? { kind: 'no-way', reason: 'no-answer', detail: undefined };
      }
      if (answer.kind === 'not-asked') {
        refusalsInARow += 1;
        const { detail } = answer;
        if (refusalsInARow >= REFUSALS_IN_A_ROW) return { kind: 'no-way', reason: 'token-refused', detail };
        const { collectorNumber } = collector;
        const nothing = { seq: null, reference: null, milesHere: null, milesThere: null };
        differences.push({ ...nothing, kind: 'not-asked', collectorNumber, detail });
        continue;
      }
      refusalsInARow = 0;
      const compared = compare(collector, answer.activities, row.day, zone);
      step.matched += compared.matched;
      step.awaited += compared.awaited;
      differences.push(...compared.differences);
      found.push(...compared.found);
      strangers.push(...compared.strangers);
    }
    const named = strangers.flatMap(({ reference }) => (reference === null ? [] : [reference]));
    const unknown = new Set(named.length === 0 ? [] : await journal.unknownReferences(named));
    const missingHere = strangers.filter(({ reference }) => reference === null || unknown.has(reference));
    return {
      ...step,
      id: row.id,
      lastCollector: page.at(-1)?.collectorNumber ?? row.lastCollector,
      asked: page.length,
      differences: [...differences, ...missingHere],
      found,
    };
  }

  async function run(begun: ReconciliationRow, signal: AbortSignal): Promise<void> {
    let row = begun;
    refusalsInARow = 0;
    for (;;) {
      const page = await journal.collectorsOfDay(row.day, row.lastCollector, PAGE);
      if (page.length === 0) return await end(row, 'finished');
      const to = transactionDayOf(clock.nowMs(), zone);
      const answers = await inParallel(page, PARALLEL, ({ collectorNumber }) =>
        ask({ collectorNumber, from: row.day, to: to < row.day ? row.day : to }, signal),
      );
      const step = await stepOf(row, page, answers);
      if ('kind' in step) return await end(row, 'paused', step);
      const decision = { atMs: clock.nowMs(), actor: row.actor, why: 'found-in-history' };
      row = await journal.reconciled(step, decision);
      for (const { seq } of step.found) options.onCredited(await journal.row(seq));
      await announce(row, false);
      if (signal.aborted) return;
    }
  }

  function begin(row: ReconciliationRow): void {
    const stop = new AbortController();
    current = { day: row.day, id: row.id, stop };
    work = run(row, stop.signal).catch(async (error: unknown) => {
      current = undefined;
      // Stopped with the program: it goes on at the next start. Cancelled: `cancel` writes that down.
      if (stop.signal.aborted) return;
      if (!(error instanceof JournalUnavailable)) {
        log.error('reconciliation-failed', {}, error);
        await end(row, 'paused', { reason: 'journal', detail: undefined });
        return;
      }
      log.warn('reconciliation-paused', { reason: error.reason });
      options.onProgress({
        ...reconciliationView({ ...row, state: 'paused', reason: 'journal|' }, []),
      });
    });
  }

  return {
    view,
    /** Begins to reconcile a day, or goes on where it was left. */
    async start(day: string, actor: string | null): Promise<ReconcileStart> {
      const before = await journal.latestReconciliation(day);
      if (current?.day === day && before !== undefined) return { kind: 'started', row: before };
      if (current !== undefined) return { kind: 'other-day', day: current.day };
      const isLeft = before !== undefined && (before.state === 'paused' || before.state === 'running');
      const row = isLeft
        ? await journal.markReconciliation(before.id, 'running', null, clock.nowMs())
        : await journal.beginReconciliation(day, clock.nowMs(), actor);
      if (row.collectors === 0) {
        await journal.markReconciliation(row.id, 'finished', null, clock.nowMs());
        return { kind: 'nothing-recorded' };
      }
      begin(row);
      return { kind: 'started', row };
    },
    /** At a start of the program: what was under way when it ended goes on. */
    async resume(): Promise<void> {
      const row = await journal.unfinishedReconciliation();
      if (row?.state === 'running' && options.sponsorCodes.length > 0) begin(row);
    },
    async cancel(): Promise<void> {
      if (current === undefined) return;
      const { day, stop } = current;
      stop.abort();
      await work;
      current = undefined;
      const row = await journal.latestReconciliation(day);
      if (row?.state === 'running') await end(row, 'cancelled');
    },
    /** Ends with the program; the next start goes on. */
    async stop(): Promise<void> {
      current?.stop.abort();
      await work;
    },
    /** For tests and benches: resolves when nothing is under way. */
    idle: (): Promise<void> => work,
  };
}
export type Reconciler = ReturnType<typeof createReconciler>;
