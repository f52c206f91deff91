import { describe, expect, onTestFinished, test } from 'vitest';
import { createSimulator, type SimulatorOptions } from '../../../main/simulator/simulator.ts';
import { createRig, saleOf } from '../airmiles/rig.ts';
import { createCounterRig } from './counter-rig.ts';

test('the same seed and clock give the same answers and the same ledger to the letter', async () => {
  const run = async () => {
    const rig = await createCounterRig({
      seed: 12,
      nowMs: () => Date.UTC(2026, 2, 3),
      faults: { rates: { '202': 0.2, '500': 0.2 } },
    });
    const texts: string[] = [];
    for (let call = 0; call < 20; call += 1) {
      texts.push((await rig.issue({ checkoutTransactionId: `T${call}` }, `key-${call}`)).text);
    }
    texts.push((await rig.call('return', rig.basket({ context: { originalTransactionId: 'T19' } }))).text);
    texts.push(JSON.stringify((await rig.history()).body));
    return { texts, ledger: rig.simulator.ledger() };
  };
  const first = await run();
  expect(await run()).toEqual(first);
  expect(first.ledger.entries[0]?.transactionId).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
});

describe('maintenance windows', () => {
  test('answer 503 from their first moment to their last, and say when they end', async () => {
    const clock = { nowMs: Date.UTC(2026, 0, 4, 6, 59, 59, 999) };
    const rig = await createCounterRig({
      nowMs: () => clock.nowMs,
      faults: {
        maintenanceWindows: [
          { from: '2026-01-04T07:00:00Z', until: '2026-01-04T05:00:00-05:00' },
          { from: '2026-02-01T00:00:00Z', until: '2026-02-02T00:00:00Z' },
        ],
      },
    });
    expect((await rig.issue({}, 'one')).status).toBe(200);
    clock.nowMs += 1;
    const closed = await rig.issue({}, 'two');
    expect(closed).toMatchObject({ status: 503, headers: { 'retry-after': String(3 * 3600) } });
    expect(await rig.history()).toMatchObject({ status: 503 });
    clock.nowMs = Date.UTC(2026, 0, 4, 10);
    expect((await rig.issue({}, 'two')).status).toBe(200);
    expect(rig.credited()).toHaveLength(2);
  });

  test('that end before they begin are no faults to set', async () => {
    const faults = { maintenanceWindows: [{ from: '2026-01-04T07:00:00Z', until: '2026-01-04T06:00:00Z' }] };
    await expect(createSimulator({ faults })).rejects.toThrow(/ends before/);
  });
});

describe('a simulator refuses what belongs to the real programme', () => {
  test.each<[string, SimulatorOptions]>([
    ['clientId', { clientId: 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6' }],
    ['clientSecret', { clientSecret: 'x_y-'.repeat(16) }],
    ['audience', { audience: 'https://airmilesapis.ca' }],
    ['audience', { audience: 'https://members.loyalty.com' }],
    ['audience', { audience: 'https://CERT.AirMilesAPIs.ca/checkout' }],
    ['audience', { audience: 'loyalty-api' }],
  ])('%s %j', async (name, options) => {
    const refused = createSimulator(options);
    await expect(refused).rejects.toThrow(name);
    for (const value of Object.values(options)) await expect(refused).rejects.not.toThrow(String(value));
  });

  test('and takes what is plainly made up', async () => {
    const simulator = await createSimulator({
      clientId: 'till-of-a-test',
      clientSecret: 'not-a-secret',
      audience: 'https://notairmiles.ca.example',
    });
    await simulator.stop();
  });
});

test('it listens on the IPv6 loopback too, and a client reaches it there', async () => {
  const rig = await createRig({ host: '::1' });
  expect(rig.simulator.url).toMatch(/^https:\/\/\[::1\]:\d+$/);
  expect(await rig.client.send(saleOf(rig.collector))).toMatchObject({ status: 200 });
});

test('two simulators with one seed keep their ledgers apart', async () => {
  const [left, right] = [await createSimulator({ seed: 3 }), await createSimulator({ seed: 3 })];
  onTestFinished(async () => {
    await left.stop();
    await right.stop();
  });
  expect(left.practiceCollectors).toEqual(right.practiceCollectors);
  expect(left.clientSecret).not.toBe(right.clientSecret);
});
