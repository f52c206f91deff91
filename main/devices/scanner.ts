import { assertNever } from '../../shared/domain/assert-never.ts';
import type { WatchArrival } from './arrival.ts';
import type { Clock } from '../clock.ts';
import type { Identify } from './identity.ts';
import { createScanLine } from './line.ts';
import type { Configuration, ScannerStatus } from './messages.ts';
import type { SerialStream } from './stream.ts';
import type { Scan } from './scan.ts';
import { createDeviceSession, type DeviceSession, type SessionState } from './session.ts';

export interface ScannerDependencies {
  readonly openStream: (path: string, baudRate: number) => SerialStream;
  readonly identify: Identify;
  readonly watchArrival: WatchArrival;
  readonly clock: Clock;
  readonly random: () => number;
  readonly platform: NodeJS.Platform;
  readonly onScan: (scan: Scan) => void;
  readonly onStatus: (status: ScannerStatus) => void;
  /** Nothing is plugged in at the path. */
  readonly onAbsent: () => void;
  /** Only a new process helps. */
  readonly onStuck: () => void;
}

/**
 * A scanner on one path: a session whose bytes become scans and whose states become the status a person sees. Until it
 * has been ready once it is searched for; after that an absence is a loss.
 */
export function createScanner(
  { path, baudRate, collectorNumberRule }: Configuration,
  dependencies: ScannerDependencies,
): DeviceSession {
  let wasReady = false;
  let isBlocked = false;
  const line = createScanLine(
    collectorNumberRule,
    dependencies.clock,
    () => session.prove(),
    dependencies.onScan,
  );
  const session = createDeviceSession({
    ...dependencies,
    path,
    openStream: () => dependencies.openStream(path, baudRate),
    onBytes: (bytes) => line.take(bytes),
    onState(state) {
      if (state.kind === 'ready') wasReady = true;
      else line.reset();
      // A blocked port stays so to a person while it is tried again.
      if (state.kind === 'opening' && isBlocked) return;
      isBlocked = state.kind === 'blocked';
      const status = statusOf(state, wasReady);
      if (status !== undefined) dependencies.onStatus({ ...status, path });
      if (state.kind === 'absent') dependencies.onAbsent();
    },
  });
  return session;
}

/** `undefined` where a person need not be told. */
function statusOf(state: SessionState, wasReady: boolean): ScannerStatus | undefined {
  switch (state.kind) {
    case 'absent':
      return { state: wasReady ? 'lost' : 'searching' };
    case 'opening':
    case 'back-off':
      return { state: wasReady ? 'lost' : 'connecting' };
    case 'lost':
      return { state: 'lost' };
    case 'ready':
      return { state: 'ready' };
    case 'blocked':
      return { state: 'blocked', cause: state.cause };
    case 'stopped':
      return undefined;
    default:
      return assertNever(state);
  }
}
