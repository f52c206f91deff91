import { type ChildProcess, fork } from 'node:child_process';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A running device process, as little of it as main needs; Electron's utility process fits as well as a fork. */
export interface DeviceProcess {
  readonly pid?: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when it never came to run. `code` is absent when a signal ended it. */
  onExit(listener: (code?: number) => void): void;
  /** Ends it at once. */
  kill(): void;
}

export type SpawnDeviceProcess = () => DeviceProcess;

/**
 * Where the device process' entry stands: `device-process.ts` beside this file when run from source, and
 * `device-process.js` beside the bundle.
 */
function deviceProcessFile(): string {
  const here = fileURLToPath(import.meta.url);
  return join(dirname(here), `device-process${extname(here)}`);
}

/**
 * Serial writes, and serialport's own work on Windows, share libuv's pool; with its four threads, busy ones delayed a scan
 * by seconds.
 */
export const deviceProcessEnvironment = { UV_THREADPOOL_SIZE: '16' };

/** Starts the device process as a child process of its own. */
export const forkDeviceProcess: SpawnDeviceProcess = () => {
  return asDeviceProcess(
    fork(deviceProcessFile(), [], {
      execArgv: [],
      env: { ...process.env, ...deviceProcessEnvironment },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
};

/** A child process that was forked with an IPC channel. */
export function asDeviceProcess(child: ChildProcess): DeviceProcess {
  return {
    pid: child.pid,
    // A message to a process that just ended is lost; `onExit` tells.
    send: (message) => void child.send(Object(message), () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      let isTold = false;
      const tell = (code?: number): void => {
        if (isTold) return;
        isTold = true;
        listener(code);
      };
      child.once('exit', (code) => tell(code ?? undefined));
      child.once('error', () => tell());
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
