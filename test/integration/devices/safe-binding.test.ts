import { readSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import { describe, expect, test } from 'vitest';
import { makeSafe } from '../../../main/devices/safe-binding.ts';
import { startRig } from '../../rig/rig.ts';
import { makeFolder } from './running-devices.ts';

const HANG_UPS = 30;

describe('the safe binding', () => {
  test(`ends its read after a hang-up right after data and reads no more than it must, ${HANG_UPS} times`, async () => {
    const folder = await makeFolder();
    const rig = await startRig(folder);
    let reads = 0;
    const counting: typeof readSync = (...values: [number, NodeJS.ArrayBufferView]) => {
      reads += 1;
      return readSync(...values);
    };
    for (let turn = 0; turn < HANG_UPS; turn += 1) {
      const port = await makeSafe(SerialPort.binding, counting).open({ path: rig.path, baudRate: 9600 });
      reads = 0;
      let calls = 0;
      const readUntilEnded = async (): Promise<unknown> => {
        for (;;) {
          calls += 1;
          const outcome = await port.read(Buffer.alloc(64), 0, 64).catch((error: unknown) => ({ error }));
          if ('error' in outcome) return outcome.error;
          expect(outcome.bytesRead).toBeGreaterThan(0);
        }
      };
      const ended = readUntilEnded();
      await rig.script([{ do: 'write', data: 'A1\r' }, { do: 'hang' }]);
      // A hang-up while waiting comes from the poller, one during a read from us; neither is a cancelled read.
      expect(await ended).toBeInstanceOf(Error);
      expect(await ended).not.toMatchObject({ canceled: true });
      // Each call may wait for the line once or twice; the stock loop makes thousands.
      expect(reads).toBeLessThanOrEqual(calls * 4);
      await port.close();
      await rig.reopen();
    }
    await rig.stop();
    await rm(folder, { recursive: true });
  });

  test('ends a waiting read as cancelled when the port is closed', async () => {
    const folder = await makeFolder();
    const rig = await startRig(folder);
    const port = await makeSafe(SerialPort.binding).open({ path: rig.path, baudRate: 9600 });
    const reading = port.read(Buffer.alloc(64), 0, 64).catch((error: unknown) => error);
    await port.close();
    expect(await reading).toMatchObject({ canceled: true });
    await rig.stop();
    await rm(folder, { recursive: true });
  });
});
