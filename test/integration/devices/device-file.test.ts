import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeviceStore } from '../../../main/devices/device-store.ts';
import { createDevices } from '../../../main/devices/devices.ts';
import type { DeviceProcess } from '../../../main/devices/spawn.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { DeviceSettings } from '../../../main/settings/devices.ts';
import { makeFolder, rule } from './running-devices.ts';

let folder: string;
let file: string;
let lines: string[];
const log = createLog({ write: (line) => void lines.push(line) });

beforeEach(async () => {
  folder = await makeFolder();
  file = join(folder, 'devices.json');
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const taught = {
  source: 'track2',
  symbologies: [],
  prefix: '627200',
  offset: 6,
  length: 11,
  fieldLength: 18,
  check: 'luhn',
} as const;
const nothing = { taughtRules: [], bindings: {}, lines: {} };

describe('the device file', () => {
  test('holds nothing where there is none, and writes none by itself', () => {
    expect(createDeviceStore(file, log).current()).toEqual(nothing);
    expect(existsSync(file)).toBe(false);
    expect(lines).toEqual([]);
  });

  test('is read again as it was told, part by part', () => {
    const store = createDeviceStore(file, log);
    expect(store.change({ taughtRules: [taught] })).toBe(true);
    expect(store.change({ bindings: { 'scanner-1': { vendorId: '0c2e', serialNumber: 'A17' } } })).toBe(true);
    expect(store.change({ lines: { 'scanner-1': { baudRate: 19_200, framing: '7E1' } } })).toBe(true);
    expect(createDeviceStore(file, log).current()).toEqual({
      taughtRules: [taught],
      bindings: { 'scanner-1': { vendorId: '0c2e', serialNumber: 'A17' } },
      lines: { 'scanner-1': { baudRate: 19_200, framing: '7E1' } },
    });
  });

  test.each([
    ['cut short', '{"taughtRules": ['],
    ['no JSON', 'MZ\u0000'],
    ['of another shape', '{"taughtRules": [], "surprise": 1}'],
    [
      'holding a rule for payment cards',
      JSON.stringify({ taughtRules: [{ ...taught, prefix: '411111', fieldLength: 17 }] }),
    ],
  ])('that is %s is put aside, said in the log, and not overwritten by what is told next', (_name, text) => {
    writeFileSync(file, text);
    const store = createDeviceStore(file, log);
    expect(store.current()).toEqual(nothing);
    expect(lines.join()).toContain('devices-not-read');
    store.change({ taughtRules: [taught] });
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe(text);
    expect(createDeviceStore(file, log).current().taughtRules).toEqual([taught]);
  });

  test('is whole when the plug was pulled while its successor was written', () => {
    createDeviceStore(file, log).change({ taughtRules: [taught] });
    writeFileSync(`${file}.new`, '{"taughtRules": [');
    const store = createDeviceStore(file, log);
    expect(store.current().taughtRules).toEqual([taught]);
    expect(store.change({ lines: {} })).toBe(true);
    expect(createDeviceStore(file, log).current().taughtRules).toEqual([taught]);
  });

  test('that can not be written says so, and what was told holds until the end', () => {
    mkdirSync(`${file}.new`);
    const store = createDeviceStore(file, log);
    expect(store.change({ taughtRules: [taught] })).toBe(false);
    expect(store.current().taughtRules).toEqual([taught]);
    expect(lines.join()).toContain('devices-not-stored');
  });
});

/** Devices whose process does nothing but remember what it was told. */
function startDevices() {
  const told: unknown[] = [];
  let say: (message: unknown) => void = () => undefined;
  let end: () => void = () => undefined;
  const devices = createDevices({
    settings: DeviceSettings.parse({ scanner: { path: '/dev/ttyACM0' } }),
    collectorNumberRule: rule,
    store: createDeviceStore(file, log),
    log,
    onScan: () => undefined,
    onStatus: () => undefined,
    onChange: () => undefined,
    spawn: (): DeviceProcess => ({
      send(message) {
        told.push(message);
        if (JSON.stringify(message).includes('"stop"')) queueMicrotask(() => end());
      },
      onMessage: (listener) => void (say = listener),
      onExit: (listener) => void (end = listener),
      kill: () => undefined,
    }),
  });
  devices.start();
  return { devices, told, say: (message: unknown) => say(message) };
}

describe('a scanner bound on the Device page', () => {
  const identity = { vendorId: '0c2e', productId: '0901', serialNumber: 'A17' };
  const ports = {
    kind: 'ports',
    ports: [
      { path: '/dev/ttyACM3', identity },
      { path: '/dev/ttyS0', maker: 'built in' },
    ],
  };

  test('is looked for by what it is at once, and after a restart, until it is freed', async () => {
    const before = startDevices();
    before.say(ports);
    expect(before.devices.bind('scanner-1', '/dev/ttyACM3')).toBe(true);
    expect(before.told.at(-1)).toMatchObject({ kind: 'device', device: { id: 'scanner-1', identity } });
    expect(before.devices.view().devices[0]).toMatchObject({ boundTo: identity });
    await before.devices.stop();

    const after = startDevices();
    expect(after.told).toMatchObject([{ kind: 'configure', devices: [{ id: 'scanner-1', identity }] }]);
    expect(after.devices.bind('scanner-1', null)).toBe(true);
    expect(after.told.at(-1)).toEqual({
      kind: 'device',
      device: expect.not.objectContaining({ identity: expect.anything() }),
    });
    await after.devices.stop();
    expect(createDeviceStore(file, log).current().bindings).toEqual({});
  });

  test('is not bound to a port that is not listed, or that nothing is known of', async () => {
    const { devices, told, say } = startDevices();
    say(ports);
    expect(devices.bind('scanner-1', '/dev/ttyACM9')).toBe(false);
    expect(devices.bind('scanner-1', '/dev/ttyS0')).toBe(false);
    expect(told).toHaveLength(1);
    expect(existsSync(file)).toBe(false);
    await devices.stop();
  });
});
