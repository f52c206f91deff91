import { createLog } from '../../../main/diagnostics/log.ts';
import { buildBasketBody } from '../../../main/airmiles/requests.ts';
import type { Journal } from '../../../main/journal/journal.ts';
import type { NewTransaction, Settlement } from '../../../main/journal/rows.ts';
import { createDayBook } from '../../../main/reconciliation/day-book.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';
import { createManualClock } from '../../unit/manual-clock.ts';
import { recorded, settlement, someTransaction } from '../journal/support.ts';

export const DAY = '2026-06-01';

/** Records a transaction of the day with the Miles its stored bytes state, and settles it where `next` says how. */
export async function dayTransaction(
  journal: Journal,
  offers: Readonly<Record<string, number>>,
  changes: Partial<NewTransaction> = {},
  next?: Settlement['next'],
): Promise<number> {
  const collectorNumber = makeCollectorNumber(Math.random);
  const base = someTransaction({ kind: 'post', collectorNumber, transactionDay: DAY, ...changes });
  const request = buildBasketBody({
    preTaxCents: cents(base.preTaxCents),
    taxes: noTaxes,
    postTaxCents: cents(base.postTaxCents),
    checkoutAtMs: base.recordedAtMs,
    checkoutTransactionId: base.reference,
    collectorNumber,
    deviceId: '1100-3',
    ...(Object.keys(offers).length === 0
      ? {}
      : {
          issuances: Object.entries(offers).map(([offerCode, milesAmount]) => ({
            offerCode,
            locationCode: '1100',
            milesAmount,
          })),
        }),
  });
  const seq = await recorded(journal, { ...base, request });
  if (next !== undefined) await journal.settle(settlement(seq, next));
  return seq;
}

export const credited = (milesAmount: number) =>
  ({ kind: 'credited', milesAmount, balanceMiles: undefined }) as const;

/** A book of days at a moment of the test's own. */
export function bookAt(journal: Journal, now: string) {
  const { clock } = createManualClock(Date.parse(now));
  const log = createLog({ write: () => undefined });
  return createDayBook({ journal, clock, log, zone: 'EST' });
}
