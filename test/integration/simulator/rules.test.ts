import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSimulator } from '../../../main/simulator/simulator.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { callRaw, formHeaders, tokenForm } from './call.ts';
import { createCounterRig } from './counter-rig.ts';

describe('earning', () => {
  test.each([
    [19.99, 0],
    [20, 1],
    [39.99, 1],
    [40, 2],
    [77.29, 3],
    [0, 0],
    [-20, 0],
    [0.29 + 19.71, 1],
  ])('$%d before tax is %i Miles', async (basketPreTaxAmount, milesAmount) => {
    const rig = await createCounterRig();
    const { text } = await rig.issue({ basketPreTaxAmount });
    expect(JSON.parse(text)).toMatchObject({ milesAmount });
  });

  test('adds to the balance, and CALCULATE does not', async () => {
    const rig = await createCounterRig({ centsPerMile: 100 });
    const before = rig.simulator.collectors()[0]?.balanceMiles ?? Number.NaN;
    expect(JSON.parse((await rig.call('calculate', rig.basket())).text)).toMatchObject({
      milesAmount: 24,
      balance: before,
    });
    expect(JSON.parse((await rig.issue()).text)).toMatchObject({ milesAmount: 24, balance: before + 24 });
    expect(rig.simulator.collectors()[0]?.balanceMiles).toBe(before + 24);
  });
});

describe('a refused request', () => {
  test.each([
    ['no pre-tax total', { basketPreTaxAmount: undefined }, 'basketPreTaxAmount'],
    ['no post-tax total', { basketPostTaxAmount: undefined }, 'basketPostTaxAmount'],
    ['an amount as text', { basketPreTaxAmount: '24.97' }, 'basketPreTaxAmount'],
    ['a tax as text', { basketHSTAmount: '3.25' }, 'basketHSTAmount'],
    ['no Collector', { collectorNumber: undefined }, 'collectorNumber'],
    ['a Collector as a number', { collectorNumber: 81111111111 }, 'collectorNumber'],
    ['a Collector of ten digits', { collectorNumber: '8111111111' }, 'collectorNumber'],
    ['no transaction id', { checkoutTransactionId: undefined }, 'checkoutTransactionId'],
    ['an empty transaction id', { checkoutTransactionId: '' }, 'checkoutTransactionId'],
    ['no date', { checkoutDateTime: undefined }, 'checkoutDateTime'],
    ['a date without milliseconds', { checkoutDateTime: '2019-05-30T14:12:59Z' }, 'checkoutDateTime'],
    ['a date of another zone', { checkoutDateTime: '2019-05-30T10:12:59.479-04:00' }, 'checkoutDateTime'],
    ['a context that is no text', { context: { key: 1 } }, 'context.key'],
    ['one coupon', { coupon: '57841' }, 'coupon'],
    ['an item without an id', { items: [{ name: 'Dog Food' }] }, 'items.0.id'],
  ])('has %s', async (_name, fields, field) => {
    const rig = await createCounterRig();
    const { status, text } = await rig.issue(fields);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual({
      responseCode: 'INVALID_DETAILS',
      message: expect.stringContaining(field),
    });
    expect(rig.credited()).toEqual([]);
  });

  test.each([
    ['is not JSON', '{"basketPreTaxAmount":', 'application/json'],
    ['is empty', '', 'application/json'],
    ['is a list', '[]', 'application/json'],
    ['comes as text', '{}', 'text/plain'],
    ['is longer than any basket', ' '.repeat(300_000), 'application/json'],
  ])('%s', async (_name, body, contentType) => {
    const rig = await createCounterRig();
    expect((await rig.call('issue', body, { 'content-type': contentType })).status).toBe(400);
  });

  test('names a Collector nobody knows, or one whose account is closed', async () => {
    const rig = await createCounterRig();
    const closed = rig.simulator.collectors().find(({ state }) => state === 'closed')?.collectorNumber;
    const unknown = makeCollectorNumber(() => 0.999);
    expect(JSON.parse((await rig.issue({ collectorNumber: unknown })).text)).toMatchObject({
      responseCode: 'COLLECTOR_UNKNOWN',
    });
    expect(JSON.parse((await rig.issue({ collectorNumber: closed })).text)).toMatchObject({
      responseCode: 'COLLECTOR_CLOSED',
    });
    expect(rig.credited()).toEqual([]);
  });

  test('has an empty key, or one beyond all measure', async () => {
    const rig = await createCounterRig();
    expect((await rig.issue({}, '')).status).toBe(400);
    expect((await rig.issue({}, 'k'.repeat(256))).status).toBe(400);
    expect((await rig.issue({}, 'k'.repeat(255))).status).toBe(200);
  });

  test('goes to a path or comes by a method there is not', async () => {
    const rig = await createCounterRig();
    expect((await rig.call('nothing', {})).status).toBe(404);
    const path = '/checkout/issuance/issue';
    expect((await callRaw(rig.simulator, { path, method: 'GET' })).status).toBe(405);
  });
});

