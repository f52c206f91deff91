import { hash } from 'node:crypto';
import type { Endpoint } from '../airmiles/endpoints.ts';
import { answer, refusal, type CounterAnswer } from './answers.ts';
import type { CollectorBook } from './collectors.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { readOrder, type CounterCall, type KnownCodes, type Order } from './read-call.ts';
import { withdrawalFor } from './withdrawal.ts';

export interface CounterDependencies {
  readonly collectors: CollectorBook;
  readonly ledger: Ledger;
  readonly codes: KnownCodes;
  /** Pre-tax cents for one Mile, rounded down for a basket. */
  readonly centsPerMile: number;
  /** AIR MILES' own id of the entry with this number. */
  readonly transactionIdOf: (seq: number) => string;
  readonly nowMs: () => number;
}

/** What a call says before anything is done about it. */
export type ReadCall =
  | { readonly kind: 'readable'; readonly collectorNumber: string | undefined; readonly work: Work }
  | { readonly kind: 'refused'; readonly answer: CounterAnswer };

/** Does the call; `isPending` answers 202 in the place of 200. */
export type Work = (isPending: boolean) => CounterAnswer;

type Offers = LedgerEntry['offers'];

const withdrawing: ReadonlySet<Endpoint> = new Set<Endpoint>(['return', 'reverse', 'reverse-event']);

/** Where the AIR MILES side takes a call, apart from tokens, networks and faults: who, what, how many Miles, once. */
export function createCounter(dependencies: CounterDependencies): (call: CounterCall) => ReadCall {
  const { collectors, ledger, codes, centsPerMile, transactionIdOf, nowMs } = dependencies;

  const milesFor = (preTaxCents: number): number => Math.max(0, Math.floor(preTaxCents / centsPerMile));

  /** The account that is meant, or why there is none. */
  const accountOf = (order: Order): string | CounterAnswer => {
    const found = collectors.find(order.collectorNumber ?? '');
    if (found === undefined) return refusal('collectorUnknown', 'No such Collector.');
    return found.state === 'closed' ? refusal('collectorClosed', 'The account is closed.') : found.account;
  };

  /** The Miles of an order by offer, signed, or why it is refused. */
  const offersOf = (order: Order, account: string): Offers | CounterAnswer => {
    const stated: Offers = order.issuances.map((entry) => ({ ...entry }));
    if (!withdrawing.has(order.endpoint)) {
      if (order.endpoint !== 'issue') return stated;
      return [{ offerCode: 'STANDARD', milesAmount: milesFor(order.preTaxCents) }];
    }
    const entries = ledger.entries().filter(({ creditedTo }) => creditedTo === account);
    const withdrawal = withdrawalFor(order, entries, milesFor);
    if (withdrawal.kind === 'refused') return withdrawal.answer;
    const taken =
      order.endpoint === 'return' ? [{ offerCode: 'STANDARD', milesAmount: withdrawal.milesAmount }] : stated;
    // Not `-0`, which is no JSON.
    return taken.map((offer) => ({ ...offer, milesAmount: 0 - offer.milesAmount }));
  };

  const entryOf = (order: Order): Omit<LedgerEntry, 'seq' | 'milesAmount' | 'offers' | 'isPending'> => ({
    endpoint: order.endpoint,
    ...(order.collectorNumber === undefined ? {} : { collectorNumber: order.collectorNumber }),
    transactionId: transactionIdOf(ledger.entries().length + 1),
    checkoutTransactionId: order.transactionId,
    ...(order.originalTransactionId === undefined
      ? {}
      : { originalTransactionId: order.originalTransactionId }),
    preTaxCents: order.preTaxCents,
    transactionDay: order.transactionDay,
    atMs: nowMs(),
  });

  /** Credits or takes back, once for a key or, without one, for a content. */
  const move = (call: CounterCall, order: Order, isPending: boolean): CounterAnswer => {
    const digest = `${call.endpoint} ${hash('sha256', call.body, 'base64')}`;
    const name = call.idempotencyKey === undefined ? `content ${digest}` : `key ${call.idempotencyKey}`;
    const earlier = ledger.recall(name);
    if (earlier !== undefined) {
      if (earlier.digest !== digest) {
        ledger.stats.keyReusedWithOtherBody += 1;
        return refusal('keyReused', 'This key was used for another request.');
      }
      if (call.idempotencyKey === undefined) ledger.stats.duplicates += 1;
      else ledger.stats.replays += 1;
      return { status: earlier.status, text: earlier.answer };
    }

    const account = accountOf(order);
    if (typeof account !== 'string') return account;
    const offers = offersOf(order, account);
    if ('status' in offers) return offers;
    const milesAmount = offers.reduce((sum, offer) => sum + offer.milesAmount, 0);
    const balance = collectors.credit(account, milesAmount);
    const entry = entryOf(order);
    const { transactionId } = entry;
    const moved = isPending
      ? answer(202, { responseCode: '0000', message: 'Pending', transactionId })
      : answer(200, {
          responseCode: '0000',
          message: 'Approved',
          transactionId,
          milesAmount: Math.abs(milesAmount),
          balance,
          issuances: offers.map((offer) => ({
            issuanceOfferCode: offer.offerCode,
            milesAmount: Math.abs(offer.milesAmount),
          })),
        });
    ledger.add(
      { ...entry, creditedTo: account, idempotencyKey: call.idempotencyKey, milesAmount, offers, isPending },
      { name, digest, status: moved.status, answer: moved.text },
    );
    return moved;
  };

  const calculate = (order: Order): CounterAnswer => {
    const account = accountOf(order);
    if (typeof account !== 'string') return account;
    const milesAmount = milesFor(order.preTaxCents);
    return answer(200, {
      responseCode: '0000',
      message: 'Approved',
      milesAmount,
      balance: collectors.balanceOf(account),
      issuances: [{ issuanceOfferCode: 'STANDARD', milesAmount }],
    });
  };

  const record = (order: Order): CounterAnswer => {
    ledger.add({ ...entryOf(order), milesAmount: 0, offers: [], isPending: false }, undefined);
    return answer(200, { responseCode: '0000', message: 'Recorded' });
  };

  return (call) => {
    const read = readOrder(call, codes, nowMs());
    if (read.kind === 'refused') return read;
    const { order } = read;
    const work: Work = (isPending) => {
      if (call.endpoint === 'calculate') return calculate(order);
      return call.endpoint === 'record' ? record(order) : move(call, order, isPending);
    };
    return { kind: 'readable', collectorNumber: order.collectorNumber, work };
  };
}
