import { isIP } from 'node:net';

/** A proxy that is asked for a tunnel. */
export interface Proxy {
  /** Without user and password. */
  readonly url: URL;
  /** The value of `Proxy-Authorization`; a secret. */
  readonly authorization: string | undefined;
}

/** Which proxy stands before a host, or undefined where there is none. */
export type ProxyChoice = (host: string, port: number) => Proxy | undefined;

export interface ProxySetting {
  /** `environment`: as `HTTPS_PROXY` and `NO_PROXY` say; `none`; or the address of a proxy. */
  readonly setting: string;
  readonly environmentVariables: Readonly<Record<string, string | undefined>>;
  /** `user:password`, where the address holds none. */
  readonly credentials: string | undefined;
}

export type ProxyReading =
  | { readonly kind: 'choice'; readonly choose: ProxyChoice }
  /** The address is none of a proxy that can be used. It is not repeated: it may hold a password. */
  | { readonly kind: 'refused' };

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;

/** Reads `http://user:password@host:port`; a bare `host:port` is what many put into `HTTPS_PROXY`. */
function readProxy(text: string, credentials: string | undefined): Proxy | undefined {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return undefined;
  const own = url.username === '' ? undefined : `${decoded(url.username)}:${decoded(url.password)}`;
  url.username = '';
  url.password = '';
  const used = own ?? credentials;
  return { url, authorization: used === undefined ? undefined : basic(used) };
}

/** A stray `%` in a password is meant as it stands. */
function decoded(text: string): string {
  return /%(?![\da-f]{2})/i.test(text) ? text : decodeURIComponent(text);
}

const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$/g, '');

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** One entry of NO_PROXY: `*`, a name with everything below it (`.example.ca` likewise), or an address; with a port or without. */
function isExempted(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  const [, name = '', entryPort] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (entryPort !== undefined && Number(entryPort) !== port) return false;
  const suffix = bare(name).replace(/^\*?\./, '');
  return suffix !== '' && (host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`)));
}

/**
 * Decides the proxy for each host once and for all. This machine itself is always reached directly: a simulator is
 * never behind a proxy. Lower-case variables come first, as they do in curl.
 */
export function chooseProxy({ setting, environmentVariables, credentials }: ProxySetting): ProxyReading {
  const variable = (name: string): string =>
    (environmentVariables[name.toLowerCase()] ?? environmentVariables[name] ?? '').trim();
  const fromEnvironment = setting === 'environment';
  const address = fromEnvironment ? variable('HTTPS_PROXY') : setting;
  if (address === '' || setting === 'none') return { kind: 'choice', choose: () => undefined };
  const proxy = readProxy(address, credentials);
  if (proxy === undefined) return { kind: 'refused' };
  const entries = variable('NO_PROXY')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  return {
    kind: 'choice',
    choose(hostname, port) {
      const host = bare(hostname);
      const isDirect = isLoopback(host) || entries.some((entry) => isExempted(entry, host, port));
      return isDirect ? undefined : proxy;
    },
  };
}
