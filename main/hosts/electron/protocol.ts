import { protocol, type Session } from 'electron';
import type { Log } from '../../diagnostics/log.ts';
import type { RendererFiles } from '../renderer-files.ts';
import { securityHeaders } from '../security-headers.ts';
import { pageOrigin, pageScheme } from './channels.ts';

/** Makes app:// a scheme with an origin of its own, unlike file://. Must run before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built renderer as app://milepost/, with the same headers as the browser host. */
export function servePages(session: Session, files: RendererFiles, log: Log): void {
  const headers = securityHeaders([]);
  session.protocol.handle(pageScheme, async (request) => {
    const { protocol: scheme, host, pathname } = new URL(request.url);
    if (`${scheme}//${host}` !== pageOrigin) return new Response(null, { status: 403, headers });
    if (request.method !== 'GET') return new Response(null, { status: 405, headers });
    try {
      const file = await files.read(pathname);
      if (file === undefined) return new Response(null, { status: 404, headers });
      return new Response(file.body, { headers: { ...headers, ...file.headers } });
    } catch (cause) {
      log.error('page-not-read', {}, cause);
      return new Response(null, { status: 500, headers });
    }
  });
}
