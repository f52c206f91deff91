import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, type RawData } from 'ws';
import type { BrowserHost } from '../../../main/hosts/browser/browser-host.ts';
import { startBrowserHost } from '../../../main/hosts/browser/browser-host.ts';
import {
  ask,
  makeRendererFolder,
  openSocket,
  openWire,
  socketHeaders,
  startHostForTest,
  takeSession,
  whenConnection,
} from './browser-harness.ts';
import { createKeptLog, createScriptedTerminal, samples, type LoggedLine } from './scripted-terminal.ts';

let renderer: Awaited<ReturnType<typeof makeRendererFolder>>;
let terminal: ReturnType<typeof createScriptedTerminal>;
let lines: LoggedLine[];
let host: BrowserHost;
let cookie: string;
let address: URL;
let origin: string;

beforeEach(async () => {
  renderer = await makeRendererFolder();
  terminal = createScriptedTerminal();
  const kept = createKeptLog();
  lines = kept.lines;
  host = await startHostForTest(terminal, kept.log, renderer.folder);
  origin = `http://127.0.0.1:${host.port}`;
  address = new URL(host.newUrl());
});
afterEach(async () => {
  await host.stop();
  await renderer.remove();
});

const keyPath = (): string => address.pathname + address.search;

function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString() : '';
}

/** How a socket that was refused before it opened, or closed after, ended. */
async function endOf(socket: ReturnType<typeof openSocket>): Promise<string> {
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(`refused ${statusCode}`));
    socket.on('close', (code, reason) => resolve(`closed ${code} ${reason.toString()}`.trim()));
    socket.on('error', () => undefined);
  });
}

describe('the key in the address', () => {
  test('becomes a session cookie that scripts and other sites can not use', async () => {
    const { status, headers } = await ask(host.port, { path: keyPath() });
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['cache-control']).toBe('no-store');
    const [name, ...attributes] = headers['set-cookie']?.[0]?.split('; ') ?? [];
    expect(name).toMatch(new RegExp(`^milepost-session-${host.port}=[\\w-]{43}$`));
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
  });

  test('is 256 random bits, new at every start', async () => {
    const other = await startHostForTest(terminal, createKeptLog().log, renderer.folder);
    const keys = [host, other].map((each) => new URL(each.newUrl()).searchParams.get('key'));
    await other.stop();
    expect(keys[0]).toMatch(/^[\w-]{43}$/);
    expect(keys[0]).not.toBe(keys[1]);
  });

  test('works once: the second use gets a page that says what to do, in both languages', async () => {
    await ask(host.port, { path: keyPath() });
    const { status, headers, body } = await ask(host.port, { path: keyPath() });
    expect(status).toBe(403);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(body).toContain('Start the terminal again');
    expect(body).toContain('Redémarrez le terminal');
  });

  test('is worth nothing once a newer address was given', async () => {
    const newer = new URL(host.newUrl());
    expect(await ask(host.port, { path: keyPath() })).toMatchObject({ status: 403 });
    expect(await ask(host.port, { path: newer.pathname + newer.search })).toMatchObject({ status: 303 });
  });

  test('is not used up by a wrong key, nor by HEAD', async () => {
    expect(await ask(host.port, { path: '/?key=wrong' })).toMatchObject({ status: 403 });
    expect(await ask(host.port, { path: '/?key=' })).toMatchObject({ status: 403 });
    expect(await ask(host.port, { path: keyPath(), method: 'HEAD' })).toMatchObject({ status: 403 });
    expect(await ask(host.port, { path: keyPath() })).toMatchObject({ status: 303 });
  });

  test('is taken off the address of a window that has the session already', async () => {
    const session = await takeSession(host);
    const { status, headers } = await ask(host.port, { path: keyPath(), headers: { cookie: session } });
    expect([status, headers.location, headers['set-cookie']]).toEqual([303, '/', undefined]);
  });

  test('stands in no line of the log', async () => {
    await takeSession(host);
    await ask(host.port, { path: keyPath() });
    expect(JSON.stringify(lines)).not.toContain(address.searchParams.get('key'));
  });
});

