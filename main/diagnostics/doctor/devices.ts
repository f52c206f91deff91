import { accessSync, constants } from 'node:fs';
import type { Finding } from '../../../shared/contract/doctor.ts';
import type { Status } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { chooseScanner, listPorts } from '../../devices/discovery.ts';
import { fault, notChecked, warning, well } from './finding.ts';

/** The scanner: what the running terminal says of it, or, without one, whether its port is there and may be opened. */
export async function checkScanner(path: string, running: Status['scanner'] | undefined): Promise<Finding> {
  if (path === 'none') return notChecked('scanner', 'off');
  if (running !== undefined && running.state !== 'none') return fromStatus(path, running);
  if (path !== 'auto') return portFinding(path);
  try {
    const port = chooseScanner(await listPorts());
    return port === undefined ? warning('scanner', 'not-found') : portFinding(port.path);
  } catch {
    // A system that can not list its ports (no udev, as in a container) has none that could be found.
    return warning('scanner', 'not-found');
  }
}

function portFinding(path: string): Finding {
  // Windows' ports are no files: only opening one would tell, and that would disturb it.
  if (process.platform === 'win32') return well('scanner', 'named', { path });
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return well('scanner', 'named', { path });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return fault('scanner', code === 'EACCES' || code === 'EPERM' ? 'blocked' : 'missing', { path, code });
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
