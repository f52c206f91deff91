import { Agent } from 'undici';
import type { Log } from '../diagnostics/log.ts';
import { createAccess, type ApiKey } from './access.ts';
import { createConnector } from './connector.ts';
import { endpointPaths, type Endpoint } from './endpoints.ts';
import { exchange, type Exchanged } from './exchange.ts';
import type { NetworkFailure } from './failures.ts';
import { historyOf, type HistoryAnswer } from './history.ts';
import { historyTarget, type HistoryRequest } from './history-query.ts';
import type { ProxyChoice } from './proxy.ts';
import { readAnswer, readRetryAfter, readServerDate, type AnswerReading } from './reading.ts';
import type { ClientCredentials } from './token.ts';
import type { ClientCertificate, Trust } from './trust.ts';

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

/** The same with Transaction History, for a look at what became of a transaction nobody answered. */
export interface PartnerClient extends IssuanceClient {
  /** One page of what sponsors issued to a Collector. Expected failures are answers, as with `send`. */
  readHistory(
    request: HistoryRequest & { readonly totalTimeoutMs: number },
    signal: AbortSignal,
  ): Promise<HistoryAnswer>;
}

export interface IssuanceClientOptions {
  /** Where the documented paths begin, a partner's gateway included: `https://host[:port][/prefix]`. */
  readonly baseUrl: string;
  /** Left out where a gateway adds the token. */
  readonly credentials?: ClientCredentials | undefined;
  /** What a gateway wants besides or in the place of a token: a key, a set of headers, a certificate. */
  readonly apiKey?: ApiKey | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
  readonly trust: Trust;
  readonly chooseProxy?: ProxyChoice | undefined;
  /** Sent to Transaction History as `Channel-Code`. */
  readonly channelCode?: string | undefined;
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

interface Call {
  readonly name: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/** A client of the partner APIs. Throws at once where an address is not https; connects only when asked to send. */
export function createIssuanceClient(options: IssuanceClientOptions): PartnerClient {
  const { log, credentials } = options;
  const base = httpsUrl('The address of the Issuance API', options.baseUrl);
  if (credentials !== undefined) httpsUrl('The token address', credentials.tokenUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  const agent = new Agent({
    connect: createConnector({
      trust: options.trust,
      clientCertificate: options.clientCertificate,
      chooseProxy: options.chooseProxy,
      connectTimeoutMs: options.connectTimeoutMs ?? 3000,
      hasNetwork: options.hasNetwork,
    }),
    pipelining: 1,
    allowH2: false,
    // Every exchange has its own time limit; undici's would only be more timers.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const access = createAccess({
    origin: base.origin,
    credentials,
    apiKey: options.apiKey,
    headers: options.headers,
    exchange: (request, signal) => exchange(agent, request, signal),
    log,
    nowMs: options.nowMs ?? (() => performance.now()),
    tokenTimeoutMs: options.tokenTimeoutMs ?? 10_000,
  });

  const call = async ({ name, path, headers, body }: Call, signal: AbortSignal): Promise<Exchanged> => {
    for (let isRepeat = false; ; isRepeat = true) {
      const admission = await access(signal);
      if (admission.kind === 'failure') {
        return { kind: 'failed', failure: admission.failure, mayHaveArrived: false };
      }
      const request = {
        origin: base.origin,
        path: `${prefix}${path}`,
        headers: { accept: 'application/json', ...headers, ...admission.headers },
        body,
      };
      const exchanged = await exchange(agent, request, signal);
      const isRefused = exchanged.kind === 'response' && exchanged.status === 401;
      if (!isRefused || isRepeat || admission.renew === undefined) return exchanged;
      admission.renew();
      log.info('token-refreshed-after-401', { endpoint: name });
    }
  };

  const callWithin = async (
    request: Call,
    totalTimeoutMs: number,
    signal: AbortSignal,
  ): Promise<Exchanged> => {
    const limit = new AbortController();
    const stopWaiting = (): void => limit.abort();
    const timer = setTimeout(stopWaiting, totalTimeoutMs);
    if (signal.aborted) stopWaiting();
    signal.addEventListener('abort', stopWaiting, { once: true });
    try {
      return await call(request, limit.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stopWaiting);
    }
  };

  return {
    async send({ endpoint, idempotencyKey, body, totalTimeoutMs }, signal) {
      const startedMs = performance.now();
      const headers = {
        'content-type': 'application/json',
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      };
      const path = endpointPaths[endpoint];
      const exchanged = await callWithin({ name: endpoint, path, headers, body }, totalTimeoutMs, signal);
      return answerOf(exchanged, Math.round(performance.now() - startedMs));
    },
    async readHistory({ totalTimeoutMs, ...request }, signal) {
      const { channelCode } = options;
      const headers = channelCode === undefined ? {} : { 'channel-code': channelCode };
      const path = historyTarget(request);
      return historyOf(
        await callWithin({ name: 'history', path, headers, body: undefined }, totalTimeoutMs, signal),
      );
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
