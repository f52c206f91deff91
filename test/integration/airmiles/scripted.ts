import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createCertificate, type Certificate } from '../../../main/simulator/certificate.ts';

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

export interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTPS server that writes down every call and answers it with an empty 200; `tls` adds to its TLS settings. */
export async function createRecording(tls: ServerOptions = {}, certificate?: Certificate) {
  const shown = certificate ?? (await createCertificate());
  const { certificatePem: caPem, privateKeyPem: key } = shown;
  const seen: Seen[] = [];
  const server = createHttpsServer({ cert: caPem, key, ...tls }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      seen.push({ path: incoming.url ?? '', headers: incoming.headers, body });
      const granted = { access_token: 'recorded-token', token_type: 'Bearer' };
      outgoing.end(incoming.url === '/oauth/token' ? JSON.stringify(granted) : '');
    });
  });
  const port = await listen(server);
  return {
    port,
    baseUrl: `https://127.0.0.1:${port}`,
    trust: { kind: 'pinned', caPem } as const,
    certificate: shown,
    seen,
  };
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
