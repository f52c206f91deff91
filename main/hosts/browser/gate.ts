import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { parse } from 'hono/utils/cookie';

export type Refusal = 'host' | 'origin' | 'session';

interface RequestFacts {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
}

/** Who may speak to the browser host. A key, usable once, becomes the one session that all windows share. */
export interface Gate {
  /** A new key for an address: 256 bits, base64url. The one given before it is worth nothing from then on. */
  newKey(): string;
  /** True once, for the right key; from then on the key is worth nothing. */
  takeKey(candidate: string): boolean;
  /** The Set-Cookie value that carries the session. */
  readonly sessionCookie: string;
  hasSession(cookie: string | undefined): boolean;
  /** A Host of ours, whatever was resolved to reach us: refuses DNS rebinding. */
  isOurHost(host: string | undefined): boolean;
  /** For what changes state or opens the wire: Host, Origin and session all ours, else which is not. */
  refusalOf(request: RequestFacts): Refusal | undefined;
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares digests, so that neither the content nor the length of a guess shows in the time taken. */
function isSame(candidate: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(candidate), digest(secret));
}

export function createGate({ port }: { port: number }): Gate {
  const session = newSecret();
  let key: string | undefined;
  // Cookies are shared by all ports of a host name, so two terminals on one machine need two names.
  const cookieName = `milepost-session-${port}`;
  const hosts: ReadonlySet<string | undefined> = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

  const isOurHost = (host: string | undefined): boolean => hosts.has(host);
  const hasSession = (cookie: string | undefined): boolean =>
    isSame(parse(cookie ?? '', cookieName)[cookieName] ?? '', session);

  return {
    newKey() {
      key = newSecret();
      return key;
    },
    takeKey(candidate) {
      const isRight = key !== undefined && isSame(candidate, key);
      if (isRight) key = undefined;
      return isRight;
    },
    sessionCookie: `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`,
    hasSession,
    isOurHost,
    refusalOf({ host, origin, cookie }) {
      if (!isOurHost(host)) return 'host';
      if (origin !== `http://${host}`) return 'origin';
      return hasSession(cookie) ? undefined : 'session';
    },
  };
}
