import { request, type ClientRequest } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import type { Proxy } from './proxy.ts';

function addressOf({ url }: Proxy): { readonly host: string; readonly port: number } {
  const usual = url.protocol === 'https:' ? 443 : 80;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port) };
}

/** How a proxy is named in a message: never with its password. */
export function proxyName(proxy: Proxy): string {
  return `${proxy.url.hostname}:${addressOf(proxy).port}`;
}

export interface TunnelRequest {
  readonly proxy: Proxy;
  /** `host:port` of the far end. */
  readonly target: string;
  readonly secureContext: tls.SecureContext;
  /** The proxy was reached and now has the question. */
  readonly onAsked: () => void;
  readonly onTunnel: (socket: Socket) => void;
  /** With a `code`: the system's own, or `HTTP 407` for a proxy's answer. */
  readonly onError: (error: Error) => void;
}

/** Asks a proxy for a tunnel (CONNECT). One of `onTunnel` and `onError` is called, once. The request can be destroyed. */
export function requestTunnel(options: TunnelRequest): ClientRequest {
  const { proxy, target, secureContext, onAsked, onTunnel, onError } = options;
  const address = addressOf(proxy);
  const open = (): Socket => {
    if (proxy.url.protocol !== 'https:') return connect(address).once('connect', onAsked);
    const named = isIP(address.host) === 0 ? { servername: address.host } : {};
    return tls.connect({ ...address, ...named, secureContext }).once('secureConnect', onAsked);
  };
  const asked = request({
    ...address,
    method: 'CONNECT',
    path: target,
    createConnection: open,
    headers: {
      host: target,
      ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
    },
  });
  const refuse = (status: number | undefined): void => {
    asked.destroy();
    onError(Object.assign(new Error('The proxy gives no tunnel.'), { code: `HTTP ${status ?? 0}` }));
  };
  asked.once('connect', ({ statusCode }, socket: Socket) => {
    if (statusCode === 200) onTunnel(socket);
    else {
      socket.destroy();
      refuse(statusCode);
    }
  });
  asked.once('response', ({ statusCode }) => refuse(statusCode));
  // Destroying it may say so once more: nobody listens by then.
  asked.on('error', onError);
  asked.end();
  return asked;
}
