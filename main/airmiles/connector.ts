import { networkInterfaces } from 'node:os';
import tls from 'node:tls';
import type { buildConnector } from 'undici';
import { connectFailure, UnderstoodFailure, type ConnectStage } from './failures.ts';

/**
 * Whom to believe. `system`: the operating system's authorities and, where given, those of a CA file (PEM).
 * `pinned`: this one certificate and nothing else, so that a terminal in training can talk to its simulator only.
 */
export type Trust =
  | { readonly kind: 'system'; readonly caPem?: string | undefined }
  | { readonly kind: 'pinned'; readonly caPem: string };

export interface ConnectorOptions {
  readonly trust: Trust;
  readonly connectTimeoutMs: number;
  readonly hasNetwork?: (() => boolean) | undefined;
}

const KEEP_ALIVE_PROBE_MS = 60_000;

function trustedCertificates(trust: Trust): string[] {
  if (trust.kind === 'pinned') return [trust.caPem];
  const system = tls.getCACertificates('system');
  const authorities = system.length > 0 ? system : tls.getCACertificates('bundled');
  return [
    ...authorities,
    ...tls.getCACertificates('extra'),
    ...(trust.caPem === undefined ? [] : [trust.caPem]),
  ];
}

/** True when some interface carries an address besides loopback. */
function hasOutsideAddress(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}

/** Node names an issuer's parts one by one; a person wants its organisation and its common name. */
function issuerOf(socket: tls.TLSSocket): string | undefined {
  const { issuer } = socket.getPeerCertificate();
  if (issuer === undefined) return undefined;
  const names = [issuer.O, issuer.CN].flat().filter((name) => name !== undefined && name !== '');
  return names.length > 0 ? [...new Set(names)].join(', ') : undefined;
}

/**
 * Opens TLS connections for undici and says, when one can not be opened, which of the understood failures it was
 * (`UnderstoodFailure`). The authorities are parsed once, not for every connection; sessions are resumed.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const secureContext = tls.createSecureContext({
    ca: trustedCertificates(options.trust),
    minVersion: 'TLSv1.2',
  });
  const hasNetwork = options.hasNetwork ?? hasOutsideAddress;
  const sessions = new Map<string, Buffer>();

  return ({ hostname, protocol, port, servername }, callback) => {
    const origin = `${hostname}:${port}`;
    let stage: ConnectStage = 'tcp';
    let issuer: string | undefined;
    if (protocol !== 'https:') throw new TypeError(`A connection to ${origin} without TLS was asked for.`);

    const session = sessions.get(origin);
    const socket = tls.connect({
      host: hostname,
      port: port === '' ? 443 : Number(port),
      ...(servername === undefined || servername === null ? {} : { servername }),
      ...(session === undefined ? {} : { session }),
      secureContext,
      ALPNProtocols: ['http/1.1'],
    });
    socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
    socket.on('session', (ticket) => sessions.set(origin, ticket));
    socket.once('connect', () => {
      stage = 'tls';
    });
    // Node destroys a socket it does not trust before anybody can ask who signed its certificate. This event comes
    // first; Node does not document it, so all that hangs on it is the issuer's name in a message.
    socket.prependOnceListener('secure', () => {
      issuer = issuerOf(socket);
    });

    const timer = setTimeout(() => {
      socket.destroy(
        Object.assign(new Error('Connecting took too long.'), { code: 'UND_ERR_CONNECT_TIMEOUT' }),
      );
    }, options.connectTimeoutMs);
    const onError = (error: Error): void => {
      clearTimeout(timer);
      sessions.delete(origin);
      const circumstances = { host: hostname, stage, issuer, hasNetwork: hasNetwork() };
      callback(new UnderstoodFailure(connectFailure(error, circumstances), error), null);
    };
    socket.once('error', onError);
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.off('error', onError);
      callback(null, socket);
    });
  };
}
