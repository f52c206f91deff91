import { hash } from 'node:crypto';
import { BasketBody, RecordBody } from '../airmiles/request-schemas.ts';
import { assumedRefusals, type AssumedAnswer } from '../airmiles/assumed.ts';
import type { Endpoint } from '../airmiles/endpoints.ts';
import type { CollectorBook } from './collectors.ts';
import type { Ledger } from './ledger.ts';

/** A call as it came in, its token already checked. */
export interface CounterCall {
  readonly endpoint: Endpoint;
  readonly idempotencyKey: string | undefined;
  readonly body: Uint8Array;
}

export interface CounterAnswer {
  readonly status: number;
  /** JSON. */
  readonly text: string;
}

export interface CounterDependencies {
  readonly collectors: CollectorBook;
  readonly ledger: Ledger;
  /** Pre-tax cents for one Mile, rounded down for a basket. */
  readonly centsPerMile: number;
  readonly nowMs: () => number;
}

/** What a call says before anything is done about it. */
export type ReadCall =
  | { readonly kind: 'readable'; readonly collectorNumber: string | undefined; readonly work: Work }
  | { readonly kind: 'refused'; readonly answer: CounterAnswer };

/** Does the call; `isPending` answers 202 in the place of 200. */
export type Work = (isPending: boolean) => CounterAnswer;

type Basket = ReturnType<typeof RecordBody.parse>;

export function answer(status: number, body: AssumedAnswer): CounterAnswer {
  return { status, text: JSON.stringify(body) };
}

export function refusal(name: keyof typeof assumedRefusals, message: string): CounterAnswer {
  const { status, responseCode } = assumedRefusals[name];
  return answer(status, { responseCode, message });
}

/** Where the AIR MILES side takes a call, apart from tokens, networks and faults: who, what, how many Miles, once. */
export function createCounter(dependencies: CounterDependencies): (call: CounterCall) => ReadCall {
  const { collectors, ledger, centsPerMile, nowMs } = dependencies;

  const milesOf = (basket: Basket): number =>
    Math.max(0, Math.floor(Math.round(basket.basketPreTaxAmount * 100) / centsPerMile));

  const issue = (call: CounterCall, basket: Basket, isPending: boolean): CounterAnswer => {
    const digest = hash('sha256', call.body, 'base64');
    const name =
      call.idempotencyKey === undefined ? `content ${call.endpoint} ${digest}` : `key ${call.idempotencyKey}`;
    const earlier = ledger.recall(name);
    if (earlier !== undefined) {
      if (earlier.digest !== `${call.endpoint} ${digest}`) {
        ledger.stats.keyReusedWithOtherBody += 1;
        return refusal('keyReused', 'This key was used for another request.');
      }
      if (call.idempotencyKey === undefined) ledger.stats.duplicates += 1;
      else ledger.stats.replays += 1;
      return { status: earlier.status, text: earlier.answer };
    }

    const collectorNumber = basket.collectorNumber ?? '';
    const found = collectors.find(collectorNumber);
    if (found === undefined) return refusal('collectorUnknown', 'No such Collector.');
    if (found.state === 'closed') return refusal('collectorClosed', 'The account is closed.');

    const milesAmount = milesOf(basket);
    const balance = collectors.credit(found.account, milesAmount);
    const transactionId = `SIM${String(ledger.entries().length + 1).padStart(9, '0')}`;
    const issued = isPending
      ? answer(202, { responseCode: '0000', message: 'Pending', transactionId })
      : answer(200, {
          responseCode: '0000',
          message: 'Approved',
          transactionId,
          milesAmount,
          balance,
          issuances: [{ issuanceOfferCode: 'STANDARD', milesAmount }],
        });
    ledger.add(
      {
        collectorNumber,
        creditedTo: found.account,
        endpoint: call.endpoint,
        checkoutTransactionId: basket.checkoutTransactionId,
        idempotencyKey: call.idempotencyKey,
        milesAmount,
        atMs: nowMs(),
      },
      { name, digest: `${call.endpoint} ${digest}`, status: issued.status, answer: issued.text },
    );
    return issued;
  };

  const calculate = (basket: Basket): CounterAnswer => {
    const found = collectors.find(basket.collectorNumber ?? '');
    if (found === undefined) return refusal('collectorUnknown', 'No such Collector.');
    if (found.state === 'closed') return refusal('collectorClosed', 'The account is closed.');
    const milesAmount = milesOf(basket);
    return answer(200, {
      responseCode: '0000',
      message: 'Approved',
      milesAmount,
      balance: collectors.balanceOf(found.account),
      issuances: [{ issuanceOfferCode: 'STANDARD', milesAmount }],
    });
  };

  const record = (basket: Basket): CounterAnswer => {
    ledger.add(
      {
        collectorNumber: basket.collectorNumber,
        endpoint: 'record',
        checkoutTransactionId: basket.checkoutTransactionId,
        milesAmount: 0,
        atMs: nowMs(),
      },
      undefined,
    );
    return answer(200, { responseCode: '0000', message: 'Recorded' });
  };

  const works: Partial<
    Record<Endpoint, (call: CounterCall, basket: Basket, isPending: boolean) => CounterAnswer>
  > = {
    issue,
    calculate: (_call, basket) => calculate(basket),
    record: (_call, basket) => record(basket),
  };

  return (call) => {
    const work = works[call.endpoint];
    if (work === undefined) {
      return { kind: 'refused', answer: refusal('notSimulated', 'This call is not simulated yet.') };
    }
    const read = readBasket(call);
    if (read.kind === 'refused') return read;
    const { basket } = read;
    return {
      kind: 'readable',
      collectorNumber: basket.collectorNumber,
      work: (isPending) => work(call, basket, isPending),
    };
  };
}

function readBasket(
  call: CounterCall,
): { kind: 'basket'; basket: Basket } | { kind: 'refused'; answer: CounterAnswer } {
  let body: unknown;
  try {
    body = JSON.parse(
      Buffer.from(call.body.buffer, call.body.byteOffset, call.body.byteLength).toString('utf8'),
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: 'refused', answer: refusal('invalidDetails', 'The request is not JSON.') };
  }
  const read = (call.endpoint === 'record' ? RecordBody : BasketBody).safeParse(body);
  if (read.success) return { kind: 'basket', basket: read.data };
  // Names of fields only: a value could be somebody's number.
  const fields = [...new Set(read.error.issues.map(({ path }) => path.join('.') || 'the body'))];
  return {
    kind: 'refused',
    answer: refusal('invalidDetails', `Missing or of the wrong type: ${fields.join(', ')}.`),
  };
}
