import * as oauth from 'oauth4webapi';
import type { Log } from '../diagnostics/log.ts';
import { assumedTokenLifetimeSeconds } from './assumed.ts';
import type { Exchanged, ExchangeRequest } from './exchange.ts';
import { UnderstoodFailure, type NetworkFailure } from './failures.ts';
import { readRetryAfter } from './reading.ts';

/** OAuth 2.0 client credentials, machine to machine. The secret is asked for only when a token is needed. */
export interface ClientCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: () => Promise<string>;
  /** While a secret is rotated: the one before it, tried when the one in force is refused. */
  readonly olderSecret?: string | undefined;
  readonly audience?: string | undefined;
  readonly scope?: string | undefined;
}

export type TokenReading =
  | { readonly kind: 'token'; readonly accessToken: string }
  | { readonly kind: 'failure'; readonly failure: NetworkFailure };

export interface TokenSource {
  /** The token in hand, or a new one. One refresh is in flight at a time; `signal` ends this caller's wait only. */
  get(signal: AbortSignal): Promise<TokenReading>;
  /** Forgets a token that was refused. One that was renewed meanwhile stays. */
  invalidate(accessToken: string): void;
}

export interface TokenSourceOptions {
  readonly credentials: ClientCredentials;
  readonly exchange: (request: ExchangeRequest, signal: AbortSignal) => Promise<Exchanged>;
  readonly log: Log;
  /** Milliseconds of a clock that does not jump. */
  readonly nowMs: () => number;
  readonly timeoutMs: number;
}

/** A token is not used in its last minute, nor in the last fifth of a short life. */
function usableMs(lifetimeSeconds: number): number {
  return Math.max(lifetimeSeconds - 60, lifetimeSeconds * 0.8) * 1000;
}

/** A source of access tokens, kept in memory only. Neither secret nor token is ever logged or put into an error. */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { log, nowMs } = options;
  let held: { readonly accessToken: string; readonly usableUntilMs: number } | undefined;
  let refresh: Promise<TokenReading> | undefined;

  const renew = async (): Promise<TokenReading> => {
    const startedMs = nowMs();
    const granted = await requestWithEither(options);
    const elapsedMs = Math.round(nowMs() - startedMs);
    if (granted.kind === 'failure') {
      log.warn('token-failed', { reason: granted.failure.kind, elapsedMs });
      return granted;
    }
    held = { accessToken: granted.accessToken, usableUntilMs: startedMs + usableMs(granted.lifetimeSeconds) };
    log.info('token-obtained', { elapsedMs });
    return { kind: 'token', accessToken: granted.accessToken };
  };

  return {
    get(signal) {
      if (held !== undefined && nowMs() < held.usableUntilMs) {
        return Promise.resolve({ kind: 'token', accessToken: held.accessToken });
      }
      refresh ??= renew().finally(() => {
        refresh = undefined;
      });
      return orTimeout(refresh, signal);
    },
    invalidate(accessToken) {
      if (held?.accessToken === accessToken) held = undefined;
    },
  };
}

