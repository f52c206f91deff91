import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Certificate } from '../../../main/simulator/certificate.ts';
import { listen } from './scripted.ts';

export interface ProxyBehaviour {
  /** The status of its answer; 200 opens the tunnel, and undefined never answers. */
  readonly status?: number | undefined;
  /** Where every tunnel leads, whatever was asked for. */
  readonly leadsTo?: number;
  readonly certificate?: Certificate;
}

/** A proxy on loopback that writes down what it was asked for. */
export async function createProxyServer(behaviour: ProxyBehaviour) {
  const asked: { target: string; authorization: string | undefined }[] = [];
  let handshakes = 0;
  const tunnels = new Set<Socket>();
  const answer = (incoming: IncomingMessage, socket: Socket): void => {
    asked.push({ target: incoming.url ?? '', authorization: incoming.headers['proxy-authorization'] });
    socket.on('error', () => socket.destroy());
    if (!('status' in behaviour)) return;
    if (behaviour.status !== 200) {
      socket.end(
        `HTTP/1.1 ${behaviour.status} No\r\nProxy-Authenticate: Basic\r\nContent-Length: 2\r\n\r\nNo`,
      );
      return;
    }
    tunnels.add(socket);
    const onward = connect(behaviour.leadsTo ?? Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', () => {
        handshakes += 1;
      });
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  };
  const { certificate } = behaviour;
  const server =
    certificate === undefined
      ? createServer()
      : createTlsServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem });
  server.on('connect', answer);
  const port = await listen(server);
  const resetTunnels = (): void => {
    for (const socket of tunnels) socket.resetAndDestroy();
  };
  return { port, asked, name: `127.0.0.1:${port}`, resetTunnels, begunHandshakes: () => handshakes };
}
