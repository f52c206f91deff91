import { describe, expect, test } from 'vitest';
import type { FaultsInput } from '../../../main/simulator/faults.ts';
import { clientOf, createRig, createWarmRig, saleBody, saleOf } from './rig.ts';

/** What one call comes to: through the real client, over HTTPS, against the real simulator. */
interface Row {
  readonly name: string;
  readonly faults: FaultsInput;
  readonly answer: object;
  readonly credits: 0 | 1;
}

const answered = (status: number, more: object = {}): object => ({ kind: 'answered', status, ...more });
const unanswered = (kind: string, mayHaveArrived: boolean): object => ({
  kind: 'unanswered',
  failure: { kind },
  mayHaveArrived,
});

const rows: readonly Row[] = [
  { name: '200', faults: {}, answer: answered(200, { reading: { body: 'json', milesAmount: 5 } }), credits: 1 },
  { name: '202', faults: { next: ['202'] }, answer: answered(202), credits: 1 },
  { name: '400', faults: { next: ['400'] }, answer: answered(400, { reading: { code: 'SIMULATED_400' } }), credits: 0 },
  { name: '401 once', faults: { next: ['401'] }, answer: answered(200), credits: 1 },
  { name: '401 always', faults: { rates: { '401': 1 } }, answer: answered(401), credits: 0 },
  { name: '403', faults: { next: ['403'] }, answer: answered(403), credits: 0 },
  { name: '408', faults: { next: ['408'] }, answer: answered(408), credits: 0 },
  {
    name: '429 with Retry-After',
    faults: { next: ['429'], retryAfterSeconds: 7 },
    answer: answered(429, { retryAfterMs: 7000 }),
    credits: 0,
  },
  { name: '500', faults: { next: ['500'] }, answer: answered(500, { retryAfterMs: undefined }), credits: 0 },
  { name: '503', faults: { next: ['503'] }, answer: answered(503, { retryAfterMs: 30_000 }), credits: 0 },
  { name: 'maintenance', faults: { maintenance: true }, answer: answered(503, { retryAfterMs: 30_000 }), credits: 0 },
  { name: 'a TCP reset', faults: { next: ['reset'] }, answer: { kind: 'unanswered', failure: { kind: 'connection-lost', code: 'ECONNRESET' }, mayHaveArrived: true }, credits: 0 },
  { name: 'a connection lost before crediting', faults: { next: ['dropBefore'] }, answer: unanswered('connection-lost', true), credits: 0 },
  { name: 'a connection lost after crediting', faults: { next: ['dropAfter'] }, answer: unanswered('connection-lost', true), credits: 1 },
  { name: 'a page in the place of JSON', faults: { next: ['garbage'] }, answer: unanswered('answer-unreadable', true), credits: 1 },
  { name: 'half an answer', faults: { next: ['torn'] }, answer: unanswered('answer-unreadable', true), credits: 1 },
  { name: 'an empty 200', faults: { next: ['empty'] }, answer: answered(200, { reading: { body: 'empty' } }), credits: 1 },
  { name: 'a slow answer in time', faults: { next: ['slow'], slowMs: 50 }, answer: answered(200), credits: 1 },
]; // prettier-ignore

describe('one ISSUE', () => {
  test.each(rows)('$name', async ({ faults, answer, credits }) => {
    const rig = await createRig({ faults });
    expect(await rig.client.send(saleOf(rig.collector))).toMatchObject(answer);
    expect(rig.credits()).toHaveLength(credits);
  });

  test('says the Miles, the new balance and the server’s clock when it is credited', async () => {
    const rig = await createRig({ seed: 7 });
    const before = rig.simulator.collectors()[0]?.balanceMiles ?? Number.NaN;
    const answer = await rig.client.send(saleOf(rig.collector));
    expect(answer).toMatchObject({
      kind: 'answered',
      reading: { milesAmount: 5, balanceMiles: before + 5, code: '0000' },
      serverDateMs: expect.any(Number),
    });
  });

  test.each(['dropAfter', 'hang', 'garbage', 'torn'] as const)(
    'is credited once and answered on the repeat when the first answer was spoiled by %s',
    async (fault) => {
      const rig = await createWarmRig({ next: [fault] });
      const sale = saleOf(rig.collector, { totalTimeoutMs: 1000 });
      expect(await rig.client.send(sale)).toMatchObject({ kind: 'unanswered', mayHaveArrived: true });
      expect(await rig.client.send(sale)).toMatchObject({ status: 200, reading: { milesAmount: 5 } });
      expect(rig.credits()).toEqual([expect.objectContaining({ idempotencyKey: sale.idempotencyKey })]);
      expect(rig.simulator.ledger().stats).toMatchObject({ replays: 1, parallelViolations: 0 });
    },
  );

  test('is busy, and nobody’s fault, when it is repeated while the server still works on the first', async () => {
    const rig = await createWarmRig({ latencyMs: 60_000 });
    const sale = saleOf(rig.collector, { totalTimeoutMs: 500 });
    expect(await rig.client.send(sale)).toMatchObject({ kind: 'unanswered', mayHaveArrived: true });
    expect(await rig.client.send(sale)).toMatchObject({ status: 409, reading: { code: 'COLLECTOR_BUSY' } });
    expect(rig.simulator.ledger().stats).toMatchObject({ busyAfterClientLeft: 1, parallelViolations: 0 });
  });
});

