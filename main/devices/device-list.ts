import type { DeviceView } from '../../shared/contract/devices.ts';
import type { DeviceSettings, ScannerSettings } from '../settings/devices.ts';
import type { KnownDevice } from './device-book.ts';
import type { StoredDevices } from './device-store.ts';
import type { DeviceConfiguration } from './messages.ts';
import { PRINTER_ID } from './printer.ts';

export const WEDGE_ID = 'wedge';

/** Scanners by the id they keep: their place in the settings. */
function scannersOf(settings: DeviceSettings): ReadonlyMap<string, ScannerSettings> {
  const scanners = settings.scanners ?? [settings.scanner];
  return new Map(scanners.map((scanner, index) => [`scanner-${index + 1}`, scanner]));
}

/** Every device the settings speak of. */
export function knownDevices(settings: DeviceSettings): readonly KnownDevice[] {
  const scanners = [...scannersOf(settings)].map(([id, { name, path }]): KnownDevice => ({
    id,
    kind: 'scanner',
    name,
    state: { state: path === 'none' ? 'none' : 'searching' },
  }));
  const wedge: KnownDevice = {
    id: WEDGE_ID,
    kind: 'wedge',
    state: { state: settings.wedge.mode === 'off' ? 'none' : 'ready' },
  };
  // A printer on the network is reached job by job: its state is told by the jobs.
  const printer: KnownDevice = {
    id: PRINTER_ID,
    kind: 'printer',
    state: { state: settings.printer.connection === 'serial' ? 'connecting' : 'none' },
  };
  return settings.printer.connection === 'none' ? [...scanners, wedge] : [...scanners, wedge, printer];
}

/** A device as the device process opens it, or `undefined` where it has no serial line. */
export function configurationOf(
  id: string,
  settings: DeviceSettings,
  { bindings, lines }: StoredDevices,
): DeviceConfiguration | undefined {
  const scanner = scannersOf(settings).get(id);
  const identity = bindings[id];
  const bound = identity === undefined ? {} : { identity };
  if (scanner !== undefined) {
    const { path, baudRate, framing, idleMs } = scanner;
    if (path === 'none' && identity === undefined) return undefined;
    return { id, kind: 'scanner', path, ...bound, line: lines[id] ?? { baudRate, framing }, idleMs };
  }
  const { printer } = settings;
  if (id !== PRINTER_ID || printer.connection !== 'serial') return undefined;
  const line = lines[id] ?? { baudRate: printer.baudRate, framing: printer.framing };
  return { id, kind: 'printer', path: printer.path, ...bound, line, idleMs: 120 };
}

/** Where a device is looked for, for the Device page. */
export function portOf(
  id: string,
  settings: DeviceSettings,
  stored: StoredDevices,
): Pick<DeviceView, 'port' | 'line' | 'boundTo'> {
  const configuration = configurationOf(id, settings, stored);
  if (configuration !== undefined) {
    const { path, line, identity } = configuration;
    return { port: path, line, ...(identity === undefined ? {} : { boundTo: identity }) };
  }
  const { printer } = settings;
  if (id === PRINTER_ID && printer.connection === 'network')
    return { port: `${printer.host}:${printer.port}` };
  return { port: 'none' };
}
