import type { Sale } from '../../../shared/contract/views.ts';

/** As many as the largest screen has room for; the rest is for the board. */
const KEPT = 8;

/** Puts a sale where its number belongs, newest first, in place of what was known of it. */
export function upsertSale(sales: readonly Sale[], sale: Sale): Sale[] {
  return newestFirst([sale, ...sales.filter((other) => other.seq !== sale.seq)]);
}

/**
 * Takes the sale from the answer to a press. An event about the same sale may have overtaken the answer and knows more,
 * so what is there stays.
 */
export function addSale(sales: readonly Sale[], sale: Sale): Sale[] {
  return sales.some((other) => other.seq === sale.seq) ? newestFirst(sales) : upsertSale(sales, sale);
}

/** Newest first, and no more than are kept. */
export function newestFirst(sales: readonly Sale[]): Sale[] {
  return sales.toSorted((left, right) => right.seq - left.seq).slice(0, KEPT);
}
