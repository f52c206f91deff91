import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { startRig } from '../../rig/rig.ts';
import {
  collectorScan,
  cpuSecondsOf,
  forkWithoutRights,
  makeFolder,
  newNumber,
  startDevices,
  withScanner,
} from './running-devices.ts';

const HANG_UPS = 25;

describe('a scanner that goes away', () => {
  test('is lost, comes back and reads on, and half a number from before is not joined to one after', async () => {
    await withScanner(async (rig, { scans, becomes, statuses }) => {
      const number = newNumber();
      await rig.script([{ do: 'write', data: number.slice(0, 5) }, { do: 'wait', ms: 20 }, { do: 'hang' }]);
      await becomes('lost');
      const before = statuses.items.length;
      await rig.reopen();
      await becomes('ready', before);
      await rig.write(`${number.slice(5)}\r${number}\r`);
      await scans.until((scan) => scan.kind === 'collector');
      expect(scans.items).toEqual([{ kind: 'refused', code: 'not-a-collector' }, collectorScan(number)]);
    });
  });

  test(`does not keep the processor busy when it hangs up right after sending, ${HANG_UPS} times`, async () => {
    await withScanner(async (rig, { scans, becomes, statuses, processes }) => {
      const pid = processes[0]?.pid ?? 0;
      let hungSeconds = 0;
      for (let turn = 0; turn < HANG_UPS; turn += 1) {
        const before = statuses.items.length;
        const cpuBefore = await cpuSecondsOf(pid);
        await rig.script([{ do: 'write', data: `${newNumber()}\r` }, { do: 'hang' }]);
        await becomes('lost', before);
        hungSeconds += (await cpuSecondsOf(pid)) - cpuBefore;
        await rig.reopen();
        await becomes('ready', before);
      }
      // The endless read loop would burn a core until the watchdog looks, two seconds in four hang-ups of ten.
      expect(hungSeconds / HANG_UPS).toBeLessThan(0.1);
      expect(processes).toHaveLength(1);
      const number = newNumber();
      const from = scans.items.length;
      await rig.write(`${number}\r`);
      expect(await scans.until(() => true, from)).toEqual(collectorScan(number));
    });
  }, 60_000);
});

describe('the device process', () => {
  test('is started again when it dies, and the next scan lands', async () => {
    await withScanner(async (rig, { scans, becomes, statuses, processes }) => {
      const before = statuses.items.length;
      processes[0]?.kill();
      await becomes('lost', before);
      await becomes('ready', before);
      const number = newNumber();
      await rig.write(`${number}\r`);
      expect(await scans.until(() => true)).toEqual(collectorScan(number));
      expect(processes).toHaveLength(2);
    });
  });

  test('ends when it is stopped', async () => {
    await withScanner(async (_rig, { devices, processes }) => {
      const exited = new Promise((resolve) => processes[0]?.onExit(resolve));
      await devices.stop();
      expect(await exited).toBe(0);
    });
  });
});

describe('a port that may not be opened', () => {
  test('is blocked as in use while another program holds it, and opens afterwards', async () => {
    const folder = await makeFolder();
    const rig = await startRig(folder);
    await rig.script([{ do: 'lock' }]);
    const running = startDevices(rig.path);
    expect(await running.becomes('blocked', 0)).toEqual({
      state: 'blocked',
      cause: 'in-use',
      path: rig.path,
    });
    await rig.script([{ do: 'unlock' }]);
    await running.becomes('ready', 0);
    expect(running.statuses.items.map(({ state }) => state)).toEqual(['connecting', 'blocked', 'ready']);
    await running.devices.stop();
    await rig.stop();
    await rm(folder, { recursive: true });
  }, 30_000);

  test('is blocked for want of permission, and opens once permission is given', async () => {
    const folder = await makeFolder();
    const rig = await startRig(folder);
    await rig.script([{ do: 'mode', octal: '000' }]);
    const running = startDevices(rig.path, forkWithoutRights);
    expect(await running.becomes('blocked', 0)).toEqual({
      state: 'blocked',
      cause: 'permission',
      path: rig.path,
    });
    await rig.script([{ do: 'mode', octal: '666' }]);
    await running.becomes('ready', 0);
    await running.devices.stop();
    await rig.stop();
    await rm(folder, { recursive: true });
  }, 30_000);
});
