import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../diagnostics/log.ts';
import { findBrowser } from '../find-browser.ts';

export interface WindowCommand {
  readonly kind: 'app-window' | 'default-browser' | 'no-display';
  readonly command: string;
  readonly args: readonly string[];
  /** MILEPOST_CHROMIUM, when it names a file that is not there. */
  readonly missingBrowser?: string;
}

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environmentVariables: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
  readonly exists: (path: string) => boolean;
}

function defaultBrowserCommand(platform: NodeJS.Platform, url: string): { command: string; args: string[] } {
  if (platform === 'darwin') return { command: 'open', args: [url] };
  // What `start` does, without a shell that would read `&` and `%` in an address.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  return { command: 'xdg-open', args: [url] };
}

/** How to show `url` here: an app window in a Chromium with a profile of its own, else the default browser. */
export function windowCommand(url: string, dataFolder: string, surroundings: Surroundings): WindowCommand {
  const { platform, environmentVariables, isRoot } = surroundings;
  const isDisplayGiven =
    platform === 'darwin' ||
    platform === 'win32' ||
    Boolean(environmentVariables['DISPLAY'] || environmentVariables['WAYLAND_DISPLAY']);
  if (!isDisplayGiven) return { kind: 'no-display', command: '', args: [] };

  const browser = findBrowser(surroundings);
  if (browser.kind !== 'found') {
    const fallback = { kind: 'default-browser' as const, ...defaultBrowserCommand(platform, url) };
    return browser.kind === 'none' ? fallback : { ...fallback, missingBrowser: browser.path };
  }
  const args = [
    `--app=${url}`,
    `--user-data-dir=${join(dataFolder, 'browser-profile')}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    // Chromium refuses to run as root with its sandbox.
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
  return { kind: 'app-window', command: browser.path, args };
}

/** Shows the window; a browser that can not start is logged and said, never fatal. `close` ends an app window. */
export function openWindow({
  url,
  dataFolder,
  log,
  say,
}: {
  url: string;
  dataFolder: string;
  log: Log;
  say: (line: string) => void;
}): { close(): void } {
  const chosen = windowCommand(url, dataFolder, {
    platform: process.platform,
    environmentVariables: process.env,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
  });
  if (chosen.missingBrowser !== undefined) {
    log.warn('browser-missing', { path: chosen.missingBrowser });
    say(`MILEPOST_CHROMIUM names ${chosen.missingBrowser}, which does not exist; using the default browser.`);
  }
  if (chosen.kind === 'no-display') return { close: () => undefined };

  const child = spawn(chosen.command, chosen.args, { stdio: 'ignore' });
  child.on('error', (cause) => {
    log.warn('window-not-opened', { path: chosen.command }, cause);
    say('No browser could be started; open the address above yourself.');
  });
  child.unref();
  log.info('window-opened', { kind: chosen.kind, path: chosen.command });
  return {
    close() {
      if (chosen.kind === 'app-window') child.kill();
    },
  };
}
