import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { Session, WebContents } from 'electron';
import type { Log } from '../../diagnostics/log.ts';
import { pageOrigin } from './channels.ts';

function isOurs(address: string): boolean {
  return address.startsWith(`${pageOrigin}/`);
}

/** What a page of ours holds in its own memory. */
function isMade(address: string): boolean {
  return address.startsWith(`blob:${pageOrigin}/`);
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

/** A report's name: no folder in it, and nothing that a system would run. */
const savedName = /^[\w.-]{1,200}\.(?:pdf|csv)$/;

/** A place in the folder that nothing has yet, as browsers find one; `undefined` for what is not to be saved. */
function placeOf(name: string, folder: string): string | undefined {
  if (!savedName.test(name)) return undefined;
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number += 1) {
    const place = join(folder, number === 1 ? name : `${stem} (${number})${ext}`);
    if (!existsSync(place)) return place;
  }
}

/**
 * No permission, no device, and no request but for the terminal's own files. A page may save a report it made, into
 * `savedFolder` and without a dialog: a kiosk's dialog would be a way to everything on the disk.
 */
export function guardSession(session: Session, log: Log, savedFolder: string): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn('page-refused', { reason: 'permission', kind: permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    const place = isMade(item.getURL()) ? placeOf(item.getFilename(), savedFolder) : undefined;
    if (place !== undefined) return item.setSavePath(place);
    event.preventDefault();
    log.warn('page-refused', { reason: 'download' });
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = isOurs(details.url) || isMade(details.url);
    if (!isAllowed) log.warn('page-refused', { reason: 'request', origin: originOf(details.url) });
    answer({ cancel: !isAllowed });
  });
}
