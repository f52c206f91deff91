import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRendererFolder } from './browser-harness.ts';
import { startElectronForTest } from './electron-harness.ts';
import { createKeptLog, createScriptedTerminal, samples, type LoggedLine } from './scripted-terminal.ts';

let renderer: Awaited<ReturnType<typeof makeRendererFolder>>;
let terminal: ReturnType<typeof createScriptedTerminal>;
let lines: LoggedLine[];
let started: Awaited<ReturnType<typeof startElectronForTest>>;

beforeEach(async () => {
  renderer = await makeRendererFolder();
  terminal = createScriptedTerminal();
  const kept = createKeptLog();
  lines = kept.lines;
  started = await startElectronForTest(terminal, kept.log, renderer.folder);
  await started.host.openWindow();
});
afterEach(async () => {
  started.host.stop();
  await renderer.remove();
});

function onlyWindow() {
  const [window] = started.electron.windows;
  if (window === undefined) throw new Error('No window is open.');
  return window;
}

function windowSession() {
  const session = started.electron.sessions.get('milepost-window');
  if (session === undefined) throw new Error('The window has no session of its own.');
  return session;
}

const refusedReasons = (): unknown[] =>
  lines.filter(({ level }) => level === 'warn').map(({ fields }) => Reflect.get(fields, 'reason'));

describe('who may call main', () => {
  const call = (frame: { origin: string } | null) =>
    started.electron.invoke(frame, 'milepost:call', 'checkout.clear', {});

  test('the main frame of our window may', async () => {
    expect(await call(onlyWindow().webContents.mainFrame)).toMatchObject({ kind: 'answer' });
  });

  test.each([
    ['a frame inside our page', { origin: 'app://milepost' }],
    ['a page from elsewhere', { origin: 'https://evil.example' }],
    ['a page that looks like ours', { origin: 'app://milepost.evil.example' }],
    ['a local file', { origin: 'file://' }],
    ['a frame without an origin', { origin: 'null' }],
    ['a frame that is gone', null],
  ])('%s may not, and reaches no handler', async (_, frame) => {
    expect(await call(frame)).toEqual({ kind: 'failure', failure: 'not-allowed' });
    expect(terminal.received).toEqual([]);
    expect(refusedReasons()).toEqual(['not-allowed']);
  });

  test('our window may not once it shows something else', async () => {
    Object.defineProperty(onlyWindow().webContents.mainFrame, 'origin', { value: 'https://evil.example' });
    expect(await call(onlyWindow().webContents.mainFrame)).toEqual({
      kind: 'failure',
      failure: 'not-allowed',
    });
  });

  test('a closed window may not', async () => {
    const { mainFrame } = onlyWindow().webContents;
    onlyWindow().destroy();
    expect(await call(mainFrame)).toEqual({ kind: 'failure', failure: 'not-allowed' });
  });

  test('there is one channel, and no other', () => {
    expect([...started.electron.handlers.keys()]).toEqual(['milepost:call']);
  });

  test('what can not be copied out of a page is answered, not thrown', async () => {
    const wire = await started.openWire();
    expect(await wire.call('checkout.clear', { run: () => undefined })).toEqual({
      kind: 'failure',
      failure: 'failed',
    });
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(await wire.call('checkout.clear', cycle)).toEqual({ kind: 'failure', failure: 'invalid-input' });
    expect(await wire.call('checkout.clear', { big: 1n })).toEqual({
      kind: 'failure',
      failure: 'invalid-input',
    });
    expect(
      await wire.call('checkout.issue', new Map(Object.entries(samples['checkout.issue'].input))),
    ).toEqual({
      kind: 'failure',
      failure: 'invalid-input',
    });
  });
});

