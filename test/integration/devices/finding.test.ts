import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { watchArrival } from '../../../main/devices/arrival.ts';
import { systemClock } from '../../../main/clock.ts';
import type { ListedPort } from '../../../main/devices/discovery.ts';
import { createIdentify } from '../../../main/devices/identity.ts';
import type { DeviceState as ScannerStatus } from '../../../shared/contract/devices.ts';
import { bareCardRules } from '../../../shared/domain/scan/rules.ts';
import type { Scan } from '../../../shared/domain/scan/scan.ts';
import { createScanning } from '../../../main/devices/scanning.ts';
import { createSerialStream } from '../../../main/devices/stream.ts';
import { startRig } from '../../rig/rig.ts';
import { collectorScan, createRecording, makeFolder, newNumber, rule } from './running-devices.ts';

describe('a scanner found by itself', () => {
  test('is found again under another name when it comes back there', async () => {
    const folder = await makeFolder();
    const first = await startRig(folder, 'ttyACM0');
    const second = await startRig(folder, 'ttyACM1');
    const scans = createRecording<Scan>();
    const statuses = createRecording<ScannerStatus>();
    let ports: ListedPort[] | undefined;
    let announce = (): void => undefined;
    const scanning = createScanning(
      {
        id: 'scanner-1',
        kind: 'scanner',
        path: 'auto',
        line: { baudRate: 9600, framing: '8N1' },
        idleMs: 120,
      },
      {
        openStream: createSerialStream,
        identify: createIdentify(() => Promise.resolve([]), process.platform),
        watchArrival,
        list: () =>
          ports === undefined ? Promise.reject(new Error('spawn udevadm ENOENT')) : Promise.resolve(ports),
        exists: existsSync,
        watchDevices(listener) {
          announce = listener;
          return () => undefined;
        },
        clock: systemClock,
        random: Math.random,
        platform: process.platform,
        rules: () => ({ collectorNumberRule: rule, cardRules: bareCardRules(11), coupons: [] }),
        isTaken: () => false,
        intercept: () => false,
        onAnswer: () => undefined,
        onReading: ({ scan }) => {
          if (scan !== undefined) scans.add(scan);
        },
        onStatus: (status) => statuses.add(status),
        onStuck: () => undefined,
      },
    );
    scanning.start();
    expect(statuses.items).toEqual([{ state: 'searching' }]);

    ports = [{ path: first.path, vendorId: '0c2e' }];
    announce();
    await statuses.until(({ state, path }) => state === 'ready' && path === first.path);

    ports = [{ path: second.path, vendorId: '0c2e' }];
    await first.hang();
    await statuses.until(({ state, path }) => state === 'ready' && path === second.path);
    const number = newNumber();
    await second.write(`${number}\r`);
    expect(await scans.until(() => true)).toEqual(collectorScan(number));

    await scanning.stop();
    await first.stop();
    await second.stop();
    await rm(folder, { recursive: true });
  });
});
