import { refusal, type CounterAnswer } from './answers.ts';
import type { LedgerEntry } from './ledger.ts';
import type { Order } from './read-call.ts';

export type Withdrawal =
  /** Miles to take back, positive. */
  | { readonly kind: 'allowed'; readonly milesAmount: number }
  | { readonly kind: 'refused'; readonly answer: CounterAnswer };

const refused = (...words: Parameters<typeof refusal>): Withdrawal => ({
  kind: 'refused',
  answer: refusal(...words),
});

const milesIn = (entries: readonly LedgerEntry[]): number =>
  entries.reduce((sum, { milesAmount }) => sum + milesAmount, 0);

const centsIn = (entries: readonly LedgerEntry[]): number =>
  entries.reduce((sum, { preTaxCents }) => sum + preTaxCents, 0);

/**
 * How many Miles a RETURN, REVERSE or REVERSE/EVENT takes back. Never more than this Collector was issued here, nor,
 * where it names its original, than is left of that over all earlier returns. RETURN takes the Miles of what was
 * bought minus those of what is kept (rounded down each); the others take what the partner says, or nothing.
 */
export function withdrawalFor(
  order: Order,
  entriesOfAccount: readonly LedgerEntry[],
  milesFor: (preTaxCents: number) => number,
): Withdrawal {
  const isReturn = order.endpoint === 'return';
  const stated = order.issuances.reduce((sum, { milesAmount }) => sum + milesAmount, 0);
  const issued = milesIn(entriesOfAccount);
  const original = order.originalTransactionId;

  if (original === undefined) {
    const milesAmount = isReturn ? milesFor(order.preTaxCents) : stated;
    if (milesAmount > issued) return refused('exceedsIssued', 'More than this Collector was issued.');
    return { kind: 'allowed', milesAmount };
  }

  const bought = entriesOfAccount.filter(
    (entry) =>
      entry.milesAmount >= 0 && entry.endpoint !== 'return' && entry.checkoutTransactionId === original,
  );
  if (bought.length === 0) return refused('originalUnknown', 'This Collector has no such transaction.');
  const broughtBack = entriesOfAccount.filter((entry) => entry.originalTransactionId === original);
  const milesLeft = Math.min(milesIn(bought) + milesIn(broughtBack), issued);
  const centsLeft = centsIn(bought) - centsIn(broughtBack);
  if (order.preTaxCents > centsLeft) return refused('exceedsOriginal', 'More than is left of the original.');
  if (isReturn) {
    const milesAmount = milesFor(centsLeft) - milesFor(centsLeft - order.preTaxCents);
    return { kind: 'allowed', milesAmount: Math.min(milesAmount, milesLeft) };
  }
  if (stated > milesLeft) return refused('exceedsOriginal', 'More Miles than are left of the original.');
  return { kind: 'allowed', milesAmount: stated };
}
