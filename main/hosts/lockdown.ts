import type { Handlers } from '../../shared/contract/contract.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Authority } from '../operators/authority.ts';
import type { Settings } from '../settings/schema.ts';

/** What a host can do about its window; a browser's windows are its own. */
export interface HostWindow {
  readonly kind: 'electron' | 'browser';
  /** Gives the screen back to the operating system. */
  readonly leaveKiosk: (() => void) | undefined;
}

/** Why this host may not serve this terminal, if so. */
export function refusalOfHost(host: HostWindow['kind'], settings: Settings): string | undefined {
  const { environment, lockdown } = settings;
  if (host === 'electron' || environment !== 'production' || lockdown.mayBrowserServeProduction)
    return undefined;
  return 'A browser window does not serve production: install Milepost, or set lockdown.mayBrowserServeProduction';
}

function platformName(platform: NodeJS.Platform): 'windows' | 'linux' | 'macos' | 'other' {
  if (platform === 'win32') return 'windows';
  if (platform === 'darwin') return 'macos';
  return platform === 'linux' ? 'linux' : 'other';
}

/** The part of a refused address that is fit for a log: no path and no query, which may hold anything. */
function originOf(target: string): string {
  if (['inline', 'eval', 'blob', 'data'].includes(target)) return target;
  return URL.canParse(target) ? new URL(target).origin : '(not an address)';
}

/** Tells how the screen is locked, lets a manager out, and notes what a page was refused. */
export function createLockdownHandlers(given: {
  readonly window: HostWindow;
  readonly settings: Settings;
  readonly authority: Authority;
  readonly platform: NodeJS.Platform;
  readonly log: Log;
}): Pick<Handlers, 'lockdown.read' | 'lockdown.leave' | 'page.refused'> {
  const { window, settings, authority, log } = given;
  let isKiosk = window.leaveKiosk !== undefined && settings.lockdown.isKiosk;
  return {
    'lockdown.read': () => ({ host: window.kind, isKiosk, platform: platformName(given.platform) }),
    'lockdown.leave': ({ approval }) => {
      if (!isKiosk || window.leaveKiosk === undefined) return { kind: 'not-locked' };
      if (authority.authorize('manager', approval).kind !== 'authorized') return { kind: 'approval-needed' };
      isKiosk = false;
      window.leaveKiosk();
      log.warn('kiosk-left');
      return { kind: 'left' };
    },
    'page.refused': ({ reason, directive, target }) => {
      log.warn('page-refused', { reason, kind: directive, origin: originOf(target) });
      return {};
    },
  };
}
