import type { DeviceState, LineSettings } from '../../shared/contract/devices.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { ScanRules } from '../../shared/domain/scan/rules.ts';
import type { Reading } from '../../shared/domain/scan/scan.ts';
import type { WatchArrival } from './arrival.ts';
import type { Clock } from '../clock.ts';
import { scannerProfile } from './frames.ts';
import type { Identify } from './identity.ts';
import { createScanLine } from './line.ts';
import type { DeviceConfiguration } from './messages.ts';
import type { SerialStream } from './stream.ts';
import { createDeviceSession, type DeviceSession, type SessionState } from './session.ts';

export interface DeviceDependencies {
  readonly openStream: (path: string, line: LineSettings) => SerialStream;
  readonly identify: Identify;
  readonly watchArrival: WatchArrival;
  readonly clock: Clock;
  readonly random: () => number;
  readonly platform: NodeJS.Platform;
  readonly rules: () => ScanRules;
  /** True takes a frame away from the classifier: it is being learned from. */
  readonly intercept: (frame: Uint8Array) => boolean;
  readonly onReading: (reading: Reading) => void;
  /** Bytes from a device that reads nothing: a printer's answers. Zeroed afterwards. */
  readonly onAnswer: (bytes: Uint8Array) => void;
  readonly onStatus: (status: DeviceState) => void;
  /** Nothing is plugged in at the path. */
  readonly onAbsent: () => void;
  /** Only a new process helps. */
  readonly onStuck: () => void;
}

/**
 * A device on one path: a session whose bytes become readings, or answers, and whose states become the status a person
 * sees. Until it has been ready once it is searched for; after that an absence is a loss.
 */
export function createDevice(
  { kind, path, line: lineSettings, idleMs }: DeviceConfiguration,
  dependencies: DeviceDependencies,
): DeviceSession {
  let wasReady = false;
  let isBlocked = false;
  let isWaking = false;
  const line = createScanLine({
    profile: { ...scannerProfile, idleMs },
    rules: dependencies.rules,
    clock: dependencies.clock,
    onFrame: () => session.prove(),
    intercept: dependencies.intercept,
    onReading: dependencies.onReading,
  });
  const session = createDeviceSession({
    ...dependencies,
    path,
    openStream: () => dependencies.openStream(path, lineSettings),
    onBytes: (bytes) => (kind === 'scanner' ? line.take(bytes) : dependencies.onAnswer(bytes)),
    onState(state) {
      if (state.kind === 'ready') wasReady = true;
      else line.reset();
      // A blocked port stays so to a person while it is tried again.
      if (state.kind === 'opening' && isBlocked) return;
      isBlocked = state.kind === 'blocked';
      // A port opened after a sleep was not lost.
      const status = statusOf(state, wasReady && !(isWaking && state.kind === 'opening'));
      isWaking = state.kind === 'asleep' || (isWaking && state.kind === 'opening');
      if (status !== undefined) dependencies.onStatus({ ...status, path });
      if (state.kind === 'absent') dependencies.onAbsent();
    },
  });
  return session;
}

/** `undefined` where a person need not be told. */
function statusOf(state: SessionState, wasReady: boolean): DeviceState | undefined {
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
    case 'asleep':
    case 'stopped':
      return undefined;
    default:
      return assertNever(state);
  }
}