describe('the other calls', () => {
  test('CALCULATE says the Miles and credits nothing, with no key', async () => {
    const rig = await createRig();
    const calculation = saleOf(rig.collector, { endpoint: 'calculate', idempotencyKey: undefined });
    expect(await rig.client.send(calculation)).toMatchObject({ status: 200, reading: { milesAmount: 5 } });
    expect(rig.simulator.ledger().entries).toEqual([]);
  });

  test('RECORD is written down without Miles, with no key', async () => {
    const rig = await createRig();
    const record = saleOf(rig.collector, { endpoint: 'record', idempotencyKey: undefined });
    expect(await rig.client.send(record)).toMatchObject({ status: 200 });
    expect(rig.simulator.ledger().entries).toMatchObject([{ endpoint: 'record', milesAmount: 0 }]);
  });
});

describe('the token', () => {
  test('is fetched once for many calls', async () => {
    const rig = await createRig();
    await Promise.all([rig.client.send(saleOf(rig.collector)), rig.client.send(saleOf(rig.other))]);
    await rig.client.send(saleOf(rig.collector));
    expect(rig.simulator.ledger().stats).toMatchObject({ tokensIssued: 1, requests: 3 });
  });

  test('is fetched anew, and the call repeated with the same key and bytes, when the server forgot it', async () => {
    const rig = await createRig();
    await rig.client.send(saleOf(rig.collector));
    rig.simulator.revokeTokens();
    const sale = saleOf(rig.other);
    expect(await rig.client.send(sale)).toMatchObject({ status: 200 });
    expect(rig.simulator.ledger().stats).toMatchObject({ tokensIssued: 2, requests: 3 });
    expect(rig.credits()).toHaveLength(2);
  });

  test('is refreshed once only when it is refused again', async () => {
    const rig = await createRig({ faults: { rates: { '401': 1 } } });
    expect(await rig.client.send(saleOf(rig.collector))).toMatchObject({ status: 401 });
    expect(rig.simulator.ledger().stats).toMatchObject({ tokensIssued: 2, requests: 2 });
  });

  test.each([
    ['400', 'token-refused'],
    ['401', 'token-refused'],
    ['403', 'client-not-allowed'],
    ['408', 'timeout'],
    ['429', 'rate-limited'],
    ['500', 'airmiles-failing'],
    ['503', 'maintenance'],
    ['drop', 'connection-lost'],
    ['garbage', 'answer-unreadable'],
    ['hang', 'timeout'],
  ] as const)('that fails with %s is %s, and the sale never left', async (fault, kind) => {
    const rig = await createRig({ faults: { token: { next: [fault] } } });
    const sale = saleOf(rig.collector, { totalTimeoutMs: fault === 'hang' ? 300 : 5000 });
    expect(await rig.client.send(sale)).toMatchObject(unanswered(kind, false));
    expect(rig.simulator.ledger().stats.requests).toBe(0);
  });

  test('is refused when the secret is wrong', async () => {
    const rig = await createRig();
    const { tokenUrl, clientId } = rig.simulator;
    const client = clientOf(rig.simulator, {
      credentials: { tokenUrl, clientId, clientSecret: () => Promise.resolve('another') },
    });
    expect(await client.send(saleOf(rig.collector))).toMatchObject({
      failure: { kind: 'token-refused', status: 401, code: 'access_denied' },
      mayHaveArrived: false,
    });
  });
});

test('the bytes that were given are the bytes that arrive', async () => {
  const rig = await createRig();
  const body = saleBody(rig.collector, 'exactly-this');
  const sale = saleOf(rig.collector, { body });
  await rig.client.send(sale);
  const changed = new Uint8Array(body.length + 1).fill(0x20);
  changed.set(body);
  expect(await rig.client.send({ ...sale, body: changed })).toMatchObject({ status: 422 });
  expect(await rig.client.send(sale)).toMatchObject({ status: 200 });
  expect(rig.credits()).toMatchObject([{ checkoutTransactionId: 'exactly-this' }]);
});
