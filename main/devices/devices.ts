import { isDeepStrictEqual } from 'node:util';
import type { CollectorNumberRule } from '../../shared/domain/collector-number.ts';
import type { Log } from '../diagnostics/log.ts';
import { createBackoff } from './backoff.ts';
import { systemClock } from '../clock.ts';
import { FromDevices, type ScannerStatus, type ToDevices } from './messages.ts';
import { createRepeatFilter } from './repeat.ts';
import type { Scan } from './scan.ts';
import { type DeviceProcess, forkDeviceProcess, type SpawnDeviceProcess } from './spawn.ts';

const PROVEN_MS = 10_000;
const STOP_TIMEOUT_MS = 5_000;

export interface DevicesOptions {
  readonly settings: {
    /** A port, `auto` to find a scanner, or `none`. */
    readonly path: string;
    readonly baudRate: number;
  };
  readonly collectorNumberRule: CollectorNumberRule;
  readonly log: Log;
  readonly onScan: (scan: Scan) => void;
  readonly onStatus: (status: ScannerStatus) => void;
  /** Electron gives its utility process; otherwise a child process is forked. */
  readonly spawn?: SpawnDeviceProcess;
}

export interface Devices {
  start(): void;
  /** Closes the ports and ends the device process; resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * The serial devices as the terminal sees them: scans and a status. They live in a process of their own that is started
 * again when it dies. The same Collector again within a second of the last read is one scan.
 */
export function createDevices(options: DevicesOptions): Devices {
  const { settings, collectorNumberRule, log, onScan, onStatus, spawn = forkDeviceProcess } = options;
  const clock = systemClock;
  const backoff = createBackoff(Math.random);
  const isRepeat = createRepeatFilter(() => clock.monotonicMs());
  let running: DeviceProcess | undefined;
  let stopping: Promise<void> | undefined;
  let lastStatus: ScannerStatus | undefined;
  let onEnded = (): void => undefined;
  let cancelTimer = (): void => undefined;

  function launch(): void {
    const launched = spawn();
    running = launched;
    log.info('device-process-started', { pid: launched.pid });
    cancelTimer = clock.after(PROVEN_MS, () => backoff.reset());
    launched.onMessage(receive);
    launched.onExit(onExit);
    const { path, baudRate } = settings;
    launched.send({ kind: 'configure', path, baudRate, collectorNumberRule } satisfies ToDevices);
  }

  function onExit(code?: number): void {
    running = undefined;
    cancelTimer();
    if (stopping !== undefined) return onEnded();
    log.warn('device-process-ended', { status: code });
    report({ state: 'lost' });
    cancelTimer = clock.after(backoff.nextMs(), launch);
  }

  function receive(raw: unknown): void {
    if (stopping !== undefined) return;
    const message = FromDevices.safeParse(raw);
    if (!message.success) return log.error('device-message-invalid');
    if (message.data.kind === 'scan') return announce(message.data.scan);
    return report(message.data.status);
  }

  /** A device that stays away is tried again and again; a person is told once. */
  function report(status: ScannerStatus): void {
    if (isDeepStrictEqual(status, lastStatus)) return;
    lastStatus = status;
    log.info('scanner-status', { status: status.state, path: status.path, reason: status.cause });
    onStatus(status);
  }

  function announce(scan: Scan): void {
    if (isRepeat(scan)) return;
    log.info('scan', { kind: scan.kind, code: scan.kind === 'refused' ? scan.code : undefined });
    onScan(scan);
  }

  function stop(): Promise<void> {
    cancelTimer();
    const last = running;
    if (last === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const cancelKill = clock.after(STOP_TIMEOUT_MS, () => last.kill());
      onEnded = () => {
        cancelKill();
        resolve();
      };
      last.send({ kind: 'stop' } satisfies ToDevices);
    });
  }

  return {
    start() {
      if (settings.path === 'none') report({ state: 'none' });
      else launch();
    },
    stop: () => (stopping ??= stop()),
  };
}