test('Miles of a merged Collector go to the account that took over', async () => {
  const rig = await createCounterRig();
  const merged = rig.simulator.collectors().find(({ state }) => state === 'merged');
  await rig.issue({ collectorNumber: merged?.collectorNumber });
  expect(rig.credited()).toMatchObject([
    { collectorNumber: merged?.collectorNumber, creditedTo: rig.collectorNumber },
  ]);
});

test('RECORD takes a customer who is no Collector', async () => {
  const rig = await createCounterRig();
  expect((await rig.call('record', rig.basket({ collectorNumber: undefined }))).status).toBe(200);
  expect(rig.simulator.ledger().entries).toMatchObject([{ endpoint: 'record', milesAmount: 0 }]);
});

describe('a key', () => {
  test('with the same bytes gives the first answer again and credits nothing', async () => {
    const rig = await createCounterRig();
    const first = await rig.issue({}, 'key');
    await rig.issue({ checkoutTransactionId: 'in between' }, 'another key');
    const second = await rig.issue({}, 'key');
    expect(second.text).toBe(first.text);
    expect(rig.credited()).toHaveLength(2);
    expect(rig.simulator.ledger().stats).toMatchObject({ replays: 1, keyReusedWithOtherBody: 0 });
  });

  test('with other bytes is refused', async () => {
    const rig = await createCounterRig();
    await rig.issue({}, 'key');
    const second = await rig.issue({ basketPreTaxAmount: 24.98 }, 'key');
    expect(second.status).toBe(422);
    expect(rig.credited()).toHaveLength(1);
    expect(rig.simulator.ledger().stats).toMatchObject({ replays: 0, keyReusedWithOtherBody: 1 });
  });

  test('of a refused request is free for the corrected one', async () => {
    const rig = await createCounterRig();
    expect((await rig.issue({ basketPreTaxAmount: undefined }, 'key')).status).toBe(400);
    expect((await rig.issue({}, 'key')).status).toBe(200);
  });

  test('of a failed request is free for the repeat', async () => {
    const rig = await createCounterRig({ faults: { next: ['500'] } });
    expect((await rig.issue({}, 'key')).status).toBe(500);
    expect((await rig.issue({}, 'key')).status).toBe(200);
    expect(rig.credited()).toHaveLength(1);
  });

  test('of a pending answer stays pending', async () => {
    const rig = await createCounterRig({ faults: { next: ['202'] } });
    expect((await rig.issue({}, 'key')).status).toBe(202);
    expect((await rig.issue({}, 'key')).status).toBe(202);
    expect(rig.credited()).toHaveLength(1);
  });
});

describe('without a key', () => {
  test('identical content, timestamp included, is a duplicate', async () => {
    const rig = await createCounterRig();
    const first = await rig.issue();
    expect((await rig.issue()).text).toBe(first.text);
    expect(rig.credited()).toHaveLength(1);
    expect(rig.simulator.ledger().stats).toMatchObject({ duplicates: 1, replays: 0 });
  });

  test('another millisecond is another transaction', async () => {
    const rig = await createCounterRig();
    await rig.issue();
    await rig.issue({ checkoutDateTime: '2019-05-30T14:12:59.480Z' });
    expect(rig.credited()).toHaveLength(2);
  });
});

