import { utilityProcess } from 'electron';
import { deviceProcessEnvironment, deviceProcessFile, type SpawnDeviceProcess } from '../../devices/spawn.ts';

/** Starts the device process as one of Electron's utility processes: the packaged program can not fork itself as Node. */
export const startUtilityDeviceProcess: SpawnDeviceProcess = () => {
  const child = utilityProcess.fork(deviceProcessFile(), [], {
    env: { ...process.env, ...deviceProcessEnvironment },
    serviceName: 'Milepost devices',
    stdio: 'ignore',
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill(),
  };
};
