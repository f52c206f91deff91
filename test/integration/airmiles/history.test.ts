import { describe, expect, onTestFinished, test } from 'vitest';
import { createIssuanceClient } from '../../../main/airmiles/client.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import type { FaultsInput } from '../../../main/simulator/faults.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { createRig, saleBody, saleOf } from './rig.ts';
import { createScripted } from './scripted.ts';

const patient = new AbortController().signal;

async function createHistoryRig(faults: FaultsInput = {}) {
  const rig = await createRig({ nowMs: () => Date.UTC(2026, 0, 2, 15) });
  await rig.client.send(saleOf(rig.collector, { body: saleBody(rig.collector, 'the-sale') }));
  rig.simulator.setFaults(faults);
  const question = {
    collectorNumber: rig.collector,
    sponsorCodes: ['LOY1'],
    from: '2026-01-01',
    to: '2026-01-31',
    totalTimeoutMs: 5000,
  };
  return {
    ...rig,
    ask: (fields: object = {}) => rig.client.readHistory({ ...question, ...fields }, patient),
  };
}

describe('Transaction History', () => {
  test('tells that a sale arrived, by the id it was sent under', async () => {
    const rig = await createHistoryRig();
    expect(await rig.ask()).toEqual({
      kind: 'activities',
      totalPages: 1,
      activities: [
        {
          transactionId: rig.simulator.ledger().entries[0]?.transactionId,
          activityType: 'ISSUANCE',
          transactionDate: '2026-01-02T15:00:00.000Z',
          milesAmount: 5,
          partnerTransactionId: 'the-sale',
        },
      ],
    });
    expect(await rig.ask({ to: '2026-01-01' })).toEqual({
      kind: 'activities',
      totalPages: 0,
      activities: [],
    });
  });

  test('refuses a number nobody has, after one fresh token', async () => {
    const rig = await createHistoryRig();
    expect(await rig.ask({ collectorNumber: makeCollectorNumber(() => 0.999) })).toMatchObject({
      kind: 'refused',
      status: 401,
      code: 'COLLECTOR_NUMBER_INVALID',
    });
    expect(rig.simulator.ledger().stats.tokensIssued).toBe(2);
  });

  test.each([
    ['400', { kind: 'refused', status: 400 }],
    ['408', { kind: 'refused', status: 408 }],
    ['500', { kind: 'refused', status: 500 }],
    ['503', { kind: 'refused', status: 503, retryAfterMs: 30_000 }],
    ['drop', { kind: 'unanswered', failure: { kind: 'connection-lost' } }],
    ['hang', { kind: 'unanswered', failure: { kind: 'timeout' } }],
    ['garbage', { kind: 'unanswered', failure: { kind: 'answer-unreadable' } }],
  ] as const)('on %s', async (fault, expected) => {
    const rig = await createHistoryRig({ history: { next: [fault] } });
    expect(await rig.ask(fault === 'hang' ? { totalTimeoutMs: 300 } : {})).toMatchObject(expected);
  });

  test('is asked with the channel of the settings', async () => {
    const paths: string[] = [];
    const scripted = await createScripted((path) => {
      paths.push(path);
      return { status: 200, body: '{}' };
    });
    const client = createIssuanceClient({
      baseUrl: scripted.baseUrl,
      trust: scripted.trust,
      channelCode: 'TILL',
      log: createLog({ write: () => undefined }),
    });
    onTestFinished(() => client.close());
    const question = {
      collectorNumber: makeCollectorNumber(() => 0),
      sponsorCodes: ['LOY1', 'LOY2'],
      from: '2026-01-01',
      to: '2026-02-01',
    };
    expect(
      await client.readHistory({ ...question, page: 2, size: 50, totalTimeoutMs: 5000 }, patient),
    ).toEqual({
      kind: 'activities',
      activities: [],
      totalPages: undefined,
    });
    expect(paths).toEqual([
      '/transaction-history/sponsors?from=2026-01-01&to=2026-02-01&page=2&size=50' +
        `&sort=transactionDate%2Cdesc&sponsorList=LOY1%2CLOY2&collectorNumber=${question.collectorNumber}`,
    ]);
  });
});
