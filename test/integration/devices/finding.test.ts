import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchArrival } from '../../../main/devices/arrival.ts';
import { systemClock } from '../../../main/clock.ts';
import type { ListedPort } from '../../../main/devices/discovery.ts';
import { createIdentify } from '../../../main/devices/identity.ts';
import type { DeviceState as ScannerStatus, UsbIdentity } from '../../../shared/contract/devices.ts';
import { bareCardRules } from '../../../shared/domain/scan/rules.ts';
import type { Scan } from '../../../shared/domain/scan/scan.ts';
import { createScanning, type Scanning } from '../../../main/devices/scanning.ts';
import { createSerialStream } from '../../../main/devices/stream.ts';
import { type Rig, startRig } from '../../rig/rig.ts';
import { collectorScan, createRecording, makeFolder, newNumber, rule } from './running-devices.ts';

let folder: string;
let rigs: Rig[];
let ports: ListedPort[] | undefined;
let announce: () => void;
let scanning: Scanning | undefined;

beforeEach(async () => {
  folder = await makeFolder();
  rigs = [await startRig(folder, 'ttyACM0'), await startRig(folder, 'ttyACM1')];
  ports = undefined;
  announce = () => undefined;
});
afterEach(async () => {
  await scanning?.stop();
  for (const rig of rigs) await rig.stop();
  await rm(folder, { recursive: true });
});

/** Two rigs that a system would list as the test says, and a scanner looked for among them. */
function start({
  identity,
  isTaken = () => false,
}: { identity?: UsbIdentity; isTaken?: () => boolean } = {}) {
  const [first, second] = rigs;
  if (first === undefined || second === undefined) throw new Error('There are two rigs');
  const scans = createRecording<Scan>();
  const statuses = createRecording<ScannerStatus>();
  const line = { baudRate: 9600, framing: '8N1' } as const;
  const bound = identity === undefined ? {} : { identity };
  scanning = createScanning(
    { id: 'scanner-1', kind: 'scanner', path: 'auto', ...bound, line, idleMs: 120 },
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
      isTaken,
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
  const isReadyOn = ({ path }: Rig): Promise<ScannerStatus> =>
    statuses.until((status) => status.state === 'ready' && status.path === path);
  const scansOn = async (rig: Rig): Promise<void> => {
    const number = newNumber();
    const from = scans.items.length;
    await rig.write(`${number}\r`);
    expect(await scans.until(() => true, from)).toEqual(collectorScan(number));
  };
  return { first, second, statuses, isReadyOn, scansOn };
}

describe('a scanner found by itself', () => {
  test('is found again under another name when it comes back there', async () => {
    const { first, second, statuses, isReadyOn, scansOn } = start();
    expect(statuses.items).toEqual([{ state: 'searching' }]);
    ports = [{ path: first.path, vendorId: '0c2e' }];
    announce();
    await isReadyOn(first);
    ports = [{ path: second.path, vendorId: '0c2e' }];
    await first.hang();
    await isReadyOn(second);
    await scansOn(second);
  });
});

describe('a device bound to what it is', () => {
  const identity = { vendorId: '0c2e', productId: '0901', serialNumber: 'A17' };
  const device = (rig: Rig | undefined, other: Partial<ListedPort> = {}): ListedPort => ({
    path: rig?.path ?? '',
    vendorId: '0c2e',
    productId: '0901',
    serialNumber: 'A17',
    ...other,
  });

  test('is opened on whichever port has it, when the ports are numbered anew', async () => {
    ports = [device(rigs[0]), device(rigs[1], { serialNumber: 'B99' })];
    const { first, second, isReadyOn, scansOn } = start({ identity });
    await isReadyOn(first);
    // Both were unplugged, and came back the other way round.
    ports = [device(first, { serialNumber: 'B99' }), device(second)];
    await first.hang();
    await first.reopen();
    await isReadyOn(second);
    await scansOn(second);
  });

  test('is told from another of its kind by its socket where neither has a serial number', async () => {
    const place = { vendorId: '0c2e', productId: '0901', place: 'pci-0000:00:14.0-usb-0:2:1.0' };
    ports = [
      device(rigs[0], { serialNumber: undefined, place: 'pci-0000:00:14.0-usb-0:1:1.0' }),
      device(rigs[1], { serialNumber: undefined, place: place.place }),
    ];
    const { second, isReadyOn, scansOn } = start({ identity: place });
    await isReadyOn(second);
    await scansOn(second);
  });

  test('is searched for, and no other opened in its place, while it is not there', async () => {
    ports = [device(rigs[1], { serialNumber: 'B99' })];
    const { first, second, statuses, isReadyOn, scansOn } = start({ identity });
    // Nobody has opened the other: it can still be locked.
    await second.script([{ do: 'lock' }]);
    expect(statuses.items).toEqual([{ state: 'searching' }]);
    ports = [...ports, device(first)];
    announce();
    await isReadyOn(first);
    await scansOn(first);
    expect(statuses.items.every(({ path }) => path !== second.path)).toBe(true);
  });

  test('leaves a port alone that is another device’s', async () => {
    let isTaken = true;
    ports = [device(rigs[0])];
    const { first, statuses, isReadyOn } = start({ identity, isTaken: () => isTaken });
    await first.script([{ do: 'lock' }]);
    expect(statuses.items).toEqual([{ state: 'searching' }]);
    isTaken = false;
    await first.script([{ do: 'unlock' }]);
    announce();
    await isReadyOn(first);
  });
});
