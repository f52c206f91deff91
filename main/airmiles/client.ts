import { Agent } from 'undici';
import type { Log } from '../diagnostics/log.ts';
import { createConnector, type Trust } from './connector.ts';
import { endpointPaths, type Endpoint } from './endpoints.ts';
import { exchange, type Exchanged } from './exchange.ts';
import type { NetworkFailure } from './failures.ts';
import { readAnswer, readRetryAfter, readServerDate, type AnswerReading } from './reading.ts';
import { createTokenSource, type ClientCredentials } from './token.ts';

export type { Endpoint } from './endpoints.ts';
export type { NetworkFailure } from './failures.ts';
export type { AnswerReading } from './reading.ts';

/** The part of an answer's body that is worth keeping. */
const MAX_KEPT_BODY_BYTES = 64 * 1024;

export interface OutgoingRequest {
  readonly endpoint: Endpoint;
  /** Sent as `Idempotency-Key`. CALCULATE and RECORD need none. */
  readonly idempotencyKey: string | undefined;
  /** The stored bytes, sent as they are. */
  readonly body: Uint8Array;
  /** For everything: token, connection, request, answer, and the one repeat after a 401. */
  readonly totalTimeoutMs: number;
}

export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** At most 64 KB of it. */
      readonly body: Uint8Array;
      readonly reading: AnswerReading;
      readonly serverDateMs: number | undefined;
      readonly retryAfterMs: number | undefined;
      readonly elapsedMs: number;
    }
  | {
      readonly kind: 'unanswered';
      readonly failure: NetworkFailure;
      /** False only where certainly nothing of the request was written. */
      readonly mayHaveArrived: boolean;
      readonly elapsedMs: number;
    };

export interface IssuanceClient {
  /**
   * Sends one request and says what came back. Expected failures are answers; it does not reject for them, and it
   * repeats nothing but one refused token's call, with the same key and bytes. `signal` ends the wait early.
   */
  send(request: OutgoingRequest, signal: AbortSignal): Promise<Answer>;
  /** Closes every connection. What is still under way comes back unanswered. */
  close(): Promise<void>;
}

export interface IssuanceClientOptions {
  /** Where the documented paths begin, a partner's gateway included: `https://host[:port][/prefix]`. */
  readonly baseUrl: string;
  readonly credentials: ClientCredentials;
  readonly trust: Trust;
  readonly log: Log;
  readonly connectTimeoutMs?: number;
  readonly tokenTimeoutMs?: number;
  /** Milliseconds of a clock that does not jump, for the life of tokens. */
  readonly nowMs?: () => number;
  readonly hasNetwork?: () => boolean;
}

/** Throws on anything but https, in every environment, the simulator's included. */
function httpsUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:') return url;
  const seen = url === undefined ? 'it is not a URL' : `it is ${url.protocol}//${url.host}`;
  throw new TypeError(`${name} must be an https URL, but ${seen}. Nothing is ever sent without TLS.`);
}

/** A client of the Issuance API. Throws at once where an address is not https; connects only when asked to send. */
export function createIssuanceClient(options: IssuanceClientOptions): IssuanceClient {
  const base = httpsUrl('The address of the Issuance API', options.baseUrl);
  httpsUrl('The token address', options.credentials.tokenUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  const agent = new Agent({
    connect: createConnector({
      trust: options.trust,
      connectTimeoutMs: options.connectTimeoutMs ?? 3000,
      hasNetwork: options.hasNetwork,
    }),
    pipelining: 1,
    allowH2: false,
    // Every exchange has its own time limit; undici's would only be more timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const tokens = createTokenSource({
    credentials: options.credentials,
    exchange: (request, signal) => exchange(agent, request, signal),
    log: options.log,
    nowMs: options.nowMs ?? (() => performance.now()),
    timeoutMs: options.tokenTimeoutMs ?? 10_000,
  });

  const call = (request: OutgoingRequest, accessToken: string, signal: AbortSignal): Promise<Exchanged> => {
    const { endpoint, idempotencyKey, body } = request;
    const headers = {
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/json',
      accept: 'application/json',
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    };
    return exchange(
      agent,
      { origin: base.origin, path: `${prefix}${endpointPaths[endpoint]}`, headers, body },
      signal,
    );
  };

  const callWithToken = async (request: OutgoingRequest, signal: AbortSignal): Promise<Exchanged> => {
    const first = await tokens.get(signal);
    if (first.kind === 'failure') return { kind: 'failed', failure: first.failure, mayHaveArrived: false };
    const exchanged = await call(request, first.accessToken, signal);
    if (exchanged.kind !== 'response' || exchanged.status !== 401) return exchanged;
    tokens.invalidate(first.accessToken);
    options.log.info('token-refreshed-after-401', { endpoint: request.endpoint });
    const second = await tokens.get(signal);
    if (second.kind === 'failure') return { kind: 'failed', failure: second.failure, mayHaveArrived: false };
    return await call(request, second.accessToken, signal);
  };

  return {
    async send(request, signal) {
      const startedMs = performance.now();
      const limit = new AbortController();
      const stopWaiting = (): void => limit.abort();
      const timer = setTimeout(stopWaiting, request.totalTimeoutMs);
      if (signal.aborted) stopWaiting();
      signal.addEventListener('abort', stopWaiting, { once: true });
      try {
        const exchanged = await callWithToken(request, limit.signal);
        return answerOf(exchanged, Math.round(performance.now() - startedMs));
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', stopWaiting);
      }
    },
    close: () => agent.destroy(),
  };
}

/** HTTP status first; the body decides only whether a 2xx can be believed. */
function answerOf(exchanged: Exchanged, elapsedMs: number): Answer {
  if (exchanged.kind === 'failed') {
    return {
      kind: 'unanswered',
      failure: exchanged.failure,
      mayHaveArrived: exchanged.mayHaveArrived,
      elapsedMs,
    };
  }
  const { status, headers } = exchanged;
  const reading = readAnswer(exchanged.body, exchanged.isTorn);
  if (status < 300 && reading.body === 'unreadable') {
    return { kind: 'unanswered', failure: { kind: 'answer-unreadable' }, mayHaveArrived: true, elapsedMs };
  }
  const serverDateMs = readServerDate(headers['date']);
  return {
    kind: 'answered',
    status,
    body: exchanged.body.subarray(0, MAX_KEPT_BODY_BYTES),
    reading,
    serverDateMs,
    retryAfterMs: readRetryAfter(headers['retry-after'], serverDateMs ?? Date.now()),
    elapsedMs,
  };
}
