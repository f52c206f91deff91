import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { deviceProcessEnvironment, type SpawnDeviceProcess } from '../../devices/spawn.ts';

/**
 * Starts the device process as one of Electron's utility processes: in a release the fuse `runAsNode` is off, and a
 * fork of the program would be a second window instead.
 */
export const startDeviceProcess: SpawnDeviceProcess = () => {
  const child = utilityProcess.fork(join(import.meta.dirname, 'device-process.js'), [], {
    env: { ...process.env, ...deviceProcessEnvironment },
    serviceName: 'Milepost devices',
    stdio: 'inherit',
  });
  return {
    // Known only once it runs; nothing hangs on it.
    pid: child.pid,
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill(),
  };
};
