import { makeJournal } from '../faults/power/made-journal.ts';
import { makeSale } from '../faults/power/sales.ts';

/** Puts a sale of an earlier Transaction Day into the journal of a terminal that has not started yet; its day. */
export function recordEarlierSale(shopFolder: string): string {
  const sale = makeSale(Math.random);
  makeJournal(shopFolder, ({ store }) => {
    store.record(sale, { dueLimit: 1, equalSinceMs: undefined });
  });
  return sale.transactionDay;
}
