import { accessSync, constants } from 'node:fs';
import type { Finding } from '../../../shared/contract/doctor.ts';
import type { Status } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { chooseScanner, listPorts } from '../../devices/discovery.ts';
import type { PrinterLook } from '../../devices/messages.ts';
import { connectPrinter, lookAtPrinter } from '../../devices/printing.ts';
import { systemClock } from '../../clock.ts';
import type { DeviceSettings } from '../../settings/devices.ts';
import { fault, notChecked, warning, well } from './finding.ts';

/**
 * The scanners: what the running terminal says of them, or, without one, whether their ports are there and may be opened.
 * Of several the worst is told.
 */
export async function checkScanner(
  { scanner, scanners = [scanner] }: Pick<DeviceSettings, 'scanner' | 'scanners'>,
  running: Status['scanner'] | undefined,
): Promise<Finding> {
  const paths = scanners.map(({ path }) => path).filter((path) => path !== 'none');
  const [first] = paths;
  if (first === undefined) return notChecked('scanner', 'off');
  if (running !== undefined && running.state !== 'none') return fromStatus(first, running);
  const findings = await Promise.all(paths.map(checkPort));
  const [all] = findings;
  const worst = ['fault', 'warning'].map((verdict) => findings.find((one) => one.verdict === verdict));
  return worst.find((one) => one !== undefined) ?? all ?? notChecked('scanner', 'off');
}

async function checkPort(path: string): Promise<Finding> {
  if (path !== 'auto') return portFinding('scanner', path);
  try {
    const port = chooseScanner(await listPorts());
    return port === undefined ? warning('scanner', 'not-found') : portFinding('scanner', port.path);
  } catch {
    // A system that can not list its ports (no udev, as in a container) has none that could be found.
    return warning('scanner', 'not-found');
  }
}

function portFinding(check: 'scanner' | 'printer', path: string): Finding {
  // Windows' ports are no files: only opening one would tell, and that would disturb it.
  if (process.platform === 'win32') return well(check, 'named', { path });
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return well(check, 'named', { path });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return fault(check, code === 'EACCES' || code === 'EPERM' ? 'blocked' : 'missing', { path, code });
  }
}

function fromStatus(setting: string, { state, path = setting, cause = 'other' }: Status['scanner']): Finding {
  switch (state) {
    case 'ready':
    case 'connecting':
      return well('scanner', 'well', { path });
    case 'searching':
      return setting === 'auto'
        ? warning('scanner', 'not-found')
        : fault('scanner', 'missing', { path, code: state });
    case 'lost':
      return fault('scanner', 'missing', { path, code: state });
    case 'blocked':
      return fault('scanner', 'blocked', { path, code: cause });
    case 'none':
      return notChecked('scanner', 'off');
    default:
      return assertNever(state);
  }
}

/**
 * The receipt printer: `look` is the running terminal's, which has its line open and may be printing. Without one, a printer
 * on the network is asked from here, and of a serial one its port is looked at.
 */
export async function checkPrinter(
  settings: DeviceSettings['printer'],
  look: (() => Promise<PrinterLook>) | undefined,
): Promise<Finding> {
  if (settings.connection === 'none') return notChecked('printer', 'no-printer');
  const path = settings.connection === 'serial' ? settings.path : `${settings.host}:${settings.port}`;
  if (settings.connection === 'serial' && look === undefined) return portFinding('printer', path);
  const seen = await (look ?? (() => lookOverNetwork(settings)))();
  switch (seen) {
    case 'well':
    case 'reached':
      return well('printer', seen, { path });
    case 'silent':
    case 'paper-low':
      return warning('printer', seen, { path });
    case 'paper-out':
    case 'not-reached':
      return fault('printer', seen, { path });
    case 'busy':
    case 'no-printer':
      return notChecked('printer', seen);
    default:
      return assertNever(seen);
  }
}

async function lookOverNetwork(settings: DeviceSettings['printer']): Promise<PrinterLook> {
  if (settings.connection !== 'network') return 'no-printer';
  const line = await connectPrinter({ kind: 'tcp', host: settings.host, port: settings.port }, systemClock);
  return line === undefined ? 'not-reached' : lookAtPrinter(line, settings.confirms, systemClock);
}
