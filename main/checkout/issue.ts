import { randomInt, randomUUID } from 'node:crypto';
import type { CallInput, CallOutput } from '../../shared/contract/contract.ts';
import { readCollectorNumber, type CollectorNumberRule } from '../../shared/domain/collector-number.ts';
import { cents } from '../../shared/domain/money.ts';
import { postTaxTotal, taxNames, type Taxes } from '../../shared/domain/tax.ts';
import { transactionDayOf, type TransactionDayZone } from '../../shared/domain/transaction-day.ts';
import { buildBasketBody } from '../airmiles/requests.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Journal } from '../journal/journal.ts';
import type { NotStoredReason } from '../journal/protocol.ts';
import type { NewTransaction, TransactionRow } from '../journal/rows.ts';
import { makeReference } from './reference.ts';

export interface IssueRules {
  readonly collectorNumber: CollectorNumberRule;
  readonly amountLimitCents: number;
  /** An equal sale within this time is asked about; 0 never asks. */
  readonly askAgainMs: number;
  readonly storedLimit: number;
  readonly transactionDayZone: TransactionDayZone;
  readonly deviceId: string;
}

export interface IssueDependencies {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: IssueRules;
}

type IssueInput = CallInput<'checkout.issue'>;
type Refusal = Extract<CallOutput<'checkout.issue'>, { kind: 'refused' }>['refusals'][number];

export type IssueResult =
  | { readonly kind: 'recorded'; readonly row: TransactionRow; readonly isRepeat: boolean }
  | { readonly kind: 'already-done'; readonly row: TransactionRow }
  | { readonly kind: 'refused'; readonly refusals: Refusal[] }
  | { readonly kind: 'not-stored'; readonly reason: NotStoredReason };

type Checked =
  | { readonly kind: 'refused'; readonly refusals: Refusal[] }
  | { readonly kind: 'good'; readonly transaction: NewTransaction };

function check(input: IssueInput, { clock, rules }: IssueDependencies): Checked {
  const collector = readCollectorNumber(input.collectorText, rules.collectorNumber);
  const refusals: Refusal[] = [];
  if (collector.kind === 'empty') refusals.push({ field: 'collectorNumber', fault: 'empty' });
  if (collector.kind === 'fault') refusals.push({ field: 'collectorNumber', fault: collector.fault.kind });
  if (input.preTaxCents <= 0) refusals.push({ field: 'preTaxCents', fault: 'zero' });
  if (input.preTaxCents > rules.amountLimitCents)
    refusals.push({ field: 'preTaxCents', fault: 'over-limit' });
  // More tax than purchase is a slip of the keys, in every province.
  const taxTotal = taxNames.reduce((total, name) => total + input.taxes[name], 0);
  if (taxTotal > Math.max(input.preTaxCents, 0)) refusals.push({ field: 'taxes', fault: 'over-limit' });
  if (refusals.length > 0 || collector.kind !== 'valid') return { kind: 'refused', refusals };

  const preTaxCents = cents(input.preTaxCents);
  const { gst, hst, pst, qst } = input.taxes;
  const taxes: Taxes = { gst: cents(gst), hst: cents(hst), pst: cents(pst), qst: cents(qst) };
  const postTaxCents = postTaxTotal(preTaxCents, taxes);
  const recordedAtMs = clock.nowMs();
  const reference = makeReference(randomInt);
  const request = buildBasketBody({
    preTaxCents,
    taxes,
    postTaxCents,
    checkoutAtMs: recordedAtMs,
    checkoutTransactionId: reference,
    collectorNumber: collector.collectorNumber,
    deviceId: rules.deviceId,
  });
  const transaction: NewTransaction = {
    callerKey: input.saleKey,
    idempotencyKey: randomUUID(),
    reference,
    kind: 'issue',
    originalSeq: undefined,
    collectorNumber: collector.collectorNumber,
    entryMode: input.entryMode,
    preTaxCents,
    postTaxCents,
    transactionDay: transactionDayOf(recordedAtMs, rules.transactionDayZone),
    recordedAtMs,
    monotonicMs: Math.round(clock.monotonicMs()),
    details: JSON.stringify({ taxes }),
    request,
  };
  return { kind: 'good', transaction };
}

/**
 * Records an issuance: key and exact bytes are made here, once, and are on the disk when this resolves. Sending is the
 * forwarder's. Recording the same `saleKey` again finds the first.
 */
export async function issueMiles(input: IssueInput, dependencies: IssueDependencies): Promise<IssueResult> {
  const { journal, clock, log, rules } = dependencies;
  const checked = check(input, dependencies);
  if (checked.kind === 'refused') return checked;
  const asks = rules.askAgainMs > 0 && !input.isSecondSale;
  const result = await journal.record(checked.transaction, {
    dueLimit: rules.storedLimit,
    equalSinceMs: asks ? clock.nowMs() - rules.askAgainMs : undefined,
  });
  if (result.kind === 'not-stored') log.error('sale-not-stored', { reason: result.reason });
  else log.info(`sale-${result.kind}`, { seq: result.row.seq, reference: result.row.reference });
  return result;
}
