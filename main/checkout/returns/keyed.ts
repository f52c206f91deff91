import { randomInt, randomUUID } from 'node:crypto';
import type { CallInput } from '../../../shared/contract/contract.ts';
import type { keyedReturnFaults } from '../../../shared/contract/returns.ts';
import { readCollectorNumber } from '../../../shared/domain/collector-number.ts';
import type { OfferTable } from '../../../shared/domain/earn/offer-table.ts';
import { readReference } from '../../../shared/domain/receipt-code.ts';
import { transactionDayOf } from '../../../shared/domain/transaction-day.ts';
import type { TransactionKind } from '../../../shared/domain/transaction-kind.ts';
import { buildEventBody } from '../../airmiles/event-requests.ts';
import type { IssuanceEntry } from '../../airmiles/issuance-entries.ts';
import { buildBasketBody } from '../../airmiles/requests.ts';
import type { NotStoredReason } from '../../journal/protocol.ts';
import type { NewTransaction, TransactionRow } from '../../journal/rows.ts';
import type { IssueDependencies } from '../issue.ts';
import { readSale } from '../read-sale.ts';
import { makeReference } from '../reference.ts';

export interface KeyedDependencies extends IssueDependencies {
  /** The most Miles one correction, or one return without its sale, may move. */
  readonly correctionMilesLimit: number;
}

type NewKeyed = Omit<NewTransaction, 'idempotencyKey' | 'originalSeq' | 'transactionDay' | 'monotonicMs'>;

/** A form that may be recorded once a manager has said yes, or why it can not be. Nothing is stored yet. */
export type ReadKeyed =
  | { readonly kind: 'ready'; readonly transaction: NewKeyed; readonly why: string }
  | { readonly kind: 'refused'; readonly fault: (typeof keyedReturnFaults)[number] }
  | { readonly kind: 'over-limit'; readonly milesLimit: number };

type KeyedResult =
  | { readonly kind: 'recorded'; readonly row: TransactionRow; readonly isRepeat: boolean }
  | { readonly kind: 'not-stored'; readonly reason: NotStoredReason };

type KeyedReturn = Omit<CallInput<'returns.recordKeyed'>, 'approval'>;
type Correction = Omit<CallInput<'corrections.record'>, 'approval'>;

/** Long enough to say something. */
const SHORTEST_REASON = 3;

const refused = (fault: (typeof keyedReturnFaults)[number]): ReadKeyed => ({ kind: 'refused', fault });

function entryFor(
  offer: OfferTable['offers'][number],
  locationCode: string,
  milesAmount: number,
): IssuanceEntry {
  const { offerCode, offerId, description } = offer;
  return { offerCode, locationCode, milesAmount, offerDescription: description, offerId };
}

/** Stores what was read of a form, in the name of whoever said yes. Under the same key, the first is found. */
export async function recordKeyed(
  { transaction, why }: Extract<ReadKeyed, { kind: 'ready' }>,
  actor: string | null,
  { journal, clock, log, rules }: KeyedDependencies,
): Promise<KeyedResult> {
  const result = await journal.record(
    {
      ...transaction,
      idempotencyKey: randomUUID(),
      originalSeq: undefined,
      transactionDay: transactionDayOf(transaction.recordedAtMs, rules.transactionDayZone),
      monotonicMs: Math.round(clock.monotonicMs()),
    },
    { dueLimit: rules.storedLimit, equalSinceMs: undefined, by: { actor, why } },
  );
  if (result.kind === 'not-stored') return result;
  if (result.kind === 'already-done') throw new Error('Nothing was asked about equal transactions');
  log.info('keyed-transaction-recorded', { seq: result.row.seq, reference: result.row.reference });
  return result;
}

/**
 * A return whose sale is not known here, as a manager keys it from the paper; marked so for ever (`withoutOriginal`). The
 * reference on the paper is sent along where it is one of ours: another terminal of the store may have sold it. A sale that
 * this terminal has is refused: its own return counts what was returned of it before.
 */
