import { expect, test, vi } from 'vitest';
import { collectorScan, newNumber, withScanner } from './running-devices.ts';

test('a port is free while the machine sleeps, is opened again when it wakes, and half a number is not joined to one after', async () => {
  await withScanner(async (rig, { devices, scans, statuses, becomes }) => {
    const number = newNumber();
    await rig.write(number.slice(0, 5));
    const seen = statuses.items.length;
    devices.suspend();
    // serialport holds a lock on an open port: only a closed one can be locked by another.
    await vi.waitFor(() => rig.script([{ do: 'lock' }]), { timeout: 10_000 });
    await rig.script([{ do: 'unlock' }]);
    expect(statuses.items).toHaveLength(seen);
    devices.resume();
    await becomes('ready', seen);
    expect(statuses.items.slice(seen).map(({ state }) => state)).toEqual(['connecting', 'ready']);
    await rig.write(`${number}\r`);
    expect(await scans.until(({ kind }) => kind === 'collector')).toEqual(collectorScan(number));
  });
});

test('a scanner unplugged during a sleep is lost when the machine wakes, and read once it is back', async () => {
  await withScanner(async (rig, { devices, scans, statuses, becomes }) => {
    const seen = statuses.items.length;
    devices.suspend();
    await vi.waitFor(() => rig.script([{ do: 'lock' }]), { timeout: 10_000 });
    await rig.hang();
    devices.resume();
    await becomes('lost', seen);
    await rig.reopen();
    await becomes('ready', seen);
    const number = newNumber();
    await rig.write(`${number}\r`);
    expect(await scans.until(() => true)).toEqual(collectorScan(number));
  });
});
