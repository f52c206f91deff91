import { createFinder, type FinderDependencies } from './finder.ts';
import type { Configuration, ScannerStatus } from './messages.ts';
import { createScanner, type ScannerDependencies } from './scanner.ts';
import type { DeviceSession } from './session.ts';

export type ScanningDependencies = Omit<ScannerDependencies, 'onAbsent'> &
  Omit<FinderDependencies, 'onFound'>;

export interface Scanning {
  start(): void;
  /** Resolves when every port is closed or given up. */
  stop(): Promise<void>;
}

/** Scans from the configured port, or from whichever scanner is found; one that went away is looked for anew. */
export function createScanning(configuration: Configuration, dependencies: ScanningDependencies): Scanning {
  if (configuration.path === 'auto') return createFoundScanning(configuration, dependencies);
  return createScanner(configuration, { ...dependencies, onAbsent: () => undefined });
}

function createFoundScanning(configuration: Configuration, dependencies: ScanningDependencies): Scanning {
  let scanner: DeviceSession | undefined;
  let wasReady = false;
  let isStopped = false;

  function search(): void {
    if (isStopped) return;
    dependencies.onStatus({ state: wasReady ? 'lost' : 'searching' });
    finder.start();
  }

  function onStatus(status: ScannerStatus): void {
    if (status.state === 'ready') wasReady = true;
    dependencies.onStatus(status);
  }

  /** It may come back under another name: close this path and look everywhere. */
  function onAbsent(): void {
    const gone = scanner;
    scanner = undefined;
    if (gone === undefined) return;
    void gone.stop().then(search);
  }

  const finder = createFinder({
    ...dependencies,
    onFound(path) {
      scanner = createScanner({ ...configuration, path }, { ...dependencies, onStatus, onAbsent });
      scanner.start();
    },
  });

  return {
    start: search,
    async stop() {
      isStopped = true;
      finder.stop();
      const last = scanner;
      scanner = undefined;
      await last?.stop();
    },
  };
}
