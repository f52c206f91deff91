import { vi } from 'vitest';
import type { Log } from '../../../main/diagnostics/log.ts';
import type { HostedTerminal } from '../../../main/hosts/host.ts';
import { createWire } from '../../../renderer/wire.ts';
import type { Wire } from '../../../shared/contract/contract.ts';
import { createFakeElectron } from './fake-electron.ts';

/** Starts the Electron host on a fake Electron. Modules are loaded anew, so that each host has an Electron of its own. */
export async function startElectronForTest(
  terminal: HostedTerminal,
  log: Log,
  rendererFolder: string,
  isKiosk = false,
) {
  const electron = createFakeElectron();
  vi.resetModules();
  vi.doMock('electron', () => electron.main);
  const { startElectronHost } = await import('../../../main/hosts/electron/electron.ts');
  const { registerPageScheme } = await import('../../../main/hosts/electron/protocol.ts');
  registerPageScheme();
  const preloadFile = '/preload.cjs';
  const host = await startElectronHost({ terminal, log, rendererFolder, preloadFile, isKiosk });
  if (host.kind === 'refused') throw new Error(host.message);

  /** Opens a window and runs the real preload in it; the wire is what the page's own code would get. */
  const openWire = async (open: () => Promise<void> = () => host.openWindow()): Promise<Wire> => {
    await open();
    const window = electron.windows.at(-1);
    if (window === undefined) throw new Error('The host opened no window.');
    const exposed = new Map<string, unknown>();
    vi.resetModules();
    vi.doMock('electron', () => electron.preloadOf(window, exposed));
    await import('../../../main/hosts/electron/preload.ts');
    vi.stubGlobal('milepost', exposed.get('milepost'));
    const wire = createWire();
    vi.unstubAllGlobals();
    return wire;
  };
  return { electron, host, openWire };
}
