import { describe, expect, test, vi } from 'vitest';
import { createLockdownHandlers, refusalOfHost } from '../../../main/hosts/lockdown.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { Settings } from '../../../main/settings/schema.ts';

const log = createLog({ write: () => undefined });
const kiosk = Settings.parse({ lockdown: { isKiosk: true } });

describe('production', () => {
  const production = { environment: 'production' };
  test.each([
    ['is not served by a browser', 'browser', production, true],
    [
      'is served by one where the settings say so',
      'browser',
      { ...production, lockdown: { mayBrowserServeProduction: true } },
      false,
    ],
    ['is served by the installed program', 'electron', production, false],
  ] as const)('%s', (_, host, settings, isRefused) => {
    const refusal = refusalOfHost(host, Settings.parse(settings));
    expect(refusal !== undefined).toBe(isRefused);
    if (isRefused) expect(refusal).toContain('lockdown.mayBrowserServeProduction');
  });

  test.each(['training', 'certification'] as const)('is not %s, which any host serves', (environment) => {
    expect(refusalOfHost('browser', Settings.parse({ environment }))).toBeUndefined();
  });
});

describe('the way out of the kiosk', () => {
  /** A locked screen of a store with one manager, whose yes is a word. */
  function lockedScreen(settings = kiosk, hasWindow = true) {
    const leaveKiosk = vi.fn<() => void>();
    const asked: string[] = [];
    const handlers = createLockdownHandlers({
      window: { kind: 'electron', leaveKiosk: hasWindow ? leaveKiosk : undefined },
      settings,
      authority: {
        authorize(role, approval) {
          asked.push(role);
          return approval === 'yes' ? { kind: 'authorized', actor: 'Ana' } : { kind: 'approval-needed' };
        },
      },
      platform: 'linux',
      log,
    });
    return { handlers, leaveKiosk, asked };
  }

  test('is a manager’s, once', async () => {
    const { handlers, leaveKiosk, asked } = lockedScreen();
    expect(await handlers['lockdown.read']({})).toMatchObject({ isKiosk: true });
    expect(await handlers['lockdown.leave']({})).toEqual({ kind: 'approval-needed' });
    expect(leaveKiosk).not.toHaveBeenCalled();
    expect(await handlers['lockdown.leave']({ approval: 'yes' })).toEqual({ kind: 'left' });
    expect(asked).toEqual(['manager', 'manager']);
    expect(await handlers['lockdown.read']({})).toMatchObject({ isKiosk: false });
    expect(await handlers['lockdown.leave']({ approval: 'yes' })).toEqual({ kind: 'not-locked' });
    expect(leaveKiosk).toHaveBeenCalledOnce();
  });

  test.each([
    ['the settings lock nothing', lockedScreen(Settings.parse({}))],
    ['a browser’s window is not the terminal’s to lock', lockedScreen(kiosk, false)],
  ])('is none where %s', async (_, { handlers, leaveKiosk }) => {
    expect(await handlers['lockdown.read']({})).toMatchObject({ isKiosk: false });
    expect(await handlers['lockdown.leave']({ approval: 'yes' })).toEqual({ kind: 'not-locked' });
    expect(leaveKiosk).not.toHaveBeenCalled();
  });
});