describe('what a page may do', () => {
  test('its window is isolated, sandboxed and without Node', () => {
    expect(onlyWindow().loaded).toBe('app://milepost/');
    expect(onlyWindow().options.webPreferences).toMatchObject({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    '%s leads only to our own pages',
    (event) => {
      const go = (url: string): boolean => {
        let isPrevented = false;
        onlyWindow().webContents.emit(event, { url, preventDefault: () => (isPrevented = true) });
        return !isPrevented;
      };
      expect(go('app://milepost/')).toBe(true);
      for (const url of [
        'https://evil.example/',
        'file:///etc/hosts',
        'app://milepost.evil.example/',
        'not an address',
      ])
        expect(go(url)).toBe(false);
      expect(refusedReasons()).toHaveLength(4);
    },
  );

  test('no webview and no second window', () => {
    let isPrevented = false;
    const { webContents } = onlyWindow();
    webContents.emit('will-attach-webview', { preventDefault: () => (isPrevented = true) });
    expect(isPrevented).toBe(true);
    expect(webContents.openHandler?.({ url: 'app://milepost/' })).toEqual({ action: 'deny' });
    expect(refusedReasons()).toEqual(['webview', 'new-window']);
  });

  test.each(['milepost-window', 'default'])('no permission and no device in the session %s', (name) => {
    const session = started.electron.sessions.get(name);
    const request = session?.permissionRequestHandler.mock.lastCall?.[0] as
      ((contents: unknown, permission: string, answer: (isGranted: boolean) => void) => void) | undefined;
    let granted: boolean | undefined;
    request?.({}, 'serial', (isGranted) => (granted = isGranted));
    expect(granted).toBe(false);
    const check = session?.permissionCheckHandler.mock.lastCall?.[0] as (() => boolean) | undefined;
    expect(check?.()).toBe(false);
    const device = session?.devicePermissionHandler.mock.lastCall?.[0] as (() => boolean) | undefined;
    expect(device?.()).toBe(false);
    expect(refusedReasons()).toEqual(['permission']);
  });

  /** Where a download ends up. */
  const downloaded = (url: string, name: string): string | undefined => {
    let place: string | undefined;
    let isPrevented = false;
    const item = {
      getURL: () => url,
      getFilename: () => name,
      setSavePath: (path: string) => (place = path),
    };
    windowSession().events.emit('will-download', { preventDefault: () => (isPrevented = true) }, item);
    expect(isPrevented).toBe(place === undefined);
    return place;
  };

  test('a report that a page of ours made is saved, without a dialog', () => {
    expect(downloaded('blob:app://milepost/1f2e', 'milepost-1100-3-2026-11-28.pdf')).toBe(
      join('/home/till/downloads', 'milepost-1100-3-2026-11-28.pdf'),
    );
    expect(refusedReasons()).toEqual([]);
  });

  test.each([
    ['https://evil.example/report.pdf', 'report.pdf'],
    ['blob:https://evil.example/1f2e', 'report.pdf'],
    ['blob:app://milepost.evil.example/1f2e', 'report.pdf'],
    ['app://milepost/index.html', 'report.pdf'],
    ['blob:app://milepost/1f2e', 'report.exe'],
    ['blob:app://milepost/1f2e', '../report.pdf'],
    ['blob:app://milepost/1f2e', 'a\\report.pdf'],
    ['blob:app://milepost/1f2e', '.pdf'],
  ])('no other download: %s as %s', (url, name) => {
    expect(downloaded(url, name)).toBeUndefined();
    expect(refusedReasons()).toEqual(['download']);
  });

  test.each([
    ['app://milepost/', false],
    ['app://milepost/assets/app.js', false],
    ['blob:app://milepost/1f2e', false],
    ['blob:https://evil.example/1f2e', true],
    ['app://milepost.evil.example/', true],
    ['https://evil.example/', true],
    ['http://127.0.0.1/', true],
    ['file:///etc/hosts', true],
    ['wss://evil.example/', true],
  ])('a request for %s: cancelled %s', (url, isCancelled) => {
    let verdict: { cancel: boolean } | undefined;
    const guard = windowSession().requestGuard.mock.lastCall?.[0];
    guard?.({ url }, (given) => (verdict = given));
    expect(verdict).toEqual({ cancel: isCancelled });
    expect(refusedReasons()).toEqual(isCancelled ? ['request'] : []);
  });
});

describe('app://', () => {
  const get = async (url: string, method = 'GET'): Promise<Response> => {
    const handler = windowSession().pages.get('app');
    if (handler === undefined) throw new Error('Nothing serves app://.');
    return handler(new Request(url, { method }));
  };

  test('is registered as a secure origin of its own', () => {
    expect(started.electron.registeredSchemes.mock.calls).toEqual([
      [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]],
    ]);
  });

  test('serves the renderer with the policy by header, and no way to connect out', async () => {
    const response = await get('app://milepost/');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Test</title>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
    expect(response.headers.get('content-security-policy')).toContain(`connect-src 'self';`);
  });

  test.each([
    ['app://milepost/missing.js', 'GET', 404],
    ['app://milepost/..%2fsecret.json', 'GET', 404],
    ['app://milepost/linked.json', 'GET', 404],
    ['app://elsewhere/', 'GET', 403],
    ['app://milepost/', 'POST', 405],
  ])('%s with %s is %i', async (url, method, status) => {
    expect((await get(url, method)).status).toBe(status);
  });
});

describe('the window', () => {
  test('a page that crashed is loaded again', () => {
    onlyWindow().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(onlyWindow().webContents.reload).toHaveBeenCalledOnce();
  });

  test('of a kiosk fills the screen and can not be closed, until it is left', async () => {
    expect(onlyWindow().options).toMatchObject({ kiosk: false, closable: true });
    const { host, electron } = await startElectronForTest(
      terminal,
      createKeptLog().log,
      renderer.folder,
      true,
    );
    await host.openWindow();
    const [window] = electron.windows;
    expect(window?.options).toMatchObject({ kiosk: true, closable: false });
    host.leaveKiosk();
    expect(window?.setKiosk.mock.calls).toEqual([[false]]);
    expect(window?.setClosable.mock.calls).toEqual([[true]]);
    host.stop();
  });

  test('is brought to the front when asked', () => {
    started.host.focus();
    expect(onlyWindow().focus).toHaveBeenCalledOnce();
  });
});
