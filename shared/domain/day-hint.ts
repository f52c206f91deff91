import { transactionDayOf, type TransactionDay, type TransactionDayZone } from './transaction-day.ts';

/** Why a person should be told which Transaction Day a sale falls in. */
export type DayHint =
  /** Another date than the one on the wall, as it is every evening west of Ontario, and in summer under literal EST. */
  | { readonly kind: 'other-date'; readonly day: TransactionDay }
  /** The day is about to end, or has just begun. */
  | { readonly kind: 'near-midnight'; readonly day: TransactionDay };

const NEAR_MS = 30 * 60_000;

/** The date on the wall, in an IANA zone. */
function wallDateOf(instantMs: number, wallZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: wallZone, dateStyle: 'short' }).format(instantMs);
}

/** Whether, and why, a sale made at an instant has to say its Transaction Day; null where everybody's clock agrees. */
export function dayHintOf(instantMs: number, zone: TransactionDayZone, wallZone: string): DayHint | null {
  const day = transactionDayOf(instantMs, zone);
  if (day !== wallDateOf(instantMs, wallZone)) return { kind: 'other-date', day };
  const isNear = [instantMs - NEAR_MS, instantMs + NEAR_MS].some(
    (other) => transactionDayOf(other, zone) !== day,
  );
  return isNear ? { kind: 'near-midnight', day } : null;
}
