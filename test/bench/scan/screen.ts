import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { newNumber } from '../../integration/devices/running-devices.ts';
import { startRig } from '../../rig/rig.ts';
import { settingsFor, startSimulator, startTerminal } from '../../e2e/programs.ts';
import type { BenchOptions } from '../benches.ts';
import { median, shuffled } from '../statistics.ts';
import { openBareLine } from './bare-line.ts';

const SCANS_A_ROUND = 60;
const WARM_SCANS = 20;

/** The value that 99 of 100 do not exceed. */
function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

/** Since 1970, finer than a millisecond, on the same clock as the page's. */
const nowMs = (): number => performance.timeOrigin + performance.now();

/**
 * From the write on the device's side to the Collector standing in the field of a real window, and to a bare serialport's
 * `data` event, by turns in one run.
 */
export async function measureScreen({ rounds, note }: BenchOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-bench-scan-'));
  const simulator = await startSimulator(folder, ['--seed', '7']);
  const [rig, bareRig] = [await startRig(folder), await startRig(folder, 'bare')];
  const devices = { scanner: { path: rig.path } };
  const terminal = await startTerminal(folder, settingsFor(simulator, { devices }));
  const executablePath = process.env['MILEPOST_CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    let onShown: (shown: { digits: string; atMs: number }) => void = () => undefined;
    await page.exposeFunction('shown', (digits: string, atMs: number) => onShown({ digits, atMs }));
    await page.goto(terminal.ready.url);
    await page.locator('.light[data-health="well"]', { hasText: 'Scanner' }).waitFor();
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('[data-field="collector"]');
      if (field === null) throw new Error('There is no field for a Collector');
      const tell: unknown = Reflect.get(window, 'shown');
      new MutationObserver(() => {
        const atMs = performance.timeOrigin + performance.now();
        if (typeof tell === 'function') tell(field.value.replaceAll(/\D/g, ''), atMs);
      }).observe(field, { attributes: true, attributeFilter: ['value'] });
    });
    const bare = await openBareLine(bareRig.path, 'chunks');
    const scan = {
      async screen(): Promise<number> {
        const number = newNumber();
        const shown = Promise.withResolvers<number>();
        onShown = ({ digits, atMs }) => {
          if (digits === number) shown.resolve(atMs);
        };
        const startedMs = nowMs();
        await rig.write(`]C0${number}\r`);
        return (await shown.promise) - startedMs;
      },
      async bare(): Promise<number> {
        const done = bare.next(1).then(nowMs);
        const startedMs = nowMs();
        await bareRig.write(`]C0${newNumber()}\r`);
        return (await done) - startedMs;
      },
    };
    const times = { screen: [] as number[], bare: [] as number[] };
    for (let turn = 0; turn < rounds * SCANS_A_ROUND + WARM_SCANS; turn += 1) {
      for (const name of shuffled(['screen', 'bare'] as const)) {
        const ms = await scan[name]();
        if (turn >= WARM_SCANS) times[name].push(ms);
      }
    }
    await bare.close();
    note(
      `on the screen: median ${median(times.screen).toFixed(2)} ms, p99 ${p99(times.screen).toFixed(2)} ms`,
    );
    note(`bare: median ${median(times.bare).toFixed(2)} ms, p99 ${p99(times.bare).toFixed(2)} ms`);
    return {
      medianMs: median(times.screen) - median(times.bare),
      p99Ms: p99(times.screen) - p99(times.bare),
    };
  } finally {
    await browser.close();
    await terminal.stop();
    await simulator.stop();
    await Promise.all([rig.stop(), bareRig.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
