import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { endpointPaths, endpoints, type Endpoint } from '../../../main/airmiles/endpoints.ts';
import type { FaultKind } from '../../../main/simulator/faults.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { requestBodies } from '../airmiles/request-bodies.ts';
import { createCounterRig } from './counter-rig.ts';

const document = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../main/airmiles/openapi.json'), 'utf8'),
);
// The document's own keywords are no part of JSON Schema, and formats are an annotation there.
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, 'openapi');

/** What the document says against a body, as the answer to a status or as a request. */
function faultsIn(reference: string, body: unknown): unknown {
  const validate = ajv.getSchema(`openapi${reference}`);
  if (validate === undefined) throw new Error(`The document has no ${reference}`);
  return validate(body) === true ? [] : validate.errors;
}

function answerSchema(path: string, method: 'get' | 'post', status: number): string {
  const schema = document.paths[path]?.[method]?.responses[status]?.content['application/json'].schema.$ref;
  if (typeof schema !== 'string') throw new Error(`${method} ${path} is not said to answer ${status}`);
  return schema;
}

const statuses = [
  '202',
  '400',
  '401',
  '403',
  '408',
  '429',
  '500',
  '503',
] as const satisfies readonly FaultKind[];

describe.each(endpoints)('%s', (endpoint: Endpoint) => {
  const path = endpointPaths[endpoint];

  test('is sent as the document says', () => {
    const schema = document.paths[path].post.requestBody.content['application/json'].schema.$ref;
    const body: unknown = JSON.parse(
      new TextDecoder().decode(requestBodies[endpoint](makeCollectorNumber(() => 0.3))),
    );
    expect(faultsIn(schema, body)).toEqual([]);
    expect(faultsIn(schema, {})).not.toEqual([]);
  });

  test('is answered as the document says, in success, refusal and failure', async () => {
    const rig = await createCounterRig();
    const name = path.replace('/checkout/issuance/', '');
    const call = (id: string) =>
      rig.call(name, new TextDecoder().decode(requestBodies[endpoint](rig.collectorNumber, id)), {
        'idempotency-key': id,
      });
    // Something to take back.
    await rig.call('post/event', rig.event({ clientTransactionId: 'before' }));
    const answers = [await call('a'), await call('a'), await rig.call(name, '{}')];
    const isOnce = endpoint !== 'calculate' && endpoint !== 'record';
    for (const status of statuses) {
      if (status === '202' && !isOnce) continue;
      rig.simulator.setFaults(
        endpoint === 'calculate' ? { calculate: { next: [status] } } : { next: [status] },
      );
      answers.push(await call(`fault-${status}`));
    }
    rig.simulator.setFaults({ maintenance: true });
    answers.push(await call('b'));
    expect(new Set(answers.map(({ status }) => String(status)))).toEqual(
      new Set(['200', ...statuses.filter((status) => status !== '202' || isOnce)]),
    );
    for (const { status, text } of answers) {
      expect({ status, faults: faultsIn(answerSchema(path, 'post', status), JSON.parse(text)) }).toEqual({
        status,
        faults: [],
      });
    }
  });
});

test('a second call for a busy Collector, and a key used twice, are answered as the document says', async () => {
  const rig = await createCounterRig({ faults: { latencyMs: 200 } });
  const [first, second] = await Promise.all([rig.issue({}, 'a'), rig.issue({}, 'b')]);
  const reused = await rig.issue({ checkoutTransactionId: 'other' }, first.status === 200 ? 'a' : 'b');
  const path = endpointPaths.issue;
  expect([first.status, second.status, reused.status].toSorted((left, right) => left - right)).toEqual([
    200, 409, 422,
  ]);
  for (const { status, text } of [first, second, reused]) {
    expect(faultsIn(answerSchema(path, 'post', status), JSON.parse(text))).toEqual([]);
  }
});

test('Transaction History is answered as the document says', async () => {
  const rig = await createCounterRig({ nowMs: () => Date.UTC(2026, 3, 1) });
  const path = '/transaction-history/sponsors';
  const empty = await rig.history();
  await rig.issue();
  const answers = [empty, await rig.history(), await rig.history({ from: 'x' })];
  answers.push(await rig.history({ collectorNumber: makeCollectorNumber(() => 0.999) }));
  for (const status of ['403', '408', '429', '500', '503'] as const) {
    rig.simulator.setFaults({ history: { next: [status] } });
    answers.push(await rig.history());
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 401, 403, 408, 429, 500, 503]);
  for (const { status, body } of answers) {
    expect({ status, faults: faultsIn(answerSchema(path, 'get', status), body) }).toEqual({
      status,
      faults: [],
    });
  }
});