/** Waits for a shared refresh no longer than `signal` allows; the refresh itself goes on for the others. */
function orTimeout(shared: Promise<TokenReading>, signal: AbortSignal): Promise<TokenReading> {
  const timedOut: TokenReading = { kind: 'failure', failure: { kind: 'timeout' } };
  if (signal.aborted) return Promise.resolve(timedOut);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(timedOut);
    signal.addEventListener('abort', onAbort, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

type Grant =
  | { readonly kind: 'granted'; readonly accessToken: string; readonly lifetimeSeconds: number }
  | { readonly kind: 'failure'; readonly failure: NetworkFailure };

const refused = (status: number | undefined, code: string | undefined): Grant => ({
  kind: 'failure',
  failure: { kind: 'token-refused', status, code: code?.slice(0, 100) },
});

/** During a rotation either secret may be the one that AIR MILES knows: the older is tried only where the newer is refused. */
async function requestWithEither(options: TokenSourceOptions): Promise<Grant> {
  const granted = await requestToken(options);
  const { olderSecret } = options.credentials;
  const isRefused = granted.kind === 'failure' && granted.failure.kind === 'token-refused';
  if (!isRefused || olderSecret === undefined || granted.failure.status === undefined) return granted;
  const credentials = { ...options.credentials, clientSecret: () => Promise.resolve(olderSecret) };
  const again = await requestToken({ ...options, credentials });
  if (again.kind === 'failure') return granted;
  options.log.warn('token-by-older-secret');
  return again;
}

async function requestToken(options: TokenSourceOptions): Promise<Grant> {
  const { credentials, log } = options;
  let clientSecret: string;
  try {
    clientSecret = await credentials.clientSecret();
  } catch (error) {
    // Only the kind of error: a secret store's own words could hold what it keeps.
    log.warn('client-secret-unavailable', { code: error instanceof Error ? error.name : 'unknown' });
    return refused(undefined, 'secret-unavailable');
  }
  if (clientSecret === '') return refused(undefined, 'secret-missing');

  const server = { issuer: new URL(credentials.tokenUrl).origin, token_endpoint: credentials.tokenUrl };
  const client = { client_id: credentials.clientId };
  const parameters = {
    ...(credentials.audience === undefined ? {} : { audience: credentials.audience }),
    ...(credentials.scope === undefined ? {} : { scope: credentials.scope }),
  };
  const seen = { status: 0 };
  try {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      oauth.ClientSecretPost(clientSecret),
      parameters,
      {
        [oauth.customFetch]: async (url, { headers, body }) => {
          const answered = await fetchThrough(options, url, headers, body);
          seen.status = answered.status;
          return answered;
        },
      },
    );
    const token = await oauth.processClientCredentialsResponse(server, client, response);
    const lifetimeSeconds = token.expires_in ?? assumedTokenLifetimeSeconds;
    return { kind: 'granted', accessToken: token.access_token, lifetimeSeconds };
  } catch (error) {
    if (error instanceof UnderstoodFailure) return { kind: 'failure', failure: error.failure };
    if (error instanceof oauth.ResponseBodyError) return refused(error.status, error.error);
    if (error instanceof oauth.WWWAuthenticateChallengeError) return refused(error.status, undefined);
    // The library's error would carry the body, and a body may carry a token: it goes no further.
    if (seen.status >= 400) return refused(seen.status, undefined);
    if (seen.status !== 0) return { kind: 'failure', failure: { kind: 'answer-unreadable' } };
    throw error;
  }
}

/** What the library's fetch is: our own exchange. Statuses that are no word of OAuth's leave as failures. */
async function fetchThrough(
  options: TokenSourceOptions,
  url: string,
  headers: Record<string, string>,
  body: URLSearchParams,
): Promise<Response> {
  const { origin, pathname, search } = new URL(url);
  const exchanged = await options.exchange(
    { origin, path: `${pathname}${search}`, headers, body: new TextEncoder().encode(body.toString()) },
    AbortSignal.timeout(options.timeoutMs),
  );
  if (exchanged.kind === 'failed') throw new UnderstoodFailure(exchanged.failure);
  const { status } = exchanged;
  const retryAfterMs = readRetryAfter(exchanged.headers['retry-after'], Date.now());
  if (status === 403) throw new UnderstoodFailure({ kind: 'client-not-allowed', status });
  if (status === 408) throw new UnderstoodFailure({ kind: 'timeout' });
  if (status === 429) throw new UnderstoodFailure({ kind: 'rate-limited', retryAfterMs });
  if (status === 503) throw new UnderstoodFailure({ kind: 'maintenance', retryAfterMs });
  if (status >= 500) throw new UnderstoodFailure({ kind: 'airmiles-failing', status });
  if (exchanged.isTorn) throw new UnderstoodFailure({ kind: 'answer-unreadable' });
  const challenge = exchanged.headers['www-authenticate'];
  return new Response(status === 204 || status === 304 ? null : new Uint8Array(exchanged.body), {
    status,
    headers: {
      'content-type': 'application/json',
      ...(typeof challenge === 'string' ? { 'www-authenticate': challenge } : {}),
    },
  });
}
