import { randomUUID } from 'node:crypto';
import { buildBasketBody } from '../../../main/airmiles/requests.ts';
import type { NewTransaction } from '../../../main/journal/rows.ts';
import { makeCollectorNumber, type CollectorNumber } from '../../../shared/domain/collector-number.ts';
import { cents } from '../../../shared/domain/money.ts';
import { noTaxes } from '../../../shared/domain/tax.ts';

/** A sale like those of a counter, of a Collector of its own unless one is given. */
export function makeSale(
  random: () => number,
  collectorNumber: CollectorNumber = makeCollectorNumber(random),
): NewTransaction {
  const preTaxCents = cents(1 + Math.floor(random() * 20_000));
  const hst = cents(Math.round(preTaxCents * 0.13));
  const postTaxCents = cents(preTaxCents + hst);
  const recordedAtMs = Date.now();
  const reference = randomUUID();
  return {
    callerKey: randomUUID(),
    idempotencyKey: randomUUID(),
    reference,
    kind: 'issue',
    originalSeq: undefined,
    collectorNumber,
    entryMode: 'scanned',
    preTaxCents,
    postTaxCents,
    transactionDay: '2026-06-01',
    recordedAtMs,
    monotonicMs: Math.round(performance.now()),
    details: JSON.stringify({ taxes: { ...noTaxes, hst } }),
    request: buildBasketBody({
      preTaxCents,
      taxes: { ...noTaxes, hst },
      postTaxCents,
      checkoutAtMs: recordedAtMs,
      checkoutTransactionId: reference,
      collectorNumber,
      deviceId: '1100-3',
    }),
  };
}
