import type { DeviceState } from '../../shared/contract/devices.ts';
import { createDevice, type DeviceDependencies } from './device.ts';
import { chooseScanner, findIdentity, type ListedPort } from './discovery.ts';
import { createFinder, type FinderDependencies } from './finder.ts';
import type { DeviceConfiguration } from './messages.ts';
import type { DeviceSession } from './session.ts';

export type ScanningDependencies = Omit<DeviceDependencies, 'onAbsent'> &
  Omit<FinderDependencies, 'onFound' | 'choose'> & {
    /** Whether another device has this port, or is meant to. */
    readonly isTaken: (port: ListedPort) => boolean;
  };

export interface Scanning {
  start(): void;
  /** Something may have been plugged in. */
  lookNow(): void;
  /** The port it is on now, or is being opened on. */
  path(): string | undefined;
  send: DeviceSession['send'];
  restart(): void;
  suspend(): void;
  resume(): void;
  /** Resolves when the port is closed or given up. */
  stop(): Promise<void>;
}

/** A device on its configured port, on whichever port its identity is found, or on whichever a scanner is found. */
export function createScanning(
  configuration: DeviceConfiguration,
  dependencies: ScanningDependencies,
): Scanning {
  const { identity, path } = configuration;
  if (identity !== undefined) {
    return createFoundDevice(configuration, dependencies, (ports) => findIdentity(identity, ports));
  }
  if (path === 'auto') return createFoundDevice(configuration, dependencies, chooseScanner);
  const session = createDevice(configuration, { ...dependencies, onAbsent: () => undefined });
  return { ...session, lookNow: () => undefined, path: () => path };
}

/** One that went away is looked for anew: it may come back under another name. */
function createFoundDevice(
  configuration: DeviceConfiguration,
  dependencies: ScanningDependencies,
  choose: (ports: readonly ListedPort[]) => ListedPort | undefined,
): Scanning {
  let device: DeviceSession | undefined;
  let devicePath: string | undefined;
  let wasReady = false;
  let isStopped = false;
  let isAsleep = false;

  function search(): void {
    if (isStopped || isAsleep) return;
    dependencies.onStatus({ state: wasReady ? 'lost' : 'searching' });
    finder.start();
  }

  function onStatus(status: DeviceState): void {
    if (status.state === 'ready') wasReady = true;
    const isMissed = wasReady && status.state === 'searching';
    dependencies.onStatus(isMissed ? { ...status, state: 'lost' } : status);
    // What comes back under the same name may be another device: one that is known by what it is, is looked for by that.
    if (status.state === 'lost' && configuration.identity !== undefined) onAbsent();
  }

  /** Close this path before looking everywhere. */
  function onAbsent(): void {
    const gone = device;
    device = undefined;
    devicePath = undefined;
    if (gone === undefined) return;
    void gone.stop().then(search);
  }

  const finder = createFinder({
    ...dependencies,
    choose: (ports) => choose(ports.filter((port) => !dependencies.isTaken(port))),
    onFound(path) {
      devicePath = path;
      device = createDevice({ ...configuration, path }, { ...dependencies, onStatus, onAbsent });
      device.start();
    },
  });

  return {
    start: search,
    lookNow: () => finder.lookNow(),
    path: () => devicePath,
    send: (bytes) => device?.send(bytes) ?? Promise.resolve('refused'),
    restart: () => device?.restart(),
    suspend() {
      isAsleep = true;
      finder.stop();
      device?.suspend();
    },
    resume() {
      isAsleep = false;
      if (device === undefined) search();
      else device.resume();
    },
    async stop() {
      isStopped = true;
      finder.stop();
      const last = device;
      device = undefined;
      await last?.stop();
    },
  };
}
