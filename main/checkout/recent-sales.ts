import type { Sale } from '../../shared/contract/views.ts';
import type { Events } from '../events.ts';
import type { Connection } from '../forwarding/connection.ts';
import type { Journal } from '../journal/journal.ts';
import type { TransactionRow } from '../journal/rows.ts';
import { saleView } from './sale-view.ts';

const KEPT = 50;

/** The sales on the screen's strip, kept in step with the journal and the wire, and announced when they change. */
export async function createRecentSales(options: {
  readonly journal: Journal;
  readonly connection: Connection;
  readonly isSending: (seq: number) => boolean;
  readonly events: Events;
}) {
  const { journal, connection, isSending, events } = options;
  const rows = new Map<number, TransactionRow>();
  for (const row of (await journal.recent(KEPT)).toReversed()) rows.set(row.seq, row);

  const view = (row: TransactionRow): Sale => {
    const state = connection.state();
    return saleView(row, isSending(row.seq), state.kind === 'trouble' ? state : undefined);
  };
  return {
    view,
    /** Newest first. */
    list: (): Sale[] => [...rows.values()].toReversed().map(view),
    /** A transaction was recorded, or something about it changed; `row` where it was just read. */
    changed(seq: number, row: TransactionRow | undefined): void {
      events.emit('transaction', { seq });
      const known = row ?? rows.get(seq);
      if (known === undefined) return;
      if (rows.has(seq) || seq > Math.max(0, ...rows.keys())) rows.set(seq, known);
      if (rows.size > KEPT) rows.delete(Math.min(...rows.keys()));
      if (rows.has(seq)) events.emit('sale', view(known));
    },
  };
}
export type RecentSales = Awaited<ReturnType<typeof createRecentSales>>;
