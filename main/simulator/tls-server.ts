import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Certificate } from './certificate.ts';

export interface TlsServer {
  readonly port: number;
  /** Ends a connection, known by its TLS socket, with a TCP reset: what a broken line or a firewall does. */
  reset(socket: Socket | null): void;
  stop(): Promise<void>;
}

/** The only addresses it can listen on: nobody but this machine reaches a simulator. */
export const loopbackHosts = ['127.0.0.1', '::1'] as const;
export type LoopbackHost = (typeof loopbackHosts)[number];

export interface TlsServerOptions {
  readonly certificate: Certificate;
  readonly host: LoopbackHost;
  readonly port: number;
  readonly listener: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
  readonly onPlainHttp: () => void;
}

/** The first byte of every TLS connection: a handshake record. */
const TLS_HANDSHAKE = 0x16;

const PLAIN_HTTP_REFUSAL = 'This address speaks HTTPS only. Nothing was processed.\n';

function refusePlainHttp(socket: Socket): void {
  socket.end(
    'HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n' +
      `Content-Length: ${PLAIN_HTTP_REFUSAL.length}\r\n\r\n${PLAIN_HTTP_REFUSAL}`,
  );
}

/**
 * HTTPS on loopback. The first byte of a connection tells TLS from plain HTTP, which is refused in words it can read,
 * before any of it reaches the part that answers calls.
 */
export async function startTlsServer(options: TlsServerOptions): Promise<TlsServer> {
  const { certificatePem: cert, privateKeyPem: key } = options.certificate;
  const https: HttpsServer = createHttpsServer({ cert, key }, (incoming, outgoing) => {
    options.listener(incoming, outgoing).catch((error: Error) => outgoing.destroy(error));
  });
  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that goes away is its own business.
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      if (first[0] === TLS_HANDSHAKE) {
        socket.unshift(first);
        https.emit('connection', socket);
        return;
      }
      options.onPlainHttp();
      refusePlainHttp(socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(options.port, options.host, () => {
      tcp.off('error', reject);
      resolve();
    });
  });
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has no port.');
  return {
    port: address.port,
    reset(socket) {
      for (const plain of sockets) {
        if (plain.remotePort === socket?.remotePort) plain.resetAndDestroy();
      }
    },
    stop: () =>
      new Promise((resolve, reject) => {
        tcp.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const socket of sockets) socket.destroy();
        https.closeAllConnections();
      }),
  };
}
