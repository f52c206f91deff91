import type { Language } from '../../shared/contract/views.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import { JournalUnavailable, type Journal } from '../journal/journal.ts';
import type { TransactionRow } from '../journal/rows.ts';
import type { Receipts } from './receipts.ts';

/** As long as a customer is asked to stand for an answer; then the receipt says what will happen. */
const AWAIT_OUTCOME_MS = 3000;

export interface AutomaticPrintDependencies {
  readonly isOn: boolean;
  readonly receipts: Pick<Receipts, 'printRow'>;
  readonly journal: Pick<Journal, 'row'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Prints each sale once, by itself: with its outcome where that comes soon, else as stored. Never waits for paper. */
export function createAutomaticPrint({ isOn, receipts, journal, clock, log }: AutomaticPrintDependencies) {
  const awaited = new Map<number, { readonly language: Language; readonly cancel: () => void }>();

  async function print(seq: number, language: Language): Promise<void> {
    try {
      await receipts.printRow(await journal.row(seq), language);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      log.warn('receipt-not-printed', { seq, reason: error.reason });
    }
  }

  function release(seq: number): void {
    const entry = awaited.get(seq);
    if (entry === undefined) return;
    awaited.delete(seq);
    entry.cancel();
    void print(seq, entry.language);
  }

  return {
    /** A sale or a return was recorded, for a customer who reads this language. */
    recorded({ seq, state }: TransactionRow, language: Language): void {
      if (!isOn || awaited.has(seq)) return;
      awaited.set(seq, { language, cancel: clock.after(AWAIT_OUTCOME_MS, () => release(seq)) });
      if (state !== 'due') release(seq);
    },
    /** Something about a transaction changed; `row` where it was just read. */
    changed(seq: number, row: TransactionRow | undefined): void {
      if (row !== undefined && row.state !== 'due') release(seq);
    },
    stop(): void {
      for (const { cancel } of awaited.values()) cancel();
      awaited.clear();
    },
  };
}
export type AutomaticPrint = ReturnType<typeof createAutomaticPrint>;
