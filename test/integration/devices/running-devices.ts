import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { chmod, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDevices, type Devices } from '../../../main/devices/devices.ts';
import type { DeviceState as ScannerStatus } from '../../../shared/contract/devices.ts';
import { createDeviceStore } from '../../../main/devices/device-store.ts';
import { DeviceSettings } from '../../../main/settings/devices.ts';
import type { Scan } from '../../../shared/domain/scan/scan.ts';
import { asDeviceProcess, type DeviceProcess, forkDeviceProcess } from '../../../main/devices/spawn.ts';
import type { z } from 'zod';
import { createLog } from '../../../main/diagnostics/log.ts';
import { type CollectorNumber, makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { type Rig, startRig } from '../../rig/rig.ts';

export const rule = { length: 11, startsWith: '8', check: 'modulus-11' } as const;

export function newNumber(): CollectorNumber {
  return makeCollectorNumber(Math.random);
}

export function collectorScan(number: CollectorNumber): Scan {
  return { kind: 'collector', collectorNumber: number, entryMode: 'scanned' };
}

/** What happened, in order, and a way to wait for a fact. */
export interface Recording<Item> {
  readonly items: Item[];
  add(item: Item): void;
  /** Resolves with the first item at or after `from` that fits, past or to come. */
  until(isWanted: (item: Item) => boolean, from?: number): Promise<Item>;
}

export function createRecording<Item>(): Recording<Item> {
  const items: Item[] = [];
  const waiting = new Set<() => void>();
  return {
    items,
    add(item) {
      items.push(item);
      for (const look of waiting) look();
    },
    until: (isWanted, from = 0) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = items.slice(from).find(isWanted);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A real device process with a record of all it says; `messages` and `log` are what could leak. */
export interface RunningDevices {
  readonly devices: Devices;
  readonly scans: Recording<Scan>;
  readonly statuses: Recording<ScannerStatus>;
  /** One for each change of what the Device page shows. */
  readonly changes: Recording<number>;
  readonly messages: unknown[];
  readonly log: string[];
  readonly processes: DeviceProcess[];
  /** Resolves when the scanner has this state, counting from the last status known when called. */
  readonly becomes: (state: ScannerStatus['state'], from?: number) => Promise<ScannerStatus>;
}

export function startDevices(
  settings: string | z.input<typeof DeviceSettings>,
  spawn = forkDeviceProcess,
  storeFile = '/nonexistent/devices.json',
): RunningDevices {
  const scans = createRecording<Scan>();
  const statuses = createRecording<ScannerStatus>();
  const messages: unknown[] = [];
  const log: string[] = [];
  const deviceLog = createLog({ write: (line) => void log.push(line) });
  const changes = createRecording<number>();
  const processes: DeviceProcess[] = [];
  const devices = createDevices({
    settings: DeviceSettings.parse(typeof settings === 'string' ? { scanner: { path: settings } } : settings),
    collectorNumberRule: rule,
    store: createDeviceStore(storeFile, deviceLog),
    log: deviceLog,
    onChange: () => changes.add(changes.items.length),
    onScan: (scan) => scans.add(scan),
    onStatus: (status) => statuses.add(status),
    spawn() {
      const launched = spawn();
      launched.onMessage((message) => messages.push(message));
      processes.push(launched);
      return launched;
    },
  });
  devices.start();
  const becomes = (state: ScannerStatus['state'], from = Math.max(0, statuses.items.length - 1)) =>
    statuses.until((status) => status.state === state, from);
  return { devices, scans, statuses, changes, messages, log, processes, becomes };
}

/** A folder that any user may look into. */
export async function makeFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-devices-'));
  await chmod(folder, 0o755);
  return folder;
}

/** Runs `use` with a rig and devices that are ready on it, and ends both whatever happens. */
export async function withScanner(
  use: (rig: Rig, running: RunningDevices) => Promise<void>,
  spawn = forkDeviceProcess,
): Promise<void> {
  const folder = await makeFolder();
  const rig = await startRig(folder);
  const running = startDevices(rig.path, spawn);
  try {
    await running.becomes('ready');
    await use(rig, running);
  } finally {
    await running.devices.stop();
    await rig.stop();
    await rm(folder, { recursive: true });
  }
}

/** Processor seconds a process has used. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  if (process.platform !== 'linux') {
    const [minutes, seconds] = execFileSync('ps', ['-o', 'cputime=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(':');
    return Number(minutes) * 60 + Number(seconds);
  }
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory of a process in bytes. */
export async function residentBytesOf(pid: number): Promise<number> {
  const kilobytes =
    process.platform === 'linux'
      ? /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kilobytes) * 1024;
}

/** Starts `device-process-without-rights.ts`. */
export function forkWithoutRights(): DeviceProcess {
  const file = fileURLToPath(new URL('./device-process-without-rights.ts', import.meta.url));
  return asDeviceProcess(fork(file, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
}
