import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { startRig } from '../../rig/rig.ts';
import {
  collectorScan,
  makeFolder,
  newNumber,
  residentBytesOf,
  startDevices,
  withScanner,
} from './running-devices.ts';

describe('a serial scanner', () => {
  test('announces a Collector when a card is scanned', async () => {
    await withScanner(async (rig, { scans }) => {
      const number = newNumber();
      await rig.write(`${number}\r\n`);
      expect(await scans.until(() => true)).toEqual(collectorScan(number));
    });
  });

  test('announces a Collector when its bytes come one by one at 9600 baud', async () => {
    await withScanner(async (rig, { scans }) => {
      const number = newNumber();
      await rig.writePaced(`]C0${number}\r`, 9600);
      expect(await scans.until(() => true)).toEqual(collectorScan(number));
    });
  });

  test('refuses half a frame and reads the next one whole', async () => {
    await withScanner(async (rig, { scans }) => {
      const number = newNumber();
      await rig.write(number.slice(0, 6));
      expect(await scans.until(() => true)).toEqual({ kind: 'refused', code: 'incomplete' });
      await rig.write(`${number}\r`);
      expect(await scans.until(() => true, 1)).toEqual(collectorScan(number));
    });
  });

  test('counts the same card once when it is read twice at once, and another card each time', async () => {
    await withScanner(async (rig, { scans }) => {
      const [first, second] = [newNumber(), newNumber()];
      await rig.write(`${first}\r\n${first}\r\n${second}\r\n${first}\r\n`);
      await scans.until(() => true, 2);
      expect(scans.items).toEqual([first, second, first].map(collectorScan));
    });
  });

  test('refuses a megabyte without a line end once, in bounded memory, and reads the next scan', async () => {
    await withScanner(async (rig, { scans, processes }) => {
      const pid = processes[0]?.pid ?? 0;
      const before = await residentBytesOf(pid);
      await rig.write(new Uint8Array(1_000_000).fill(0x38));
      await rig.script([{ do: 'wait', ms: 300 }]);
      const number = newNumber();
      await rig.write(`${number}\r`);
      await scans.until((scan) => scan.kind === 'collector');
      expect(scans.items).toEqual([{ kind: 'refused', code: 'too-long' }, collectorScan(number)]);
      expect((await residentBytesOf(pid)) - before).toBeLessThan(64 * 1024 * 1024);
    });
  });

  test('lets no run of six digits of what it refused reach a message or the log', async () => {
    await withScanner(async (rig, { scans, messages, log }) => {
      const wrong = newNumber().replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
      const frames = [
        '4111111111111111',
        ';5555555555554444=29121010000000000?',
        '%B4111111111111111^PERSON/A^2912101?',
        '036000291452',
        ']E04006381333931',
        wrong,
        `${newNumber()}${newNumber()}`,
        `${newNumber()}\u00ff`,
      ];
      for (const frame of frames) await rig.write(`${frame}\r`);
      const last = newNumber();
      await rig.write(`${last}\r`);
      await scans.until((scan) => scan.kind === 'collector');
      const said = [JSON.stringify(messages), log.join('\n')].join('\n').replaceAll(last, '');
      for (const frame of frames) {
        for (const [, piece] of frame.matchAll(/(?=([0-9]{6}))/g)) expect(said).not.toContain(piece);
      }
      expect(log.join('\n')).not.toContain(last);
      expect(said).toContain('payment-card');
    });
  });
});

describe('without a scanner', () => {
  test('nothing is started when the settings say none, and no keyboard scanner', async () => {
    const running = startDevices({ scanner: { path: 'none' }, wedge: { mode: 'off' } });
    expect(running.statuses.items).toEqual([{ state: 'none' }]);
    expect(running.processes).toEqual([]);
    await running.devices.stop();
  });

  test('the search goes on and says so when none is found', async () => {
    const running = startDevices('auto');
    expect(await running.statuses.until(() => true)).toEqual({ state: 'searching' });
    await running.devices.stop();
  });

  test('a scanner plugged in later is taken when it appears under the configured path', async () => {
    const folder = await makeFolder();
    const rig = await startRig(folder);
    await rig.hang();
    const running = startDevices(rig.path);
    expect(await running.statuses.until(() => true)).toEqual({ state: 'searching', path: rig.path });
    await rig.reopen();
    await running.becomes('ready');
    const number = newNumber();
    await rig.write(`${number}\r`);
    expect(await running.scans.until(() => true)).toEqual(collectorScan(number));
    await running.devices.stop();
    await rig.stop();
    await rm(folder, { recursive: true });
  });
});
