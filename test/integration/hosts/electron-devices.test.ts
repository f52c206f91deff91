import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Rig, startRig } from '../../rig/rig.ts';
import {
  collectorScan,
  makeFolder,
  newNumber,
  type RunningDevices,
  startDevices,
} from '../devices/running-devices.ts';
import { createFakeUtilityProcess } from './fake-utility-process.ts';

let folder: string;
let rig: Rig;
let running: RunningDevices;
let forks: ReturnType<typeof createFakeUtilityProcess>['forks'];

beforeEach(async () => {
  folder = await makeFolder();
  rig = await startRig(folder);
  const electron = createFakeUtilityProcess();
  forks = electron.forks;
  vi.resetModules();
  vi.doMock('electron', () => electron);
  const { startDeviceProcess } = await import('../../../main/hosts/electron/device-process.ts');
  running = startDevices(rig.path, startDeviceProcess);
  await running.becomes('ready', 0);
});
afterEach(async () => {
  await running.devices.stop();
  await rig.stop();
  await rm(folder, { recursive: true });
});

async function scanLands(): Promise<void> {
  const number = newNumber();
  const from = running.scans.items.length;
  await rig.write(`${number}\r`);
  expect(await running.scans.until(() => true, from)).toEqual(collectorScan(number));
}

describe('under Electron, the devices live in a utility process', () => {
  test('that is the bundle beside main, with threads enough for every port, and under a name of its own', () => {
    expect(forks.map(({ modulePath }) => basename(modulePath))).toEqual(['device-process.js']);
    expect(forks[0]?.options?.env).toMatchObject({ UV_THREADPOOL_SIZE: '16' });
    expect(forks[0]?.options?.serviceName).toBe('Milepost devices');
  });

  test('whose scans reach main', async () => {
    await scanLands();
  });

  test('that is started again when it ends, and the next scan lands', async () => {
    const seen = running.statuses.items.length;
    forks[0]?.crash();
    await running.becomes('lost', seen);
    await running.becomes('ready', seen);
    expect(forks).toHaveLength(2);
    await scanLands();
    expect(running.log.join('\n')).toContain('device-process-ended');
  });

  test('that closes its ports and ends by itself when it is stopped', async () => {
    const ended = new Promise((resolve) => running.processes[0]?.onExit(resolve));
    await running.devices.stop();
    expect(await ended).toBe(0);
    // Only a closed port can be locked.
    await rig.script([{ do: 'lock' }]);
    expect(forks).toHaveLength(1);
  });
});
