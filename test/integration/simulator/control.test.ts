import { describe, expect, onTestFinished, test } from 'vitest';
import { createSimulator } from '../../../main/simulator/simulator.ts';
import { clientOf, saleOf } from '../airmiles/rig.ts';
import { callRaw } from './call.ts';

async function createControlRig() {
  const simulator = await createSimulator();
  onTestFinished(() => simulator.stop());
  const control = async (method: string, path: string, body?: unknown, secret = simulator.controlSecret) => {
    const answer = await callRaw(simulator, {
      method,
      path: `/simulator/${path}`,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: JSON.parse(answer.text) as unknown };
  };
  const client = clientOf(simulator);
  const [collector = ''] = simulator.practiceCollectors;
  const issue = () => client.send(saleOf(collector));
  const ask = () => client.send({ ...saleOf(collector), endpoint: 'calculate', idempotencyKey: undefined });
  return { simulator, control, issue, ask };
}

describe('the control API', () => {
  test('sets faults while calls come in, and shows them', async () => {
    const rig = await createControlRig();
    expect(await rig.issue()).toMatchObject({ status: 200 });
    expect(await rig.control('PUT', 'faults', { next: ['400', { fault: '500', times: 2 }] })).toMatchObject({
      status: 200,
    });
    expect(await rig.issue()).toMatchObject({ status: 400 });
    expect(await rig.issue()).toMatchObject({ status: 500 });
    expect(await rig.issue()).toMatchObject({ status: 500 });
    expect(await rig.issue()).toMatchObject({ status: 200 });
    expect(await rig.control('PUT', 'faults', { maintenance: true })).toMatchObject({ status: 200 });
    expect(await rig.control('GET', 'faults')).toMatchObject({
      json: { maintenance: true, latencyMs: 0, next: [] },
    });
    expect(await rig.issue()).toMatchObject({ status: 503 });
  });

  test('a question uses up no step that is planned for a sale, and has steps of its own', async () => {
    const rig = await createControlRig();
    rig.simulator.setFaults({ next: ['400'], calculate: { next: ['500'] } });
    expect(await rig.ask()).toMatchObject({ status: 500 });
    expect(await rig.ask()).toMatchObject({ status: 200 });
    expect(await rig.issue()).toMatchObject({ status: 400 });
    expect(await rig.issue()).toMatchObject({ status: 200 });
    rig.simulator.setFaults({ rates: { '403': 1 } });
    expect([await rig.ask(), await rig.issue()]).toMatchObject([{ status: 403 }, { status: 403 }]);
  });

  test('shows the ledger, the counts and the Collectors', async () => {
    const rig = await createControlRig();
    await rig.issue();
    expect(await rig.control('GET', 'ledger')).toEqual({ status: 200, json: rig.simulator.ledger().entries });
    expect(await rig.control('GET', 'stats')).toMatchObject({ json: { requests: 1, tokensIssued: 1 } });
    expect(await rig.control('GET', 'collectors')).toEqual({ status: 200, json: rig.simulator.collectors() });
  });

  test('forgets everything on a reset', async () => {
    const rig = await createControlRig();
    const before = rig.simulator.collectors();
    await rig.issue();
    await rig.control('PUT', 'faults', { rates: { '500': 1 } });
    expect(await rig.control('POST', 'reset')).toMatchObject({ status: 200 });
    expect(rig.simulator.ledger()).toMatchObject({ entries: [], stats: { requests: 0 } });
    expect(rig.simulator.collectors()).toEqual(before);
    expect(await rig.issue()).toMatchObject({ status: 200 });
  });

  test('wants its own secret', async () => {
    const rig = await createControlRig();
    expect(await rig.control('GET', 'ledger', undefined, 'wrong')).toMatchObject({ status: 401 });
    expect(
      await rig.control('PUT', 'faults', { maintenance: true }, rig.simulator.clientSecret),
    ).toMatchObject({ status: 401 });
    expect(await rig.issue()).toMatchObject({ status: 200 });
  });

  test.each([
    ['an unknown fault', { next: ['418'] }],
    ['a misspelt setting', { latency: 5 }],
    ['a rate above 1', { rates: { '500': 1.5 } }],
    ['rates that are more than 1 together', { rates: { '500': 0.6, '503': 0.6 } }],
    ['a negative latency', { latencyMs: -1 }],
    ['no object', 'maintenance'],
  ])('refuses %s and changes nothing', async (_name, faults) => {
    const rig = await createControlRig();
    expect(await rig.control('PUT', 'faults', faults)).toMatchObject({
      status: 400,
      json: { problems: expect.any(Array) },
    });
    expect(await rig.issue()).toMatchObject({ status: 200 });
  });
});
