import type { Session, WebContents } from 'electron';
import type { Log } from '../../diagnostics/log.ts';
import { pageOrigin } from './channels.ts';

function isOurs(address: string): boolean {
  return address.startsWith(`${pageOrigin}/`);
}

/** The part of an address that is fit for a log: no path and no query, which may hold anything. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : '(not an address)';
}

/** A page stays where it is: no navigation, no second window, no webview, whatever a script in it tries. */
export function guardContents(contents: WebContents, log: Log, openCustomerWindow: () => void): void {
  const deny = (reason: string) => (event: { preventDefault(): void; readonly url: string }) => {
    if (isOurs(event.url)) return;
    event.preventDefault();
    log.warn('page-refused', { reason, origin: originOf(event.url) });
  };
  contents.on('will-navigate', deny('navigation'));
  contents.on('will-frame-navigate', deny('frame-navigation'));
  contents.on('will-redirect', deny('redirect'));
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.warn('page-refused', { reason: 'webview' });
  });
  contents.setWindowOpenHandler(({ url }) => {
    // The one window a page may ask for is made by the host, with the host's own options.
    if (url === `${pageOrigin}/customer`) {
      openCustomerWindow();
      return { action: 'deny' };
    }
    log.warn('page-refused', { reason: 'new-window', origin: originOf(url) });
    return { action: 'deny' };
  });
}

/** No permission, no device, no download, and no request but for the terminal's own files. */
export function guardSession(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn('page-refused', { reason: 'permission', kind: permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
    log.warn('page-refused', { reason: 'download' });
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = isOurs(details.url);
    if (!isAllowed) log.warn('page-refused', { reason: 'request', origin: originOf(details.url) });
    answer({ cancel: !isAllowed });
  });
}
