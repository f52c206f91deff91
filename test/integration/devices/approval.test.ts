import { createDeviceHandlers } from '../../../main/devices/handlers.ts';
import { createDevices } from '../../../main/devices/devices.ts';
import { createDeviceStore } from '../../../main/devices/device-store.ts';
import { DeviceSettings } from '../../../main/settings/devices.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ANA_PIN, openOperators } from '../operators/support.ts';
import { createKeptLog } from '../hosts/scripted-terminal.ts';
import { rule } from './running-devices.ts';

const folders: string[] = [];
const endings: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The Device page's calls over real operators, a real journal and a real store; nothing is plugged in. */
async function openPage(mode: 'off' | 'managers') {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-approval-'));
  folders.push(folder);
  const opened = await openOperators(folder, { mode });
  const { log } = createKeptLog();
  const store = createDeviceStore(join(folder, 'devices.json'), log);
  const devices = createDevices({
    settings: DeviceSettings.parse({ scanner: { path: join(folder, 'nothing') } }),
    collectorNumberRule: rule,
    store,
    log,
    onScan: () => undefined,
    onStatus: () => undefined,
    onChange: () => undefined,
  });
  endings.push(async () => {
    opened.operators.stop();
    await devices.stop();
    await opened.journal.close();
  });
  const handlers = createDeviceHandlers(devices, {
    writeSheets: () => Promise.resolve({ kind: 'not-written', reason: 'other' }),
    makeId: () => 'one',
    storeNumber: '1100',
    authority: opened.operators.authority,
    journal: opened.journal,
    clock: opened.clock,
  });
  return { ...opened, store, handlers };
}

const line = { baudRate: 19_200, framing: '7E1' } as const;

describe('what stays on the Device page', () => {
  test('is refused in main while nobody with the right stands behind it, and changes nothing', async () => {
    const { handlers, store, lineOf, setUpAna } = await openPage('managers');
    await setUpAna();
    const before = store.current();
    const refused = { kind: 'approval-needed' };
    expect(await handlers['devices.keepLine']({ deviceId: 'scanner-1', line })).toEqual(refused);
    expect(await handlers['devices.bind']({ deviceId: 'scanner-1', path: null })).toEqual(refused);
    expect(await handlers['devices.keepTaught']({})).toEqual(refused);
    expect(await handlers['devices.forgetTaught']({ approval: 'made up' })).toEqual(refused);
    expect(store.current()).toEqual(before);
    for (const what of ['device-line-kept', 'device-unbound', 'card-rule-taught', 'card-rules-forgotten']) {
      expect(await lineOf(what)).toEqual([]);
    }
  });

  test('is done once for an approval, and stands in the audit chain with who, what and why', async () => {
    const { handlers, store, lineOf, setUpAna, approve } = await openPage('managers');
    await setUpAna();
    const approval = await approve('Ana', ANA_PIN);
    const call = { deviceId: 'scanner-1', line, ...(approval === undefined ? {} : { approval }) };
    expect(await handlers['devices.keepLine'](call)).toEqual({ kind: 'done' });
    expect(store.current().lines).toEqual({ 'scanner-1': line });
    expect(await lineOf('device-line-kept')).toEqual([
      {
        actor: 'Ana',
        detail: {
          deviceId: 'scanner-1',
          from: { baudRate: 9600, framing: '8N1' },
          to: line,
          why: expect.any(String) as string,
        },
      },
    ]);
    // The approval was good for one.
    expect(await handlers['devices.keepLine'](call)).toEqual({ kind: 'approval-needed' });
  });

  test('needs nobody in a store that works without operators, and is noted all the same', async () => {
    const { handlers, lineOf } = await openPage('off');
    expect(await handlers['devices.forgetTaught']({})).toEqual({ kind: 'done' });
    expect(await lineOf('card-rules-forgotten')).toMatchObject([{ actor: null }]);
  });

  test('says so where it could not be done, and notes nothing', async () => {
    const { handlers, lineOf } = await openPage('off');
    const bind = { deviceId: 'scanner-1', path: '/dev/ttyNONE0' };
    expect(await handlers['devices.bind'](bind)).toEqual({ kind: 'not-done' });
    expect(await handlers['devices.keepTaught']({})).toEqual({ kind: 'not-done' });
    expect(await lineOf('device-bound')).toEqual([]);
  });
});
