import { Hono } from 'hono';
import type { Log } from '../../diagnostics/log.ts';
import type { RendererFiles } from '../renderer-files.ts';
import type { Gate } from './gate.ts';
import { lockedPage } from './locked-page.ts';

/** The browser host over HTTP: lets a window in by its key, then serves the renderer's files to it. */
export function createHttpApp({
  gate,
  files,
  headers,
  log,
}: {
  gate: Gate;
  files: RendererFiles;
  headers: Readonly<Record<string, string>>;
  log: Log;
}): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
  });

  app.use(async (context, next) => {
    const [host, origin] = [context.req.header('host'), context.req.header('origin')];
    // Every browser of today says where a request comes from, and a page can not change what it says. `none` is the person.
    const site = context.req.header('sec-fetch-site') ?? 'none';
    const isReading = context.req.method === 'GET' || context.req.method === 'HEAD';
    if (!gate.isOurHost(host)) {
      log.warn('request-refused', { reason: 'host' });
      return context.text('Forbidden', 403);
    }
    const isStrangers = site !== 'none' && site !== 'same-origin';
    if (isStrangers || (!isReading && origin !== `http://${host}`)) {
      log.warn('request-refused', { reason: 'origin' });
      return context.text('Forbidden', 403);
    }
    if (!isReading) return context.text('Method Not Allowed', 405, { Allow: 'GET, HEAD' });
    return next();
  });

  app.get('*', async (context) => {
    const hasSession = gate.hasSession(context.req.header('cookie'));
    const { pathname, searchParams } = new URL(context.req.url);
    const key = pathname === '/' ? searchParams.get('key') : null;

    if (key !== null && context.req.method === 'GET' && gate.takeKey(key)) {
      return context.body(null, 303, {
        Location: '/',
        'Set-Cookie': gate.sessionCookie,
        'Cache-Control': 'no-store',
      });
    }
    // A restored or bookmarked window of the browser that has the session already: only take the key off its address.
    if (key !== null && hasSession)
      return context.body(null, 303, { Location: '/', 'Cache-Control': 'no-store' });
    if (!hasSession) {
      log.warn('request-refused', { reason: key === null ? 'session' : 'key' });
      return context.html(lockedPage(), 403, { 'Cache-Control': 'no-store' });
    }

    const file = await files.read(pathname);
    return file === undefined
      ? context.text('Not Found', 404)
      : context.body(file.body, 200, { ...file.headers });
  });

  app.onError((cause, context) => {
    log.error('request-failed', {}, cause);
    return context.text('Internal Server Error', 500);
  });
  return app;
}
