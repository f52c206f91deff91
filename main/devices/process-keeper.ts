import type { Log } from '../diagnostics/log.ts';
import type { Clock } from '../clock.ts';
import { createBackoff } from './backoff.ts';
import { FromDevices, type ToDevices } from './messages.ts';
import type { DeviceProcess, SpawnDeviceProcess } from './spawn.ts';

const PROVEN_MS = 10_000;
const STOP_TIMEOUT_MS = 5_000;

export interface ProcessKeeper {
  start(): void;
  /** False where no process runs now. */
  send(message: ToDevices): boolean;
  /** Ends the process; resolves when it has ended. */
  stop(): Promise<void>;
}

/** Keeps the device process running: it is started again, with growing pauses, whenever it dies. */
export function createProcessKeeper(options: {
  readonly spawn: SpawnDeviceProcess;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** A process was started and waits to be configured. */
  readonly onStart: () => void;
  readonly onMessage: (message: FromDevices) => void;
  /** It died; another follows. */
  readonly onEnd: () => void;
}): ProcessKeeper {
  const { spawn, clock, log } = options;
  const backoff = createBackoff(options.random);
  let running: DeviceProcess | undefined;
  let stopping: Promise<void> | undefined;
  let onEnded = (): void => undefined;
  let cancelTimer = (): void => undefined;

  function launch(): void {
    const launched = spawn();
    running = launched;
    log.info('device-process-started', { pid: launched.pid });
    cancelTimer = clock.after(PROVEN_MS, () => backoff.reset());
    launched.onMessage(receive);
    launched.onExit(onExit);
    options.onStart();
  }

  function onExit(code?: number): void {
    running = undefined;
    cancelTimer();
    if (stopping !== undefined) return onEnded();
    log.warn('device-process-ended', { status: code });
    options.onEnd();
    cancelTimer = clock.after(backoff.nextMs(), launch);
  }

  function receive(raw: unknown): void {
    if (stopping !== undefined) return;
    const message = FromDevices.safeParse(raw);
    if (message.success) options.onMessage(message.data);
    else log.error('device-message-invalid');
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
    start: launch,
    send(message) {
      running?.send(message);
      return running !== undefined;
    },
    stop: () => (stopping ??= stop()),
  };
}
