import { describe, expect, test } from 'vitest';
import type { PartnerClient } from '../../../main/airmiles/client.ts';
import type { HistoryAnswer } from '../../../main/airmiles/history.ts';
import { createElsewhereHandlers } from '../../../main/board/elsewhere.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { openShop } from '../checkout/shop.ts';
import { createFarEnd } from '../forwarding/far-end.ts';

const REFERENCE = 'K7Q3M2XVT9PH';
const collector = makeCollectorNumber(Math.random);
const activity = (partnerTransactionId: string, milesAmount: number) => ({
  transactionId: undefined,
  activityType: 'ISSUANCE',
  transactionDate: undefined,
  milesAmount,
  partnerTransactionId,
});

async function openDesk(answer: HistoryAnswer, sponsorCodes = ['TEST']) {
  const { issuing, forwarder } = await openShop(createFarEnd().client);
  const asked: Parameters<PartnerClient['readHistory']>[0][] = [];
  const handlers = createElsewhereHandlers({
    ...issuing,
    forwarder,
    sponsorCodes,
    transactionDayZone: 'EST',
    collectorNumber: issuing.rules.collectorNumber,
    client: {
      readHistory: (request) => {
        asked.push(request);
        return Promise.resolve(answer);
      },
    },
  });
  return { ask: handlers['returns.askElsewhere'], asked };
}

const history = (...activities: ReturnType<typeof activity>[]): HistoryAnswer => ({
  kind: 'activities',
  activities,
  totalPages: 1,
});

describe('a receipt of another terminal', () => {
  test('is credited where the history of its Collector has its reference, scanned or keyed', async () => {
    const { ask, asked } = await openDesk(history(activity('OTHER', 9), activity(REFERENCE, 4)));
    const input = { collectorText: collector, transactionDay: '2026-11-20' };
    const credited = { kind: 'credited', milesAmount: 4 };
    expect(await ask({ ...input, reference: `MP-${REFERENCE}` })).toEqual(credited);
    expect(await ask({ ...input, reference: 'k7q3 m2xv t9ph' })).toEqual(credited);
    expect(asked[0]).toMatchObject({ collectorNumber: collector, from: '2026-11-19' });
  });

  test('is asked for over the whole two years where nobody keyed its day', async () => {
    const { ask, asked } = await openDesk(history());
    expect(await ask({ reference: REFERENCE, collectorText: collector })).toEqual({ kind: 'not-found' });
    const [{ from, to } = { from: '', to: '' }] = asked;
    expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(729);
  });

  test.each([
    ['no reference', 'K7Q3', collector],
    ['no Collector Number', REFERENCE, '123'],
  ])('is not asked for with %s', async (_what, reference, collectorText) => {
    const { ask, asked } = await openDesk(history());
    expect(await ask({ reference, collectorText })).toEqual({ kind: 'unreadable' });
    expect(asked).toEqual([]);
  });

  test('says why AIR MILES could not be asked', async () => {
    const offline = await openDesk({ kind: 'unanswered', failure: { kind: 'timeout' } });
    const input = { reference: REFERENCE, collectorText: collector };
    expect(await offline.ask(input)).toEqual({ kind: 'unavailable', trouble: 'timeout' });
    const off = await openDesk(history(), []);
    expect(await off.ask(input)).toEqual({ kind: 'unavailable', trouble: 'no-sponsor-codes' });
  });
});
