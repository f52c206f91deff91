import { randomInt, randomUUID } from 'node:crypto';
import type { CallInput } from '../../shared/contract/contract.ts';
import {
  transactionDayOf,
  type TransactionDay,
  type TransactionDayZone,
} from '../../shared/domain/transaction-day.ts';
import { buildBasketBody } from '../airmiles/requests.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Journal } from '../journal/journal.ts';
import type { NotStoredReason } from '../journal/protocol.ts';
import type { NewTransaction, TransactionRow } from '../journal/rows.ts';
import type { AtCheckout } from '../operators/operators.ts';
import type { Earning } from './earning.ts';
import type { ExpectedMiles } from './expected-miles.ts';
import { postingOf } from './posting.ts';
import { readSale, type Refusal, type SaleRules } from './read-sale.ts';
import { makeReference } from './reference.ts';

export interface IssueRules extends SaleRules {
  /** An equal sale within this time is asked about; 0 never asks. */
  readonly askAgainMs: number;
  readonly storedLimit: number;
  /** A sale that earns more is taken for a slip. */
  readonly milesLimit: number;
  readonly transactionDayZone: TransactionDayZone;
  readonly deviceId: string;
}

export interface IssueDependencies {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: IssueRules;
  /** Left out: AIR MILES calculates. */
  readonly earning?: Earning | undefined;
  /** Who sells; left out, anybody may and no name stands behind it. */
  readonly atCheckout?: () => AtCheckout;
  readonly expectedMiles?: ExpectedMiles | undefined;
}

const amrpCalculated: Earning = { kind: 'amrp-calculated' };

type IssueInput = CallInput<'checkout.issue'>;

export type IssueResult =
  | { readonly kind: 'recorded'; readonly row: TransactionRow; readonly isRepeat: boolean }
  | { readonly kind: 'already-done'; readonly row: TransactionRow }
  | { readonly kind: 'refused'; readonly refusals: Refusal[] }
  | { readonly kind: 'not-stored'; readonly reason: NotStoredReason }
  | { readonly kind: 'sign-in-needed' };

export type PreparedSale =
  | { readonly kind: 'refused'; readonly refusals: Refusal[] }
  | { readonly kind: 'good'; readonly transaction: NewTransaction };

/** When something was bought, where that was before now, and what is to be kept beside it. */
export interface EarlierPurchase {
  readonly atMs: number;
  readonly transactionDay: TransactionDay;
  readonly details: object;
}

/** A sale with its key, its reference and its exact bytes, or every fault of it. Nothing is recorded yet. */
export function prepareSale(
  input: Omit<IssueInput, 'isSecondSale'>,
  dependencies: IssueDependencies,
  purchase?: EarlierPurchase,
): PreparedSale {
  const { clock, rules, earning = amrpCalculated, expectedMiles } = dependencies;
  const reading = readSale(input, rules);
  if (reading.kind === 'refused') return reading;
  const { sale } = reading;
  const recordedAtMs = clock.nowMs();
  const transactionDay = purchase?.transactionDay ?? transactionDayOf(recordedAtMs, rules.transactionDayZone);
  const { milesLimit } = rules;
  const posting = postingOf(sale, transactionDay, earning, {
    milesLimit,
    expectedMiles: expectedMiles?.of(sale),
  });
  if (posting.kind === 'refused') return posting;

  const { collectorNumber, preTaxCents, postTaxCents } = sale;
  const reference = makeReference(randomInt);
  const request = buildBasketBody(
    {
      ...sale,
      checkoutAtMs: purchase?.atMs ?? recordedAtMs,
      checkoutTransactionId: reference,
      deviceId: rules.deviceId,
      issuances: posting.issuances,
    },
    earning.kind === 'partner-calculated' ? earning.offerIdForm : undefined,
  );
  const transaction: NewTransaction = {
    callerKey: input.saleKey,
    idempotencyKey: randomUUID(),
    reference,
    kind: posting.kind,
    originalSeq: undefined,
    collectorNumber,
    entryMode: input.entryMode,
    preTaxCents,
    postTaxCents,
    transactionDay,
    recordedAtMs,
    monotonicMs: Math.round(clock.monotonicMs()),
    details: JSON.stringify({ ...posting.details, ...purchase?.details }),
    request,
  };
  return { kind: 'good', transaction };
}

/**
 * Records an issuance: key and exact bytes are made here, once, and are on the disk when this resolves. Sending is the
 * forwarder's. Recording the same `saleKey` again finds the first.
 */
export async function issueMiles(input: IssueInput, dependencies: IssueDependencies): Promise<IssueResult> {
  const { journal, clock, log, rules, atCheckout } = dependencies;
  const seller = atCheckout?.() ?? { kind: 'open', actor: null };
  if (seller.kind === 'sign-in-needed') {
    // A press that was cut off finds its sale again, whoever is signed in meanwhile.
    const first = await journal.find(input.saleKey);
    return first === undefined ? seller : { kind: 'recorded', row: first, isRepeat: true };
  }
  const checked = prepareSale(input, dependencies);
  if (checked.kind === 'refused') {
    // What an offer table says can change between a press and its repeat; what was recorded stays recorded.
    const isByOffers = checked.refusals.some(({ field }) => field === 'miles');
    const first = isByOffers ? await journal.find(input.saleKey) : undefined;
    return first === undefined ? checked : { kind: 'recorded', row: first, isRepeat: true };
  }
  const asks = rules.askAgainMs > 0 && !input.isSecondSale;
  const result = await journal.record(checked.transaction, {
    dueLimit: rules.storedLimit,
    equalSinceMs: asks ? clock.nowMs() - rules.askAgainMs : undefined,
    by: { actor: seller.actor },
  });
  if (result.kind === 'not-stored') log.error('sale-not-stored', { reason: result.reason });
  else log.info(`sale-${result.kind}`, { seq: result.row.seq, reference: result.row.reference });
  return result;
}
