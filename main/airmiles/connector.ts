import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import tls from 'node:tls';
import type { buildConnector } from 'undici';
import { connectFailure, refusedCertificate, UnderstoodFailure, type ConnectStage } from './failures.ts';
import type { ProxyChoice } from './proxy.ts';
import { createTlsContext, type ClientCertificate, type Trust } from './trust.ts';
import { proxyName, requestTunnel } from './tunnel.ts';

export interface ConnectorOptions {
  readonly trust: Trust;
  readonly clientCertificate?: ClientCertificate | undefined;
  readonly chooseProxy?: ProxyChoice | undefined;
  readonly connectTimeoutMs: number;
  readonly hasNetwork?: (() => boolean) | undefined;
}

const KEEP_ALIVE_PROBE_MS = 60_000;

/** True when some interface carries an address besides loopback. */
function hasOutsideAddress(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}

/** Node names an issuer's parts one by one; a person wants its organisation and its common name. */
export function issuerOf(socket: tls.TLSSocket): string | undefined {
  const { issuer } = socket.getPeerCertificate();
  if (issuer === undefined) return undefined;
  const names = [issuer.O, issuer.CN].flat().filter((name) => name !== undefined && name !== '');
  return names.length > 0 ? [...new Set(names)].join(', ') : undefined;
}

/**
 * Opens TLS connections for undici, through a proxy's tunnel where there is one, and says, when one can not be
 * opened, which of the understood failures it was (`UnderstoodFailure`). Sessions are resumed.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const secureContext = createTlsContext(options.trust, options.clientCertificate);
  const hasNetwork = options.hasNetwork ?? hasOutsideAddress;
  const sessions = new Map<string, Buffer>();

  return ({ hostname, protocol, port: portText, servername }, callback) => {
    const port = portText === '' ? 443 : Number(portText);
    const origin = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
    if (protocol !== 'https:') throw new TypeError(`A connection to ${origin} without TLS was asked for.`);
    const proxy = options.chooseProxy?.(hostname, port);
    let stage: ConnectStage = proxy === undefined ? 'tcp' : 'proxy';
    let issuer: string | undefined;
    let opening: { destroy(): unknown } | undefined;
    let isSettled = false;

    const settle = (socket: tls.TLSSocket | null, error: Error | null): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if (socket !== null) {
        callback(null, socket);
        return;
      }
      opening?.destroy();
      sessions.delete(origin);
      const circumstances = {
        host: hostname,
        stage,
        issuer,
        hasNetwork: hasNetwork(),
        proxy: proxy === undefined ? undefined : proxyName(proxy),
      };
      callback(new UnderstoodFailure(connectFailure(error, circumstances), error), null);
    };
    const fail = (error: Error): void => settle(null, error);
    const timer = setTimeout(() => {
      fail(Object.assign(new Error('Connecting took too long.'), { code: 'UND_ERR_CONNECT_TIMEOUT' }));
    }, options.connectTimeoutMs);

    const secure = (tunnel: Socket | undefined): void => {
      const session = sessions.get(origin);
      const socket = tls.connect({
        host: hostname,
        port,
        ...(tunnel === undefined ? {} : { socket: tunnel }),
        ...(servername === undefined || servername === null ? {} : { servername }),
        ...(session === undefined ? {} : { session }),
        secureContext,
        ALPNProtocols: ['http/1.1'],
      });
      opening = socket;
      (tunnel ?? socket).setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
      socket.on('session', (ticket) => sessions.set(origin, ticket));
      socket.once('connect', () => {
        stage = 'tls';
      });
      // Node destroys a socket it does not trust before anybody can ask who signed its certificate. This event comes
      // first; Node does not document it, so all that hangs on it is the issuer's name in a message.
      socket.prependOnceListener('secure', () => {
        issuer = issuerOf(socket);
      });
      // TLS can have two errors for one failure: the second must find a listener, too.
      socket.on('error', fail);
      socket.once('secureConnect', () => {
        socket.off('error', fail);
        // In TLS 1.3 a server says only now that it does not take this terminal's certificate, and hangs up: of the two
        // errors the first is the one to know.
        socket.on('error', (error) => {
          const failure = refusedCertificate(error);
          if (failure !== undefined) socket.destroy(new UnderstoodFailure(failure, error));
        });
        settle(socket, null);
      });
    };

    if (proxy === undefined) {
      secure(undefined);
      return;
    }
    opening = requestTunnel({
      proxy,
      target: origin,
      secureContext,
      // From here on a silence can be the far end's as well.
      onAsked: () => {
        stage = 'tcp';
      },
      onTunnel: (socket) => {
        stage = 'tls';
        secure(socket);
      },
      onError: (error) => {
        stage = 'proxy';
        fail(error);
      },
    });
  };
}
