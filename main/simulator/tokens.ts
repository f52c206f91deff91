import { randomBytes, timingSafeEqual, hash } from 'node:crypto';

export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where given, a token is granted for this audience only. */
  readonly audience: string | undefined;
  readonly lifetimeSeconds: number;
}

export type TokenAnswer =
  | { readonly kind: 'granted'; readonly accessToken: string; readonly expiresInSeconds: number }
  /** With the error words of OAuth 2.0. */
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403; readonly error: string };

export interface TokenOffice {
  /** Answers a form of `POST /oauth/token`; `authorization` may carry the client's name and secret instead. */
  request(form: URLSearchParams, authorization: string | undefined): TokenAnswer;
  isValid(authorization: string | undefined): boolean;
  /** Makes every token given so far worthless. */
  revokeAll(): void;
}

/** Compares two secrets in a time that says nothing about either. */
export function isSameSecret(left: string, right: string): boolean {
  return timingSafeEqual(hash('sha256', left, 'buffer'), hash('sha256', right, 'buffer'));
}

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
}

function basicCredentials(authorization: string | undefined): readonly [string, string] | undefined {
  const encoded = /^basic +([\w+/]+=*)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [clientId = '', clientSecret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [decodeURIComponent(clientId), decodeURIComponent(clientSecret)];
}

/** Grants and checks tokens for one client, with the client credentials grant. `nowMs` never jumps. */
export function createTokenOffice(client: ClientRegistration, nowMs: () => number): TokenOffice {
  const expiries = new Map<string, number>();

  const forgetExpired = (): void => {
    for (const [token, expiresMs] of expiries) {
      if (expiresMs > nowMs()) return;
      expiries.delete(token);
    }
  };

  return {
    request(form, authorization) {
      if (form.get('grant_type') !== 'client_credentials') {
        const error = form.has('grant_type') ? 'unsupported_grant_type' : 'invalid_request';
        return { kind: 'refused', status: 400, error };
      }
      const basic = basicCredentials(authorization);
      const [clientId, clientSecret] = basic ?? [
        form.get('client_id') ?? '',
        form.get('client_secret') ?? '',
      ];
      if (clientId !== client.clientId || !isSameSecret(clientSecret, client.clientSecret)) {
        return { kind: 'refused', status: 401, error: 'access_denied' };
      }
      if (client.audience !== undefined && form.get('audience') !== client.audience) {
        return { kind: 'refused', status: 403, error: 'access_denied' };
      }
      forgetExpired();
      // Recognisable, so that one that leaked into a log or a file is found by looking for it.
      const accessToken = `simulated-token-${randomBytes(32).toString('base64url')}`;
      expiries.set(accessToken, nowMs() + client.lifetimeSeconds * 1000);
      return { kind: 'granted', accessToken, expiresInSeconds: client.lifetimeSeconds };
    },
    isValid(authorization) {
      const expiresMs = expiries.get(bearerOf(authorization) ?? '');
      return expiresMs !== undefined && nowMs() < expiresMs;
    },
    revokeAll: () => expiries.clear(),
  };
}
