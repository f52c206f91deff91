import { describe, expect, test } from 'vitest';
import type { Exchanged, ExchangeRequest } from '../../../main/airmiles/exchange.ts';
import { createTokenSource } from '../../../main/airmiles/token.ts';
import { createLog } from '../../../main/diagnostics/log.ts';

const SECRET = 'a secret of this test';

const answered = (status: number, body: unknown, headers: Record<string, string> = {}): Exchanged => ({
  kind: 'response',
  status,
  headers,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  isTorn: false,
});

const granted = (token: string, expiresIn?: number): Exchanged =>
  answered(200, {
    access_token: token,
    token_type: 'Bearer',
    ...(expiresIn === undefined ? {} : { expires_in: expiresIn }),
  });

/** A token source whose far end gives the answers listed, one a request, and whose clock stands until it is set. */
function createRig(
  answers: readonly Exchanged[],
  clientSecret: () => Promise<string> = () => Promise.resolve(SECRET),
) {
  const requests: ExchangeRequest[] = [];
  const lines: string[] = [];
  const clock = { nowMs: 0 };
  const source = createTokenSource({
    credentials: {
      tokenUrl: 'https://token.example/oauth/token',
      clientId: 'till',
      clientSecret,
      audience: 'miles',
    },
    exchange: (request) => {
      const answer = answers[requests.length];
      requests.push(request);
      if (answer === undefined) throw new Error('Asked more often than expected.');
      return Promise.resolve(answer);
    },
    log: createLog({ write: (line: string) => lines.push(line) }),
    nowMs: () => clock.nowMs,
    timeoutMs: 1000,
  });
  return { source, requests, lines, clock, get: () => source.get(new AbortController().signal) };
}

describe('a token', () => {
  test('is asked for with the client credentials in a form', async () => {
    const rig = createRig([granted('first', 3600)]);
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'first' });
    const [request] = rig.requests;
    expect(request?.origin).toBe('https://token.example');
    expect(request?.path).toBe('/oauth/token');
    expect(request?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(Object.fromEntries(new URLSearchParams(new TextDecoder().decode(request?.body)))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'till',
      client_secret: SECRET,
      audience: 'miles',
    });
  });

  test('is kept until a minute before it expires', async () => {
    const rig = createRig([granted('first', 3600), granted('second', 3600)]);
    await rig.get();
    rig.clock.nowMs = 3_539_999;
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'first' });
    rig.clock.nowMs = 3_540_000;
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'second' });
  });

  test('with a short life is kept for four fifths of it', async () => {
    const rig = createRig([granted('first', 10), granted('second', 10)]);
    await rig.get();
    rig.clock.nowMs = 7_999;
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'first' });
    rig.clock.nowMs = 8_000;
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'second' });
  });

  test('without a stated life is kept for the assumed five minutes', async () => {
    const rig = createRig([granted('first'), granted('second')]);
    await rig.get();
    rig.clock.nowMs = 239_999;
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'first' });
    rig.clock.nowMs = 240_000;
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'second' });
  });

  test('is fetched once when many ask at the same time', async () => {
    const rig = createRig([granted('first', 3600)]);
    const all = await Promise.all([rig.get(), rig.get(), rig.get()]);
    expect(all.map((reading) => reading.kind === 'token' && reading.accessToken)).toEqual([
      'first',
      'first',
      'first',
    ]);
    expect(rig.requests).toHaveLength(1);
  });

  test('is fetched anew after it was refused, but not when it was renewed meanwhile', async () => {
    const rig = createRig([granted('first', 3600), granted('second', 3600)]);
    await rig.get();
    rig.source.invalidate('first');
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'second' });
    rig.source.invalidate('first');
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'second' });
    expect(rig.requests).toHaveLength(2);
  });

  test('that could not be had is asked for again by the next caller', async () => {
    const rig = createRig([answered(500, ''), granted('second', 3600)]);
    expect(await rig.get()).toEqual({ kind: 'failure', failure: { kind: 'airmiles-failing', status: 500 } });
    expect(await rig.get()).toEqual({ kind: 'token', accessToken: 'second' });
  });

  test('is not waited for longer than the caller wants, while others still get it', async () => {
    const wait = Promise.withResolvers<string>();
    const rig = createRig([granted('first', 3600)], () => wait.promise);
    const impatient = new AbortController();
    const first = rig.source.get(impatient.signal);
    const second = rig.get();
    impatient.abort();
    expect(await first).toEqual({ kind: 'failure', failure: { kind: 'timeout' } });
    wait.resolve(SECRET);
    expect(await second).toEqual({ kind: 'token', accessToken: 'first' });
  });
});