export async function readKeyedReturn(
  input: KeyedReturn,
  dependencies: KeyedDependencies,
): Promise<ReadKeyed> {
  const { journal, clock, rules, earning, correctionMilesLimit } = dependencies;
  const why = input.reason.trim();
  if (why.length < SHORTEST_REASON) return refused('reason');
  const reading = readSale(input, rules);
  if (reading.kind === 'refused') {
    const [first] = reading.refusals;
    if (first?.field === 'collectorNumber') return refused('collector-number');
    return refused(first?.field === 'taxes' ? 'taxes' : 'amount');
  }
  const { sale } = reading;
  const isPartner = earning !== undefined && earning.kind !== 'amrp-calculated';
  if (isPartner && earning.kind === 'no-offer-table') return refused('no-offer-table');
  const { milesAmount } = input;
  if (isPartner && (milesAmount === undefined || milesAmount < 1)) return refused('miles');
  if (isPartner && (milesAmount ?? 0) > correctionMilesLimit)
    return { kind: 'over-limit', milesLimit: correctionMilesLimit };

  const originalTransactionId = readReference(input.paperReference);
  if (originalTransactionId !== undefined && (await journal.byReference(originalTransactionId)) !== undefined)
    return refused('sale-is-here');

  const reference = makeReference(randomInt);
  const recordedAtMs = clock.nowMs();
  const offer = earning?.kind === 'partner-calculated' ? earning.table.offers[0] : undefined;
  const issuances =
    earning?.kind === 'partner-calculated' && offer !== undefined
      ? [entryFor(offer, earning.locationCode, milesAmount ?? 0)]
      : undefined;
  const request = buildBasketBody(
    {
      ...sale,
      deviceId: rules.deviceId,
      originalTransactionId,
      checkoutAtMs: recordedAtMs,
      checkoutTransactionId: reference,
      issuances,
    },
    earning?.kind === 'partner-calculated' ? earning.offerIdForm : undefined,
  );
  const details = {
    taxes: sale.taxes,
    eligibleCents: sale.preTaxCents,
    excludedCents: 0,
    issuances: issuances ?? [],
    ...(isPartner ? { milesAmount } : {}),
    withoutOriginal: { paperReference: input.paperReference.trim() },
    reason: why,
  };
  const { collectorNumber, preTaxCents, postTaxCents } = sale;
  const transaction = {
    callerKey: input.returnKey,
    reference,
    kind: (isPartner ? 'reverse' : 'return') satisfies TransactionKind as TransactionKind,
    collectorNumber,
    entryMode: input.entryMode,
    preTaxCents,
    postTaxCents,
    recordedAtMs,
    details: JSON.stringify(details),
    request,
  };
  return { kind: 'ready', transaction, why };
}

/** Miles added or taken back by hand: POST/EVENT and REVERSE/EVENT, which only a partner that calculates has. */
export function readCorrection(input: Correction, dependencies: KeyedDependencies): ReadKeyed {
  const { clock, rules, earning, correctionMilesLimit } = dependencies;
  const why = input.reason.trim();
  if (why.length < SHORTEST_REASON) return refused('reason');
  const collector = readCollectorNumber(input.collectorText, rules.collectorNumber);
  if (collector.kind !== 'valid') return refused('collector-number');
  const { milesAmount, offerCode } = input;
  if (milesAmount < 1) return refused('miles');
  if (milesAmount > correctionMilesLimit) return { kind: 'over-limit', milesLimit: correctionMilesLimit };
  if (earning?.kind !== 'partner-calculated') return refused('no-offer-table');
  const offer = earning.table.offers.find((each) => each.offerCode === offerCode);
  if (offer === undefined) return refused('no-offer-table');

  const reference = makeReference(randomInt);
  const issuances = [entryFor(offer, earning.locationCode, milesAmount)];
  const { collectorNumber } = collector;
  const request = buildEventBody(
    { clientTransactionId: reference, collectorNumber, deviceId: rules.deviceId, issuances },
    earning.offerIdForm,
  );
  const kind: TransactionKind = input.direction === 'add' ? 'post-event' : 'reverse-event';
  const transaction = {
    callerKey: input.correctionKey,
    reference,
    kind,
    collectorNumber,
    entryMode: input.entryMode,
    preTaxCents: 0,
    postTaxCents: 0,
    recordedAtMs: clock.nowMs(),
    details: JSON.stringify({ milesAmount, issuances, reason: why }),
    request,
  };
  return { kind: 'ready', transaction, why };
}