describe('the pages', () => {
  beforeEach(async () => {
    cookie = await takeSession(host);
  });

  test.each([
    ['/', 'text/html; charset=utf-8', 'no-store'],
    ['/index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/assets/app.js', 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
  ])('%s is served as what it is', async (path, type, caching) => {
    const { status, headers } = await ask(host.port, { path, headers: { cookie } });
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, type, caching]);
  });

  test('every answer carries the security headers, refusals included', async () => {
    const answers = await Promise.all([
      ask(host.port, { path: '/', headers: { cookie } }),
      ask(host.port, { path: '/missing.js', headers: { cookie } }),
      ask(host.port, { path: '/' }),
      ask(host.port, { path: '/', headers: { host: 'evil.example' } }),
    ]);
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; ` +
          `connect-src 'self' ws://127.0.0.1:${host.port} ws://localhost:${host.port}; ` +
          `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('serial=()');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..%5csecret.json',
    '/assets/..%2f..%2fsecret.json',
    '//secret.json',
    '/linked.json',
    '/assets/notes.unknown',
    '/assets',
    '/assets/',
    '/%00',
    '/%',
    '/wire',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await ask(host.port, { path, headers: { cookie } });
    expect(status).toBe(404);
    expect(body).not.toContain('kept outside');
  });

  test.each([
    ['no cookie', undefined],
    ['an empty session', () => `milepost-session-${host.port}=`],
    ['a session of its own making', () => `milepost-session-${host.port}=${'A'.repeat(43)}`],
    ['the session of a terminal on another port', () => cookie.replace(/^[^=]+/, 'milepost-session-1')],
  ])('%s gets the locked page for every address', async (_, makeCookie) => {
    const headers: Record<string, string> = makeCookie === undefined ? {} : { cookie: makeCookie() };
    for (const path of ['/', '/assets/app.js', '/missing']) {
      const { status, body } = await ask(host.port, { path, headers });
      expect(status).toBe(403);
      expect(body).toContain('Start the terminal again');
    }
  });

  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    'localhost:1',
    '127.0.0.1.evil.example',
    '[::1]',
  ])('a request for the host %s is refused (DNS rebinding)', async (hostHeader) => {
    const { status } = await ask(host.port, { path: '/', headers: { cookie, host: hostHeader } });
    expect(status).toBe(403);
  });

  test.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['same-origin', 200],
    ['none', 200],
  ])('a request that its browser calls %s is answered with %i', async (site, answer) => {
    const headers = { cookie, 'sec-fetch-site': site };
    expect(await ask(host.port, { path: '/', headers })).toMatchObject({ status: answer });
    const refused = lines.filter(({ event }) => event === 'request-refused');
    expect(refused).toHaveLength(answer === 200 ? 0 : 1);
  });

  test('localhost is the same place', async () => {
    const headers = { cookie, host: `localhost:${host.port}` };
    expect(await ask(host.port, { path: '/', headers })).toMatchObject({ status: 200 });
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
    const send = (headers: Record<string, string>) => ask(host.port, { path: '/', method, headers });
    expect(await send({ cookie })).toMatchObject({ status: 403 });
    expect(await send({ cookie, origin: 'http://evil.example' })).toMatchObject({ status: 403 });
    expect(await send({ cookie, origin })).toMatchObject({ status: 405 });
  });
});

describe('the wire', () => {
  const windows = new AbortController();
  beforeEach(async () => {
    cookie = await takeSession(host);
  });

  const refusals: [string, () => Record<string, string>][] = [
    ['another origin', () => ({ cookie, origin: 'http://evil.example' })],
    ['another port of this machine', () => ({ cookie, origin: 'http://127.0.0.1:1' })],
    ['the null origin of a sandboxed page', () => ({ cookie, origin: 'null' })],
    ['https', () => ({ cookie, origin: origin.replace('http', 'https') })],
    ['no origin', () => ({ cookie })],
    ['no cookie', () => ({ origin })],
    ['a wrong cookie', () => ({ origin, cookie: `milepost-session-${host.port}=wrong` })],
    ['another host', () => ({ cookie, origin: 'http://evil.example', host: 'evil.example' })],
    ['another name for our host', () => ({ cookie, origin, host: `localhost:${host.port}` })],
  ];
  test.each(refusals)('refuses %s', async (_, makeHeaders) => {
    expect(await endOf(openSocket(host.port, makeHeaders()))).toBe('refused 403');
    expect(lines.filter(({ event }) => event === 'wire-refused')).toHaveLength(1);
  });

  test('stands at one address only', async () => {
    const headers = socketHeaders(host.port, cookie);
    expect(await endOf(openSocket(host.port, headers, '/wire/more'))).toBe('refused 404');
    expect(await endOf(openSocket(host.port, headers, '/'))).toBe('refused 404');
  });

  const badFrames: [string, string | Uint8Array, string][] = [
    ['no JSON', '{"id":1,', 'closed 1007 malformed'],
    ['nothing', '', 'closed 1007 malformed'],
    ['a number', '7', 'closed 1007 malformed'],
    ['no id', '{"call":"checkout.clear","input":{}}', 'closed 1007 malformed'],
    ['a negative id', '{"id":-1,"call":"checkout.clear","input":{}}', 'closed 1007 malformed'],
    ['an extra field', '{"id":1,"call":"checkout.clear","input":{},"as":"manager"}', 'closed 1007 malformed'],
    ['bytes', new Uint8Array([1, 2, 3]), 'closed 1003 binary'],
    [
      '1 MB',
      JSON.stringify({ id: 1, call: 'checkout.clear', input: 'x'.repeat(1024 * 1024) }),
      'closed 1009',
    ],
  ];
  test.each(badFrames)('a frame of %s closes that window, and no other', async (_, frame, ending) => {
    const bystander = await openWire(host.port, cookie, windows.signal);
    const socket = openSocket(host.port, socketHeaders(host.port, cookie));
    await once(socket, 'open');
    const end = endOf(socket);
    socket.send(frame);
    expect(await end).toBe(ending);
    expect(terminal.received).toEqual([]);
    expect(await bystander.call('checkout.clear', {})).toMatchObject({ kind: 'answer' });
  });

  test('JSON nested without end is answered, not fallen over', async () => {
    const socket = openSocket(host.port, socketHeaders(host.port, cookie));
    await once(socket, 'open');
    const replied = new Promise<string>((resolve) => {
      socket.on('message', (data) => {
        const text = textOf(data);
        if (text.includes('reply')) resolve(text);
      });
    });
    const nested = '['.repeat(30_000) + ']'.repeat(30_000);
    socket.send(`{"id":1,"call":"checkout.clear","input":${nested}}`);
    expect(JSON.parse(await replied)).toEqual({
      id: 1,
      reply: { kind: 'failure', failure: 'invalid-input' },
    });
    socket.terminate();
  });
});

describe('stopping and starting', () => {
  test('a window is told at once, its open calls with it, and comes back to a terminal on the same port', async () => {
    cookie = await takeSession(host);
    const windows = new AbortController();
    let isStarted: (value?: unknown) => void = () => undefined;
    const started = new Promise((resolve) => (isStarted = resolve));
    terminal.answerWith = () => {
      isStarted();
      return new Promise(() => undefined);
    };
    const wire = await openWire(host.port, cookie, windows.signal);
    const hanging = wire.call('checkout.clear', {});
    await started;

    const lost = whenConnection(wire, false);
    await host.stop();
    await lost;
    expect(await hanging).toEqual({ kind: 'failure', failure: 'disconnected' });
    expect(await wire.call('checkout.clear', {})).toEqual({ kind: 'failure', failure: 'disconnected' });

    terminal.answerWith = undefined;
    host = await startHostForTest(terminal, createKeptLog().log, renderer.folder, host.port);
    cookie = await takeSession(host);
    const again = await openWire(host.port, cookie, windows.signal);
    expect(await again.call('checkout.clear', {})).toEqual({
      kind: 'answer',
      output: samples['checkout.clear'].output,
    });
    windows.abort();
  });

  test('stops although a client keeps a connection open and says nothing', async () => {
    const silent = connect(host.port, '127.0.0.1');
    await once(silent, 'connect');
    silent.on('error', () => undefined);
    const closed = once(silent, 'close');
    await host.stop();
    silent.resume();
    await closed;
  });

  test('stops although a window answers nothing any more', async () => {
    cookie = await takeSession(host);
    const socket = openSocket(host.port, socketHeaders(host.port, cookie));
    await once(socket, 'open');
    socket.pause();
    const closed = endOf(socket);
    await host.stop();
    socket.resume();
    expect(await closed).toMatch(/^closed/);
  });

  test('a window that answers no ping is let go, and one that does is kept', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const beating = await startHostForTest(terminal, createKeptLog().log, renderer.folder);
    const headers = socketHeaders(beating.port, await takeSession(beating));
    const dead = new WebSocket(`ws://127.0.0.1:${beating.port}/wire`, { headers, autoPong: false });
    const alive = openSocket(beating.port, headers);
    await Promise.all([once(dead, 'open'), once(alive, 'open')]);
    const end = endOf(dead);
    const pinged = once(alive, 'ping');
    vi.advanceTimersByTime(2_000);
    await pinged;
    // The answer to a ping sent now comes after the pong above, so that the host has that pong by then.
    alive.send('{"id":1,"call":"checkout.clear","input":{}}');
    await new Promise<void>((resolve) =>
      alive.on('message', (data) => textOf(data).includes('reply') && resolve()),
    );
    vi.advanceTimersByTime(2_000);
    expect(await end).toBe('closed 1006');
    expect(alive.readyState).toBe(WebSocket.OPEN);
    await beating.stop();
  });

  test('a port that is taken is said, not thrown', async () => {
    const { log } = createKeptLog();
    const second = await startBrowserHost({
      terminal,
      log,
      port: host.port,
      rendererFolder: renderer.folder,
    });
    expect(second).toMatchObject({ kind: 'refused', code: 'port-not-available' });
  });

  test('a renderer that is not built is said, not thrown', async () => {
    const { log } = createKeptLog();
    const start = await startBrowserHost({
      terminal,
      log,
      port: 0,
      rendererFolder: `${renderer.folder}/none`,
    });
    expect(start).toMatchObject({ kind: 'refused', code: 'renderer-not-built' });
  });
});