describe('two calls at a time', () => {
  test('for one Collector: the second is refused and counted against the client', async () => {
    const rig = await createCounterRig({ faults: { latencyMs: 200 } });
    const answers = await Promise.all([rig.issue({}, 'one'), rig.issue({}, 'two')]);
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 409]);
    expect(rig.credited()).toHaveLength(1);
    expect(rig.simulator.ledger().stats).toMatchObject({ parallelViolations: 1, busyAfterClientLeft: 0 });
  });

  test('for two Collectors are both taken', async () => {
    const rig = await createCounterRig({ faults: { latencyMs: 200 } });
    const answers = await Promise.all([
      rig.issue({}, 'one'),
      rig.issue({ collectorNumber: rig.otherNumber }, 'two'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(rig.simulator.ledger().stats).toMatchObject({ parallelViolations: 0 });
  });

  test('one after the other are both taken', async () => {
    const rig = await createCounterRig();
    await rig.issue({}, 'one');
    expect((await rig.issue({}, 'two')).status).toBe(200);
  });
});

describe('a token', () => {
  test('is needed, and must be one that was given', async () => {
    const rig = await createCounterRig();
    expect((await rig.call('issue', rig.basket(), { authorization: '' })).status).toBe(401);
    expect((await rig.call('issue', rig.basket(), { authorization: 'Bearer made-up' })).status).toBe(401);
    expect((await rig.call('issue', rig.basket(), { authorization: 'Basic abc' })).status).toBe(401);
    expect(rig.credited()).toEqual([]);
  });

  test('expires', async () => {
    const clock = { nowMs: 0 };
    const rig = await createCounterRig({ tokenLifetimeSeconds: 60, monotonicMs: () => clock.nowMs });
    clock.nowMs = 59_999;
    expect((await rig.issue({}, 'one')).status).toBe(200);
    clock.nowMs = 60_000;
    expect((await rig.issue({}, 'two')).status).toBe(401);
  });

  test.each([
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant', { grant_type: undefined }, 400, 'invalid_request'],
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'access_denied'],
    ['no secret', { client_secret: undefined }, 401, 'access_denied'],
    ['another client', { client_id: 'somebody' }, 401, 'access_denied'],
    ['another audience', { audience: 'elsewhere' }, 403, 'access_denied'],
  ])('is not given for %s', async (_name, changes, status, error) => {
    const simulator = await createSimulator({ audience: 'miles' });
    onTestFinished(() => simulator.stop());
    const form = {
      grant_type: 'client_credentials',
      client_id: simulator.clientId,
      client_secret: simulator.clientSecret,
      audience: 'miles',
    };
    const changed = Object.entries({ ...form, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const body = tokenForm(Object.fromEntries(changed));
    const answer = await callRaw(simulator, { path: '/oauth/token', headers: formHeaders, body });
    expect(answer).toMatchObject({ status, text: JSON.stringify({ error }) });
    expect(
      (await callRaw(simulator, { path: '/oauth/token', headers: formHeaders, body: tokenForm(form) }))
        .status,
    ).toBe(200);
  });

  test('is not given for JSON', async () => {
    const simulator = await createSimulator();
    onTestFinished(() => simulator.stop());
    const headers = { 'content-type': 'application/json' };
    expect((await callRaw(simulator, { path: '/oauth/token', headers, body: '{}' })).status).toBe(400);
  });

  test('is given for a client that introduces itself in the header', async () => {
    const simulator = await createSimulator();
    onTestFinished(() => simulator.stop());
    const basic = Buffer.from(`${simulator.clientId}:${simulator.clientSecret}`).toString('base64');
    const headers = { ...formHeaders, authorization: `Basic ${basic}` };
    const body = tokenForm({ grant_type: 'client_credentials' });
    expect((await callRaw(simulator, { path: '/oauth/token', headers, body })).status).toBe(200);
  });
});

test('plain HTTP is refused on the same port and nothing is processed', async () => {
  const rig = await createCounterRig();
  const socket = connect(Number(new URL(rig.simulator.url).port), '127.0.0.1');
  const body = JSON.stringify(rig.basket());
  socket.write(
    'POST /checkout/issuance/issue HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n' +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  );
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 403 .*HTTPS only/s);
  expect(rig.simulator.ledger().stats).toMatchObject({ requests: 0, plainHttpRefused: 1 });
});

test('the same seed makes the same Collectors and the same faults, another seed others', async () => {
  const run = async (seed: number) => {
    const rig = await createCounterRig({ seed, faults: { rates: { '500': 0.3, '202': 0.3 } } });
    const statuses: number[] = [];
    for (let call = 0; call < 30; call += 1) {
      statuses.push((await rig.issue({ checkoutTransactionId: `T${call}` })).status);
    }
    return { statuses, collectors: rig.simulator.practiceCollectors };
  };
  const [first, same, other] = [await run(5), await run(5), await run(6)];
  expect(same).toEqual(first);
  expect(other.statuses).not.toEqual(first.statuses);
  expect(other.collectors).not.toEqual(first.collectors);
  expect(new Set(first.statuses)).toEqual(new Set([200, 202, 500]));
});
