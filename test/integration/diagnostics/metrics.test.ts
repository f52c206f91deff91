import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Answer } from '../../../main/airmiles/client.ts';
import type { NetworkFailure } from '../../../main/airmiles/failures.ts';
import { createMetrics } from '../../../main/diagnostics/metrics/metrics.ts';
import { createManualClock } from '../../unit/manual-clock.ts';
import { quiet, temporaryFolder } from './installed.ts';

const DAY_MS = 86_400_000;

function answered(status: number, elapsedMs = 100): Answer {
  return {
    kind: 'answered',
    status,
    body: new Uint8Array(),
    reading: { body: 'empty' },
    serverDateMs: undefined,
    retryAfterMs: undefined,
    elapsedMs,
  };
}
const unanswered = (failure: NetworkFailure): Answer => ({
  kind: 'unanswered',
  failure,
  mayHaveArrived: false,
  elapsedMs: 1,
});

test.each([
  ['an answer', answered(200), {}],
  ['a refusal of one sale', answered(400), { refused: 1 }],
  ['AIR MILES failing', answered(503), { failed: 1 }],
  ['no answer in time', unanswered({ kind: 'timeout' }), { failed: 1 }],
  ['a connection refused', unanswered({ kind: 'connection-refused' }), { failed: 1 }],
  ['maintenance', unanswered({ kind: 'maintenance', retryAfterMs: undefined }), { failed: 1 }],
  ['a certificate that expired', unanswered({ kind: 'tls-expired', issuer: 'x', code: 'x' }), { failed: 1 }],
  ['no network', unanswered({ kind: 'no-network', code: 'ENETUNREACH' }), { ownNetwork: 1 }],
  ['a name not known', unanswered({ kind: 'dns', host: 'x', code: 'ENOTFOUND' }), { ownNetwork: 1 }],
  ['a proxy', unanswered({ kind: 'proxy-refused', proxy: 'x', code: 'HTTP 407' }), { ownNetwork: 1 }],
  [
    'a filter that inspects TLS',
    unanswered({ kind: 'tls-untrusted', issuer: 'Filter', code: 'x' }),
    { ownNetwork: 1 },
  ],
  [
    'a secret refused',
    unanswered({ kind: 'token-refused', status: 401, code: 'access_denied' }),
    { ownNetwork: 1 },
  ],
  ['an address not let in', unanswered({ kind: 'client-not-allowed', status: 403 }), { ownNetwork: 1 }],
] as const)('%s is held against whom it belongs to', (_, answer, counts) => {
  const { clock } = createManualClock();
  const metrics = createMetrics({ folder: join(temporaryFolder(), 'metrics'), clock, log: quiet });
  metrics.call(answer);
  const [today] = metrics.days(1);
  expect(today).toMatchObject({ calls: 1, refused: 0, failed: 0, ownNetwork: 0, ...counts });
  // What never left the store says nothing about availability, either way.
  const availability = 'failed' in counts ? 0 : 'ownNetwork' in counts ? undefined : 1;
  expect(today?.availability).toBe(availability);
});

test('each day of the store has its own availability, answer times and refusals, kept over a restart', () => {
  const folder = join(temporaryFolder(), 'metrics');
  const { clock, advance } = createManualClock();
  const options = { folder, clock, log: quiet };
  const metrics = createMetrics(options);
  for (const elapsedMs of [80, 90, 100]) metrics.call(answered(200, elapsedMs));
  metrics.call(answered(503, 2000));
  metrics.call(unanswered({ kind: 'no-network', code: 'ENETUNREACH' }));
  advance(DAY_MS);
  metrics.call(answered(400, 50));
  metrics.stop();
  const [today, before] = createMetrics(options).days(14);
  expect(today).toMatchObject({ calls: 1, refused: 1, availability: 1 });
  expect(before).toMatchObject({ calls: 5, failed: 1, ownNetwork: 1, availability: 0.75 });
  expect(before?.latency?.p50).toBeGreaterThanOrEqual(80);
  expect(before?.latency?.p50).toBeLessThan(200);
  expect(before?.latency?.p95).toBeGreaterThanOrEqual(1500);
  expect(Date.parse(today?.day ?? '') - Date.parse(before?.day ?? '')).toBe(DAY_MS);
});

test('a torn file of figures begins its day anew and stops nothing', () => {
  const folder = join(temporaryFolder(), 'metrics');
  const { clock } = createManualClock();
  const options = { folder, clock, log: quiet };
  const metrics = createMetrics(options);
  metrics.call(answered(200));
  metrics.stop();
  const file = join(folder, `${metrics.days(1)[0]?.day}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, readFileSync(file).subarray(0, 20));
  expect(createMetrics(options).days(1)[0]).toMatchObject({ calls: 0 });
});
