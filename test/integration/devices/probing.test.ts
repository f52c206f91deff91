import { expect, test } from 'vitest';
import { TEST_CODE } from '../../../main/devices/probe.ts';
import { collectorScan, newNumber, withScanner } from './running-devices.ts';

const baud = 19_200;

test('a scanner at another speed is found by the probe, and read at that speed once it is kept', async () => {
  await withScanner(async (rig, { devices, scans, statuses, becomes, messages, log }) => {
    expect(devices.view().devices[0]).toMatchObject({ line: { baudRate: 9600, framing: '8N1' } });
    await rig.script([{ do: 'speed', baud, data: `${newNumber()}\r` }]);
    expect(await scans.until(() => true)).toEqual({ kind: 'refused', code: 'bad-bytes' });

    expect(devices.probe('scanner-1')).toBe(true);
    // A person scans the code again and again, slower than the settings change; what comes while a port opens is dropped.
    const scanOnce = [
      { do: 'speed', baud, data: `${TEST_CODE}\r` } as const,
      { do: 'wait', ms: 700 } as const,
    ];
    while (devices.view().probe?.step !== 'found') await rig.script(scanOnce);
    const line = { baudRate: baud, framing: '8N1' } as const;
    expect(devices.view().probe).toEqual({ step: 'found', deviceId: 'scanner-1', line });
    expect(scans.items).toHaveLength(1);

    const seen = statuses.items.length;
    devices.keepLine('scanner-1', line);
    await becomes('ready', seen);
    expect(devices.view().devices[0]).toMatchObject({ line });
    const number = newNumber();
    await rig.script([{ do: 'speed', baud, data: `${number}\r` }]);
    expect(await scans.until(({ kind }) => kind === 'collector')).toEqual(collectorScan(number));
    expect(statuses.items.slice(seen).filter(({ state }) => state === 'ready')).toHaveLength(1);
    expect([JSON.stringify(messages), ...log].join()).not.toContain('MILEPOST-TEST');
  });
});