describe('a token that is not given', () => {
  test.each<[string, Exchanged, object]>([
    ['the secret is wrong', answered(401, { error: 'access_denied' }),
      { kind: 'token-refused', status: 401, code: 'access_denied' }],
    ['the server challenges', answered(401, {}, { 'www-authenticate': 'Basic realm="token"' }),
      { kind: 'token-refused', status: 401, code: undefined }],
    ['the client is unknown', answered(400, { error: 'invalid_client', error_description: 'no' }),
      { kind: 'token-refused', status: 400, code: 'invalid_client' }],
    ['the address is wrong', answered(404, '<h1>Not Found'), { kind: 'token-refused', status: 404, code: undefined }],
    ['the client may not in', answered(403, { error: 'access_denied' }), { kind: 'client-not-allowed', status: 403 }],
    ['too many asked', answered(429, '', { 'retry-after': '7' }), { kind: 'rate-limited', retryAfterMs: 7000 }],
    ['there is maintenance', answered(503, ''), { kind: 'maintenance', retryAfterMs: undefined }],
    ['the server fails', answered(502, ''), { kind: 'airmiles-failing', status: 502 }],
    ['the answer is a page', answered(200, '<p>Sign in'), { kind: 'answer-unreadable' }],
    ['the answer lacks the token', answered(200, { token_type: 'Bearer' }), { kind: 'answer-unreadable' }],
    ['the answer broke off', { kind: 'response', status: 200, headers: {}, body: Buffer.from('{'), isTorn: true },
      { kind: 'answer-unreadable' }],
    ['a redirect sends elsewhere', answered(302, '', { location: 'https://elsewhere.example' }), { kind: 'answer-unreadable' }],
    ['the network is away', { kind: 'failed', failure: { kind: 'no-network', code: 'ENETUNREACH' }, mayHaveArrived: false },
      { kind: 'no-network', code: 'ENETUNREACH' }],
  ])('says so when %s', async (_name, answer, failure) => {
    const rig = createRig([answer]);
    expect(await rig.get()).toEqual({ kind: 'failure', failure });
  }); // prettier-ignore

  test('says so when the secret store fails, and keeps the words of the store to itself', async () => {
    const rig = createRig([], () => Promise.reject(new Error(`could not unwrap ${SECRET}`)));
    expect(await rig.get()).toEqual({
      kind: 'failure',
      failure: { kind: 'token-refused', status: undefined, code: 'secret-unavailable' },
    });
    expect(rig.lines.join('')).toContain('client-secret-unavailable');
    expect(rig.lines.join('')).not.toContain(SECRET);
  });
});

test('neither secret nor token is written to the log, whatever happens', async () => {
  const rig = createRig([
    granted('a-token-of-this-test', 1),
    answered(200, { access_token: 'a-token-of-this-test', token_type: 'mac' }),
    answered(401, { error: 'access_denied', error_description: SECRET }),
  ]);
  await rig.get();
  rig.clock.nowMs = 10_000;
  const readings = [await rig.get(), await rig.get()];
  expect(rig.lines.length).toBeGreaterThanOrEqual(3);
  const written = `${rig.lines.join('')}${JSON.stringify(readings)}`;
  expect(written).not.toContain(SECRET);
  expect(written).not.toContain('a-token-of-this-test');
});
