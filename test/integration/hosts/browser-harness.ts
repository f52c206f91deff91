import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { startBrowserHost, type BrowserHost } from '../../../main/hosts/browser/browser-host.ts';
import type { Log } from '../../../main/diagnostics/log.ts';
import type { HostedTerminal } from '../../../main/hosts/host.ts';
import { createWire } from '../../../renderer/wire.ts';
import type { Wire } from '../../../shared/contract/contract.ts';

/** A built renderer in small, with a secret beside it and a link that leads there. Returns the renderer's folder. */
export async function makeRendererFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'milepost-host-'));
  const folder = join(parent, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(parent, 'secret.json'), '"kept outside"');
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Test</title>');
  await writeFile(join(folder, 'assets', 'app.js'), 'export {};');
  await writeFile(join(folder, 'assets', 'notes.unknown'), 'not for serving');
  await symlink(join(parent, 'secret.json'), join(folder, 'linked.json'));
  return { folder, remove: () => rm(parent, { recursive: true }) };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Ask {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** Plain HTTP with every header in our hands, `Host` and `Origin` included, and no path tidied up. */
export function ask(port: number, { path, method = 'GET', headers = {} }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

export async function startHostForTest(
  terminal: HostedTerminal,
  log: Log,
  rendererFolder: string,
  port = 0,
): Promise<BrowserHost> {
  const host = await startBrowserHost({ terminal, log, port, rendererFolder });
  if (host.kind === 'refused') throw new Error(host.message);
  return host;
}

/** Uses the address's key as a browser does; the value for a Cookie header. */
export async function takeSession(host: BrowserHost): Promise<string> {
  const { pathname, search } = new URL(host.newUrl());
  const { headers } = await ask(host.port, { path: pathname + search });
  const cookie = headers['set-cookie']?.[0]?.split(';')[0];
  if (cookie === undefined) throw new Error('The host gave no session.');
  return cookie;
}

export function openSocket(port: number, headers: Record<string, string>, path = '/wire'): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
}

export function socketHeaders(port: number, cookie: string): Record<string, string> {
  return { origin: `http://127.0.0.1:${port}`, cookie };
}

/** The renderer's own wire over a real WebSocket, resolved when it is connected. */
export async function openWire(
  port: number,
  cookie: string,
  signal: AbortSignal,
  path = '/wire',
): Promise<Wire> {
  const wire = createWire({
    address: `ws://127.0.0.1:${port}${path}`,
    signal,
    connect(address) {
      const socket = new WebSocket(address, { headers: socketHeaders(port, cookie) });
      // A browser's socket says only `close`; this library's would end the process without a listener.
      socket.on('error', () => undefined);
      return socket;
    },
  });
  await whenConnection(wire, true);
  return wire;
}

export function whenConnection(wire: Wire, wanted: boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = wire.onConnection((isConnected) => {
      if (isConnected !== wanted) return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}
