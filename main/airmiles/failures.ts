/**
 * Why no usable answer came, told apart by who can mend it. The kinds are the words of `OutcomeReason`, so a journal
 * and a screen can use them as they are. `code` is the operating system's or the library's own, for support.
 */
export type NetworkFailure =
  | { readonly kind: 'no-network'; readonly code: string }
  | { readonly kind: 'dns'; readonly host: string; readonly code: string }
  | { readonly kind: 'connection-refused' }
  | { readonly kind: 'connection-lost'; readonly code: string }
  /** The issuer names a filter that inspects TLS; it is absent when no certificate was shown at all. */
  | { readonly kind: 'tls-untrusted'; readonly issuer: string | undefined; readonly code: string }
  /** Expired or not yet valid: the certificate's fault, or this terminal's clock. */
  | { readonly kind: 'tls-expired'; readonly issuer: string | undefined; readonly code: string }
  /** The proxy (`host:port`) could not be reached, or did not let this through: `HTTP 407` where it wants a password. */
  | { readonly kind: 'proxy-refused'; readonly proxy: string; readonly code: string }
  /** The time limit passed, or the caller stopped waiting. */
  | { readonly kind: 'timeout' }
  /** The token endpoint refused the client id or its secret. `code` is the OAuth error. */
  | { readonly kind: 'token-refused'; readonly status: number | undefined; readonly code: string | undefined }
  /**
   * The other side knows who asks and does not let it in: an address not white-listed, an audience not granted (with a
   * status), or a client certificate that is missing or not accepted (with TLS' own code).
   */
  | { readonly kind: 'client-not-allowed'; readonly status: number }
  | { readonly kind: 'client-not-allowed'; readonly code: string }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'maintenance'; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'airmiles-failing'; readonly status: number }
  | { readonly kind: 'answer-unreadable' };

/** How far a connection had come: to the proxy where there is one, then names and TCP, then TLS. */
export type ConnectStage = 'proxy' | 'tcp' | 'tls';

const NO_ROUTE = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'ENONET']);
const LOST = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ENOTCONN', 'UND_ERR_SOCKET']);
const TIMED_OUT = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT']);
const NOT_IN_TIME = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** The `code` of an error, looking into the attempts of a name with several addresses. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error.name;
}

/** TLS alerts by which a server refuses a client's certificate, or the lack of one. */
const CLIENT_CERTIFICATE_ALERT = /^ERR_SSL_.*ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/;

/** What a TLS error says about this terminal's own certificate, if it does. */
export function refusedCertificate(error: unknown): NetworkFailure | undefined {
  const code = codeOf(error);
  return CLIENT_CERTIFICATE_ALERT.test(code) ? { kind: 'client-not-allowed', code } : undefined;
}

export interface ConnectCircumstances {
  readonly host: string;
  readonly stage: ConnectStage;
  /** `host:port` of the proxy in between, where there is one. */
  readonly proxy?: string | undefined;
  /** Who signed the certificate that was shown, where one was. */
  readonly issuer: string | undefined;
  /** Whether this machine has any address but loopback; tells a pulled cable from a name that does not exist. */
  readonly hasNetwork: boolean;
}

/** Reads an error met before a connection stood. Nothing of a request was written at that point. */
export function connectFailure(error: unknown, circumstances: ConnectCircumstances): NetworkFailure {
  const { host, stage, issuer, hasNetwork, proxy } = circumstances;
  const code = codeOf(error);
  if (NO_ROUTE.has(code)) return { kind: 'no-network', code };
  if (stage === 'proxy' && proxy !== undefined) {
    const isNameless = code === 'ENOTFOUND' || code.startsWith('EAI_');
    return isNameless && !hasNetwork ? { kind: 'no-network', code } : { kind: 'proxy-refused', proxy, code };
  }
  if (TIMED_OUT.has(code)) return { kind: 'timeout' };
  if (code === 'ECONNREFUSED') return { kind: 'connection-refused' };
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) {
    return hasNetwork ? { kind: 'dns', host, code } : { kind: 'no-network', code };
  }
  if (NOT_IN_TIME.has(code)) return { kind: 'tls-expired', issuer, code };
  if (stage !== 'tls' || LOST.has(code)) return { kind: 'connection-lost', code };
  return refusedCertificate(error) ?? { kind: 'tls-untrusted', issuer, code };
}

/** Carries a failure that was understood where it happened through a library that only knows errors. */
export class UnderstoodFailure extends Error {
  readonly failure: NetworkFailure;

  constructor(failure: NetworkFailure, cause?: unknown) {
    super(failure.kind, { cause });
    this.name = 'UnderstoodFailure';
    this.failure = failure;
  }
}
