import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { getRequestListener } from '@hono/node-server';
import type { Role } from '../../../shared/contract/contract.ts';
import type { Log } from '../../diagnostics/log.ts';
import { createContractServer } from '../contract-server.ts';
import type { HostedTerminal } from '../host.ts';
import { openRendererFiles } from '../renderer-files.ts';
import { securityHeaders } from '../security-headers.ts';
import { createGate } from './gate.ts';
import { createHttpApp } from './http-app.ts';
import { createWireServer, refuseUpgrade, type WireServer } from './wire-server.ts';

const LOOPBACK = '127.0.0.1';

const wirePaths = { '/wire': 'operator', '/customer-wire': 'customer' } as const satisfies Record<
  string,
  Role
>;

export interface BrowserHost {
  readonly kind: 'started';
  readonly port: number;
  /** The address with a new key, which works once. For the person who started the terminal; never for a log. */
  newUrl(): string;
  /** Lets every window go and frees the port; bounded to about a second. */
  stop(): Promise<void>;
}

export type BrowserHostStart =
  | BrowserHost
  | {
      readonly kind: 'refused';
      readonly code: 'renderer-not-built' | 'port-not-available';
      readonly message: string;
    };

/** Resolves with the port in use, or the system's error code when it can not be had. */
async function listen(server: Server, port: number): Promise<number | string> {
  try {
    await once(server.listen(port, LOOPBACK), 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE' || code === 'EACCES') return code;
    throw cause;
  }
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The server listens, but on no TCP port.');
  return address.port;
}

/**
 * Gives the terminal windows in any Chromium, over loopback HTTP and a WebSocket. `port` 0 takes a free one.
 * `rendererFolder` holds the built renderer, index.html at its top.
 */
export async function startBrowserHost({
  terminal,
  log,
  port: wantedPort,
  rendererFolder,
}: {
  terminal: HostedTerminal;
  log: Log;
  port: number;
  rendererFolder: string;
}): Promise<BrowserHostStart> {
  const renderer = await openRendererFiles(rendererFolder, terminal);
  if (renderer.kind === 'missing') {
    const message = `The screens are not built: ${rendererFolder} has no index.html.`;
    return { kind: 'refused', code: 'renderer-not-built', message };
  }

  const server = createServer();
  const port = await listen(server, wantedPort);
  if (typeof port === 'string') {
    const message = `Port ${wantedPort} can not be used (${port}). Choose another with --port, or leave it out.`;
    return { kind: 'refused', code: 'port-not-available', message };
  }

  const gate = createGate({ port });
  const headers = securityHeaders([`ws://${LOOPBACK}:${port}`, `ws://localhost:${port}`]);
  const app = createHttpApp({ gate, files: renderer.files, headers, log });
  // The library would else replace Request and Response for the whole process.
  const answer = getRequestListener(app.fetch, { hostname: LOOPBACK, overrideGlobalObjects: false });
  server.on('request', (request, response) => {
    answer(request, response).catch((cause: unknown) => {
      log.error('request-failed', {}, cause);
      response.destroy();
    });
  });
  // A wire of its own for each role, so that no message can turn one into the other.
  const wires = new Map<string | undefined, WireServer>(
    Object.entries(wirePaths).map(([path, role]) => [
      path,
      createWireServer({ gate, contractServer: createContractServer({ terminal, log, role }), log }),
    ]),
  );
  server.on('upgrade', (request, socket, head) => {
    const wire = wires.get(request.url);
    if (wire === undefined) refuseUpgrade(socket, '404 Not Found');
    else wire.upgrade(request, socket, head);
  });
  log.info('browser-host-started', { port });

  return {
    kind: 'started',
    port,
    newUrl: () => `http://${LOOPBACK}:${port}/?key=${gate.newKey()}`,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...wires.values()].map((wire) => wire.stop()));
      server.closeAllConnections();
      await closed;
      log.info('browser-host-stopped', { port });
    },
  };
}
