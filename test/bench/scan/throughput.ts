import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDeviceStore } from '../../../main/devices/device-store.ts';
import { createDevices } from '../../../main/devices/devices.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { DeviceSettings } from '../../../main/settings/devices.ts';
import { makeFolder, newNumber, rule } from '../../integration/devices/running-devices.ts';
import { startRig } from '../../rig/rig.ts';
import type { BenchOptions } from '../benches.ts';
import { inRounds, median, medianRatio } from '../statistics.ts';
import { openBareLine } from './bare-line.ts';

const FRAMES = 100_000;
/** A turn takes a tenth of a second, and a busy machine disturbs many of them: the median is of many. */
const TURNS_A_ROUND = 8;
/** The first turns warm both sides up. */
const WARM_TURNS = 4;

/**
 * Frames a second, back to back, by turns on two pseudo-terminals that are written the same bytes: those that come out of
 * the whole layer as scans in main (read, cut, classified and wiped in the device process, told to main, checked, logged
 * and counted there), over those that serialport's own delimiter parser cuts from the `data` events of a bare port.
 */
export async function measureThroughput({ rounds, note }: BenchOptions) {
  const folder = await makeFolder();
  const [rig, bareRig] = [await startRig(folder), await startRig(folder, 'bare')];
  let scans = 0;
  let waiting: { readonly count: number; readonly resolve: () => void } | undefined;
  const ready = Promise.withResolvers<void>();
  const log = createLog({ write: () => undefined });
  const devices = createDevices({
    settings: DeviceSettings.parse({ scanner: { path: rig.path } }),
    collectorNumberRule: rule,
    store: createDeviceStore(join(folder, 'devices.json'), log),
    log,
    onScan() {
      scans += 1;
      if (waiting !== undefined && scans >= waiting.count) waiting.resolve();
    },
    onStatus: ({ state }) => state === 'ready' && ready.resolve(),
    onChange: () => undefined,
  });
  devices.start();
  await ready.promise;
  const bare = await openBareLine(bareRig.path, 'frames');
  const text = Array.from({ length: FRAMES }, () => `]C0${newNumber()}\r`).join('');
  const perSecond = (startedMs: number): number => (FRAMES * 1000) / (performance.now() - startedMs);
  const rates = await inRounds(rounds * TURNS_A_ROUND + WARM_TURNS, {
    async ours() {
      const done = new Promise<void>((resolve) => {
        waiting = { count: scans + FRAMES, resolve };
      });
      const startedMs = performance.now();
      await Promise.all([rig.write(text), done]);
      return perSecond(startedMs);
    },
    async bare() {
      const done = bare.next(FRAMES);
      const startedMs = performance.now();
      await Promise.all([bareRig.write(text), done]);
      return perSecond(startedMs);
    },
  });
  await bare.close();
  await devices.stop();
  await Promise.all([rig.stop(), bareRig.stop()]);
  await rm(folder, { recursive: true });
  const [ours, alone] = [rates.ours.slice(WARM_TURNS), rates.bare.slice(WARM_TURNS)];
  note(
    `frames a second: ${median(ours).toFixed(0)} through the device layer, ${median(alone).toFixed(0)} bare`,
  );
  return { framesPerSecond: median(ours), framesOverBare: medianRatio(ours, alone) };
}
