import type { Clock } from '../clock.ts';
import { type ListedPort, type ListPorts, stablePathOf } from './discovery.ts';

/** udev names a new device and fills its database step by step; listing at once would find half of it. */
const SETTLE_MS = 500;
const POLL_MS = 5_000;

export interface FinderDependencies {
  readonly list: ListPorts;
  /** Which of the ports to take, if any. */
  readonly choose: (ports: readonly ListedPort[]) => ListedPort | undefined;
  readonly exists: (path: string) => boolean;
  /** Announces that a serial device may have appeared; returns the way to stop. */
  readonly watchDevices: (listener: () => void) => () => void;
  readonly clock: Clock;
  readonly onFound: (path: string) => void;
}

/** Looks for a device until one is found or it is stopped. */
export interface Finder {
  start(): void;
  /** Looks now, where it is looking at all. */
  lookNow(): void;
  stop(): void;
}

/**
 * Looks at once, when something is plugged in, and every 5 s. A list that can not be had is an empty one: the search
 * goes on, and the status says so.
 */
export function createFinder(dependencies: FinderDependencies): Finder {
  const { list, choose, exists, watchDevices, clock, onFound } = dependencies;
  let isSearching = false;
  let search = 0;
  let cancelTimer = (): void => undefined;
  let unwatch = (): void => undefined;

  function lookIn(delayMs: number): void {
    cancelTimer();
    cancelTimer = clock.after(delayMs, look);
  }

  function look(): void {
    search += 1;
    const mine = search;
    lookIn(POLL_MS);
    const settle = (path: string | undefined): void => {
      if (!isSearching || mine !== search || path === undefined) return;
      stop();
      onFound(path);
    };
    void list().then(
      (ports) => {
        const port = choose(ports);
        settle(port === undefined ? undefined : stablePathOf(port, exists));
      },
      () => settle(undefined),
    );
  }

  function stop(): void {
    isSearching = false;
    cancelTimer();
    unwatch();
  }

  return {
    start() {
      stop();
      isSearching = true;
      unwatch = watchDevices(() => lookIn(SETTLE_MS));
      look();
    },
    lookNow() {
      if (isSearching) look();
    },
    stop,
  };
}
