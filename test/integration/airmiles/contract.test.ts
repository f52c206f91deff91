import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { endpoints, type Endpoint } from '../../../main/airmiles/endpoints.ts';
import type { FaultsInput } from '../../../main/simulator/faults.ts';
import { requestBodies } from './request-bodies.ts';
import { createRig } from './rig.ts';

/*
 * The contract: every endpoint with every outcome, through the real client, over HTTPS, against the real simulator.
 * `isTaken`: whether the far side wrote the transaction down. Whatever came back, the same request sent again with its
 * key is answered, and is in the ledger once.
 */
interface Outcome {
  readonly name: string;
  readonly faults: FaultsInput;
  readonly answer: object;
  readonly isTaken: boolean;
}

const answered = (status: number, more: object = {}): object => ({ kind: 'answered', status, ...more });
const lost = (kind: string): object => ({ kind: 'unanswered', failure: { kind }, mayHaveArrived: true });

const outcomes: readonly Outcome[] = [
  { name: '200', faults: {}, answer: answered(200, { reading: { body: 'json', code: '0000' } }), isTaken: true },
  { name: '202', faults: { next: ['202'] }, answer: answered(202), isTaken: true },
  { name: '400', faults: { next: ['400'] }, answer: answered(400), isTaken: false },
  { name: '401', faults: { rates: { '401': 1 } }, answer: answered(401), isTaken: false },
  { name: '403', faults: { next: ['403'] }, answer: answered(403), isTaken: false },
  { name: '408', faults: { next: ['408'] }, answer: answered(408), isTaken: false },
  { name: '429', faults: { next: ['429'], retryAfterSeconds: 7 }, answer: answered(429, { retryAfterMs: 7000 }), isTaken: false },
  { name: '500', faults: { next: ['500'] }, answer: answered(500), isTaken: false },
  { name: '503', faults: { next: ['503'] }, answer: answered(503, { retryAfterMs: 30_000 }), isTaken: false },
  { name: 'a reset', faults: { next: ['reset'] }, answer: lost('connection-lost'), isTaken: false },
  { name: 'a timeout', faults: { next: ['hang'] }, answer: lost('timeout'), isTaken: true },
  { name: 'garbage', faults: { next: ['garbage'] }, answer: lost('answer-unreadable'), isTaken: true },
  { name: 'an empty answer', faults: { next: ['empty'] }, answer: answered(200, { reading: { body: 'empty' } }), isTaken: true },
]; // prettier-ignore

/** They issue nothing: no key, no 202, and nothing to be had twice. */
const issuesNothing: ReadonlySet<Endpoint> = new Set<Endpoint>(['calculate', 'record']);

const cases = endpoints.flatMap((endpoint) =>
  outcomes
    .filter(({ name }) => name !== '202' || !issuesNothing.has(endpoint))
    .map((outcome) => ({ endpoint, outcome, name: outcome.name })),
);

/** A rig whose Collector has Miles to take back and whose client has its token and connection. */
async function createContractRig() {
  const rig = await createRig();
  const send = (endpoint: Endpoint, id: string, idempotencyKey: string | undefined, totalTimeoutMs = 5000) =>
    rig.client.send({
      endpoint,
      idempotencyKey,
      body: requestBodies[endpoint](rig.collector, id),
      totalTimeoutMs,
    });
  await send('post', 'before', randomUUID());
  const taken = (id: string): number =>
    rig.simulator.ledger().entries.filter((entry) => entry.checkoutTransactionId === id).length;
  return { ...rig, send, taken };
}

describe('the contract', () => {
  test.each(cases)('$endpoint: $name', async ({ endpoint, outcome }) => {
    const rig = await createContractRig();
    const key = issuesNothing.has(endpoint) ? undefined : randomUUID();
    const once = endpoint === 'calculate' ? 0 : 1;
    const { next, ...others } = outcome.faults;
    rig.simulator.setFaults(endpoint === 'calculate' ? { ...others, calculate: { next } } : outcome.faults);
    const isTimeout = outcome.name === 'a timeout';
    expect(await rig.send(endpoint, 'it', key, isTimeout ? 400 : 5000)).toMatchObject(outcome.answer);
    expect(rig.taken('it')).toBe(outcome.isTaken ? once : 0);

    rig.simulator.setFaults({});
    const again = await rig.send(endpoint, 'it', key);
    expect(again).toMatchObject(answered(outcome.name === '202' ? 202 : 200));
    if (key !== undefined) expect(rig.taken('it')).toBe(1);
    expect(rig.simulator.ledger().stats).toMatchObject({ parallelViolations: 0, keyReusedWithOtherBody: 0 });
  });
});

describe('CALCULATE as a preview', () => {
  test('is left out when it takes longer than it may, and holds nothing up', async () => {
    const rig = await createContractRig();
    rig.simulator.setFaults({ latencyMs: 60_000 });
    expect(await rig.send('calculate', 'preview', undefined, 200)).toMatchObject({
      kind: 'unanswered',
      failure: { kind: 'timeout' },
    });
    rig.simulator.setFaults({});
    const other = { endpoint: 'issue', idempotencyKey: randomUUID(), totalTimeoutMs: 5000 } as const;
    const body = requestBodies.issue(rig.other);
    expect(await rig.client.send({ ...other, body })).toMatchObject({
      status: 200,
      reading: { milesAmount: 1 },
    });
  });
});
