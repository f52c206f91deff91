import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createCertificate } from '../../../main/simulator/certificate.ts';

/** Listens on loopback until the test is over; returns the port. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

export interface ScriptedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An HTTPS server that gives `token` to everybody and answers every other path as the test says. */
export async function createScripted(answer: (path: string) => ScriptedAnswer, token = 'scripted-token') {
  const { certificatePem: caPem, privateKeyPem: key } = await createCertificate();
  const port = await listen(
    createHttpsServer({ cert: caPem, key }, (incoming, outgoing) => {
      incoming.resume();
      const path = incoming.url ?? '';
      const isToken = path === '/oauth/token';
      const granted = { status: 200, body: JSON.stringify({ access_token: token, token_type: 'Bearer' }) };
      const { status, headers = {}, body }: ScriptedAnswer = isToken ? granted : answer(path);
      outgoing.writeHead(status, headers).end(body);
    }),
  );
  return { baseUrl: `https://127.0.0.1:${port}`, trust: { kind: 'pinned', caPem } as const };
}
