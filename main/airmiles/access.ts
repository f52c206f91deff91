import type { Log } from '../diagnostics/log.ts';
import type { Exchanged, ExchangeRequest } from './exchange.ts';
import type { NetworkFailure } from './failures.ts';
import { createTokenSource, type ClientCredentials } from './token.ts';

/** A key that a partner's gateway wants, in a header of its own. */
export interface ApiKey {
  readonly header: string;
  readonly key: () => Promise<string>;
  /** While a key is rotated: the one before it, tried when the one in force is refused. */
  readonly older?: string | undefined;
}

/** Headers this client writes itself: no gateway's set may stand in their place. */
export const ownHeaders: readonly string[] = [
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'idempotency-key',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

export interface AccessOptions {
  /** Where calls go: what a gateway is told is told to it alone. */
  readonly origin: string;
  /** Left out where a gateway adds the token, knowing this terminal by its headers, its key or its certificate. */
  readonly credentials?: ClientCredentials | undefined;
  readonly apiKey?: ApiKey | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly exchange: (request: ExchangeRequest, signal: AbortSignal) => Promise<Exchanged>;
  readonly log: Log;
  /** Milliseconds of a clock that does not jump. */
  readonly nowMs: () => number;
  readonly tokenTimeoutMs: number;
}

export type AccessReading =
  | {
      readonly kind: 'headers';
      readonly headers: Readonly<Record<string, string>>;
      /** Forgets what was just used, after a 401; absent where there is nothing to get anew. */
      readonly renew: (() => void) | undefined;
    }
  | { readonly kind: 'failure'; readonly failure: NetworkFailure };

/** What every call carries to be let in. Throws on a header that is this client's own. */
export function createAccess(options: AccessOptions): (signal: AbortSignal) => Promise<AccessReading> {
  const { origin, credentials, apiKey, headers = {}, exchange, log } = options;
  for (const name of [...Object.keys(headers), ...(apiKey === undefined ? [] : [apiKey.header])]) {
    if (ownHeaders.includes(name.toLowerCase())) throw new TypeError(`The header ${name} can not be set.`);
  }

  let isOlderUsed = false;
  const older = apiKey?.older;
  const renewKey =
    older === undefined
      ? undefined
      : (): void => {
          isOlderUsed = !isOlderUsed;
        };
  const gatewayHeaders = async (): Promise<AccessReading> => {
    if (apiKey === undefined) return { kind: 'headers', headers, renew: undefined };
    try {
      return {
        kind: 'headers',
        headers: {
          ...headers,
          [apiKey.header]: isOlderUsed && older !== undefined ? older : await apiKey.key(),
        },
        renew: renewKey,
      };
    } catch (error) {
      // Only the kind of error: a secret store's own words could hold what it keeps.
      log.warn('api-key-unavailable', { code: error instanceof Error ? error.name : 'unknown' });
      const failure = { kind: 'token-refused', status: undefined, code: 'secret-unavailable' } as const;
      return { kind: 'failure', failure };
    }
  };

  if (credentials === undefined) return gatewayHeaders;

  const isBehindGateway = new URL(credentials.tokenUrl).origin === origin;
  const tokens = createTokenSource({
    credentials,
    exchange: async (request, signal) => {
      if (!isBehindGateway) return await exchange(request, signal);
      const gateway = await gatewayHeaders();
      if (gateway.kind === 'failure')
        return { kind: 'failed', failure: gateway.failure, mayHaveArrived: false };
      return await exchange({ ...request, headers: { ...gateway.headers, ...request.headers } }, signal);
    },
    log,
    nowMs: options.nowMs,
    timeoutMs: options.tokenTimeoutMs,
  });
  return async (signal) => {
    const token = await tokens.get(signal);
    if (token.kind === 'failure') return token;
    const gateway = await gatewayHeaders();
    if (gateway.kind === 'failure') return gateway;
    return {
      kind: 'headers',
      headers: { ...gateway.headers, authorization: `Bearer ${token.accessToken}` },
      renew: () => tokens.invalidate(token.accessToken),
    };
  };
}
