import type { FaultsInput } from '../../main/simulator/faults.ts';

/** What the far end and the network do to a terminal for a while: the simulator's fault panel, by a name. */
const weathers = {
  calm: {},
  // Long enough on the wire for two calls of one Collector to meet.
  slowCounter: { latencyMs: 40 },
  mixed: {
    retryAfterSeconds: 1,
    slowMs: 300,
    latencyMs: 5,
    rates: {
      '202': 0.04, '400': 0.01, '401': 0.03, '403': 0.01, '408': 0.02, '429': 0.04, '500': 0.05, '503': 0.05,
      dropBefore: 0.06, dropAfter: 0.08, hang: 0.02, slow: 0.04, garbage: 0.03, torn: 0.04, empty: 0.02,
    },
  }, // prettier-ignore
  lossy: { rates: { dropAfter: 0.5, dropBefore: 0.1, torn: 0.1, garbage: 0.1 } },
  failing: { retryAfterSeconds: 0, rates: { '500': 0.4, '503': 0.2, '429': 0.1, '408': 0.1 } },
  hanging: { rates: { hang: 0.4, slow: 0.2 }, slowMs: 1500 },
  pending: { latencyMs: 10, rates: { '202': 0.7, empty: 0.1 } },
  maintenance: { maintenance: true, retryAfterSeconds: 0 },
  refusing: { rates: { '400': 0.2 } },
  badToken: { token: { rates: { '401': 0.3, '403': 0.1, '500': 0.2, drop: 0.2, garbage: 0.1 } } },
  revoked: { rates: { '401': 0.5, '403': 0.1 } },
} as const satisfies Record<string, FaultsInput>;

export type Weather = keyof typeof weathers;

/** The faults of a weather, without empty answers where those must not be. */
export function faultsOf(weather: Weather, hasEmptyAnswers: boolean): FaultsInput {
  const faults: FaultsInput = weathers[weather];
  if (hasEmptyAnswers || faults.rates === undefined) return faults;
  const { empty: _, ...rates } = faults.rates;
  return { ...faults, rates };
}

/** How often each is drawn. */
export const weatherShares: ReadonlyArray<readonly [Weather, number]> = [
  ['calm', 4], ['slowCounter', 3], ['mixed', 8], ['lossy', 4], ['failing', 2], ['hanging', 1],
  ['pending', 1], ['maintenance', 1], ['refusing', 1], ['badToken', 1], ['revoked', 1],
]; // prettier-ignore
