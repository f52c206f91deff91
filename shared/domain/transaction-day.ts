/** A day of the programme as `YYYY-MM-DD`: 12:00 AM to 11:59 PM EST. */
export type TransactionDay = string & { readonly brand: 'TransactionDay' };

/**
 * `EST` is literal Eastern Standard Time, UTC-05:00 all year; the programme's pages say EST and nothing of daylight
 * time. `America/Toronto` follows the clock on the wall.
 */
export type TransactionDayZone = 'EST' | 'America/Toronto';

/** The Transaction Day in which an instant (milliseconds since 1970 UTC) falls. */
export function transactionDayOf(instantMs: number, zone: TransactionDayZone): TransactionDay {
  if (zone === 'EST') return new Date(instantMs - 5 * 3_600_000).toISOString().slice(0, 10) as TransactionDay;
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instantMs);
  return parts as TransactionDay;
}
