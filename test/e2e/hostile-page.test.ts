import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

/** What the terminal logged of one event, as objects. */
function logged(folder: string, event: string): Array<Record<string, unknown>> {
  return readFileSync(join(folder, 'data', 'logs', 'terminal.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['event'] === event);
}

/** A server of somebody else's on this machine, that says whether anything reached it. */
async function startStranger(html = '') {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, reached, stop: () => server.close() };
}

test.describe('a hostile script inside the page', () => {
  test('gets no code to run, no way to connect out, and nothing of a stranger’s loaded', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const stranger = await startStranger();
    const outcome = await page.evaluate(
      async ({ url, port }) => {
        const attempt = async (action: () => unknown): Promise<string> => {
          try {
            await action();
            return 'done';
          } catch {
            return 'refused';
          }
        };
        const loads = (element: HTMLElement): Promise<string> =>
          new Promise((resolve) => {
            element.addEventListener('load', () => resolve('done'));
            element.addEventListener('error', () => resolve('refused'));
            document.addEventListener('securitypolicyviolation', () => resolve('refused'), { once: true });
            document.body.append(element);
          });
        // What the test's own tool runs at once may use eval; a script of the page may not.
        await new Promise((resolve) => window.setTimeout(resolve, 0));
        const inline = document.createElement('script');
        inline.textContent = 'window.wasInline = true';
        document.body.append(inline);
        return {
          inline: 'wasInline' in window ? 'done' : 'refused',
          eval: await attempt(() => Reflect.apply(Reflect.get(window, 'eval'), window, ['1'])),
          constructed: await attempt(() => Reflect.construct(Function, ['return 1'])),
          timer: await new Promise((resolve) => {
            document.addEventListener('securitypolicyviolation', () => resolve('refused'), { once: true });
            Reflect.apply(window.setTimeout, window, ['window.wasTimed = true', 0]);
            window.setTimeout(() => window.setTimeout(() => resolve('done'), 0), 0);
          }),
          fetch: await attempt(() => fetch(url)),
          beacon: await attempt(() => fetch(`${url}/beacon`, { method: 'POST', mode: 'no-cors', body: 'x' })),
          socket: await new Promise((resolve) => {
            document.addEventListener('securitypolicyviolation', () => resolve('refused'), { once: true });
            try {
              const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
              socket.addEventListener('open', () => resolve('done'));
              socket.addEventListener('error', () => resolve('refused'));
            } catch {
              resolve('refused');
            }
          }),
          script: await loads(Object.assign(document.createElement('script'), { src: `${url}/evil.js` })),
          image: await loads(Object.assign(document.createElement('img'), { src: `${url}/pixel.png` })),
          frame: await loads(Object.assign(document.createElement('iframe'), { src: `${url}/frame` })),
          style: await loads(
            Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}/x.css` }),
          ),
          worker: await attempt(
            () =>
              new Promise((resolve, reject) => {
                const worker = new Worker(URL.createObjectURL(new Blob(['1'])));
                worker.addEventListener('error', reject);
                worker.addEventListener('message', resolve);
              }),
          ),
          form: await new Promise((resolve) => {
            window.navigation.addEventListener('navigateerror', () => resolve('refused'), { once: true });
            const form = Object.assign(document.createElement('form'), {
              action: `${url}/form`,
              method: 'post',
            });
            document.body.append(form);
            form.submit();
          }),
          navigation: await new Promise((resolve) => {
            window.navigation.addEventListener('navigateerror', () => resolve('refused'), { once: true });
            window.location.href = `${url}/away`;
          }),
          device: await attempt(() => navigator.mediaDevices.getUserMedia({ audio: true })),
          cookie: document.cookie === '' ? 'refused' : 'done',
        };
      },
      { url: stranger.url, port: stranger.port },
    );
    stranger.stop();
    expect(Object.entries(outcome).filter(([, result]) => result !== 'refused')).toEqual([]);
    expect(stranger.reached).toEqual([]);
    // The terminal stands where it stood, and each refusal was noted once, without a path or what it would have carried.
    // (Asked of the page itself: Playwright goes on waiting for the navigation that was refused.)
    expect(await page.evaluate(() => document.querySelector('.checkout') !== null)).toBe(true);
    const refused = (): string[] =>
      logged(shop.folder, 'page-refused')
        .map(({ reason, kind, origin }) => `${String(kind ?? reason)} ${String(origin)}`)
        .toSorted();
    const away = new URL(stranger.url).origin;
    const expected = [
      'script-src-elem inline',
      'script-src eval',
      'script-src eval',
      'script-src eval',
      `connect-src ${away}`,
      `connect-src ${away}`,
      `connect-src ${away.replace('http', 'ws')}`,
      `script-src-elem ${away}`,
      `img-src ${away}`,
      `frame-src ${away}`,
      `style-src-elem ${away}`,
      'worker-src blob',
      // The form, before the policy's form-action would have to, and the way out.
      `navigation ${away}`,
      `navigation ${away}`,
    ];
    await expect.poll(refused).toEqual(expected.toSorted());
  });

  test('opens a window that knows nothing of the terminal and has no way back to it', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const stranger = await startStranger('<!doctype html><title>stranger</title>');
    const opening = page.context().waitForEvent('page');
    await page.evaluate((url) => void window.open(url), stranger.url);
    const other = await opening;
    await other.waitForLoadState();
    expect(await other.evaluate(() => ({ opener: window.opener, cookie: document.cookie }))).toEqual({
      opener: null,
      cookie: '',
    });
    await expect(page.locator('.checkout')).toBeVisible();
    stranger.stop();
  });

  test('calls what is not declared, of a wrong shape or too large in vain, and each refusal is logged once', async ({
    page,
    shop,
  }) => {
    await shop.open();
    const collector = (await shop.simulator.collectors())[0] ?? '';
    const replies = await page.evaluate(async (number) => {
      const socket = new WebSocket(`ws://${window.location.host}/wire`);
      await new Promise((resolve) => socket.addEventListener('open', resolve));
      const ask = (id: number, call: string, input: unknown): Promise<unknown> =>
        new Promise((resolve) => {
          socket.addEventListener('message', ({ data }) => {
            const message: { id?: number; reply?: unknown } = JSON.parse(String(data));
            if (message.id === id) resolve(message.reply);
          });
          socket.send(JSON.stringify({ id, call, input }));
        });
      const found = [
        await ask(1, 'journal.deleteEverything', {}),
        await ask(2, '__proto__', {}),
        await ask(3, 'checkout.issue', { collectorText: number, isAdmin: true }),
        await ask(4, 'settings.change', { key: 'x'.repeat(70_000), value: null }),
        await ask(5, 'settings.change', { key: 7, value: [] }),
      ];
      socket.close();
      return found;
    }, collector);
    expect(replies).toEqual(
      ['unknown-call', 'unknown-call', 'invalid-input', 'too-large', 'invalid-input'].map((failure) => ({
        kind: 'failure',
        failure,
      })),
    );
    const refusals = logged(shop.folder, 'call-refused').map(
      ({ reason, call }) => `${String(reason)} ${String(call)}`,
    );
    expect(refusals).toEqual([
      'unknown-call journal.deleteEverything',
      'unknown-call (not a name)',
      'invalid-input checkout.issue',
      'too-large settings.change',
      'invalid-input settings.change',
    ]);
    expect(JSON.stringify(logged(shop.folder, 'call-refused'))).not.toContain(collector);
    expect(shop.journal()).toEqual([]);
  });
});

test('a page of another origin on this machine reaches nothing, though its browser has the session', async ({
  page,
  shop,
}) => {
  await shop.open();
  const terminal = new URL(page.url()).origin;
  const refusals = (event: string): unknown[] => logged(shop.folder, event).map(({ reason }) => reason);
  const stranger = await startStranger('<!doctype html><title>stranger</title>');
  // Another window of the same browser: it carries the session's cookie, for ports share cookies.
  const other = await page.context().newPage();
  await other.goto(stranger.url);

  /** What the stranger's page tries; how it ended for the page, and what the terminal logged of it, once. */
  const tries: ReadonlyArray<readonly [name: string, code: string, event: string]> = [
    ['fetch', `fetch(target + '/', { credentials: 'include' })`, 'request-refused'],
    [
      'fetch without an answer',
      `fetch(target + '/', { mode: 'no-cors', credentials: 'include' }).then((r) => r.type === 'opaque' && Promise.reject())`,
      'request-refused',
    ],
    [
      'post',
      `fetch(target + '/', { method: 'POST', credentials: 'include', body: '{}' })`,
      'request-refused',
    ],
    [
      'oversize post',
      `fetch(target + '/', { method: 'POST', credentials: 'include', body: 'x'.repeat(10_000_000) })`,
      'request-refused',
    ],
    [
      'event source',
      `new Promise((resolve, reject) => Object.assign(new EventSource(target + '/wire', { withCredentials: true }), { onopen: resolve, onerror: reject }))`,
      'request-refused',
    ],
    [
      'web socket',
      `new Promise((resolve, reject) => Object.assign(new WebSocket(target.replace('http', 'ws') + '/wire'), { onopen: resolve, onerror: reject }))`,
      'wire-refused',
    ],
    ['script', `loads('script', { src: target + '/index.html' })`, 'request-refused'],
    ['module', `import(target + '/assets/app.js')`, 'request-refused'],
    ['image', `loads('img', { src: target + '/icon.svg' })`, 'request-refused'],
    ['style', `loads('link', { rel: 'stylesheet', href: target + '/assets/x.css' })`, 'request-refused'],
  ];
  for (const [name, code, event] of tries) {
    const before = refusals(event).length;
    const outcome = await other.evaluate(
      ([target, body]) => {
        const loads = (tag: string, attributes: object): Promise<unknown> =>
          new Promise((resolve, reject) => {
            const element = Object.assign(document.createElement(tag), attributes, {
              onload: resolve,
              onerror: reject,
            });
            document.body.append(element);
          });
        // The stranger's own page has no policy: its script may be made of text.
        const attempt: unknown = Reflect.construct(Function, ['target', 'loads', `return ${body}`])(
          target,
          loads,
        );
        return Promise.resolve(attempt).then(
          () => 'done',
          () => 'refused',
        );
      },
      [terminal, code] as const,
    );
    expect([name, outcome]).toEqual([name, 'refused']);
    await expect.poll(() => [name, ...refusals(event).slice(before)]).toEqual([name, 'origin']);
  }

  // A form posted into a frame or a window, a frame that shows the checkout, a window with a message: none gets through.
  for (const [name, code] of [
    ['frame', `document.body.append(Object.assign(document.createElement('iframe'), { src: target + '/' }))`],
    [
      'form',
      `const form = Object.assign(document.createElement('form'), { action: target + '/', method: 'post', target: '_blank' }); document.body.append(form); form.submit()`,
    ],
    [
      'window',
      `const opened = window.open(target + '/'); setTimeout(() => opened?.postMessage({ call: 'checkout.clear' }, '*'), 0)`,
    ],
  ] as const) {
    const before = refusals('request-refused').length;
    await other.evaluate(([target, body]) => void Reflect.construct(Function, ['target', body])(target), [
      terminal,
      code,
    ] as const);
    await expect.poll(() => [name, ...refusals('request-refused').slice(before)]).toEqual([name, 'origin']);
  }
  for (const each of page.context().pages()) {
    if (each === page) continue;
    await expect(each.locator('.checkout')).toHaveCount(0);
  }
  for (const frame of other.frames()) await expect(frame.locator('.checkout')).toHaveCount(0);
  stranger.stop();
  await expect(page.locator('.checkout')).toBeVisible();
  expect(shop.journal()).toEqual([]);
  expect(logged(shop.folder, 'call-refused')).toEqual([]);
});
