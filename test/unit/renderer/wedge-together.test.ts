import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWedgeBurst } from '../../../renderer/features/devices/wedge-burst.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { prefixed, runKeys as run, scannerGaps, timing } from './wedge-run.ts';

test('a scan whose Enter comes after the silence is told once', () => {
  for (const settings of [timing, prefixed]) {
    const burst = createWedgeBurst(settings);
    const press = (key: string, atMs: number) =>
      burst.press({ key, code: '', shiftKey: false, isAltGraph: false }, atMs, true);
    Array.from('~80001234567').forEach((key, index) => press(key, index * 5));
    expect(burst.silence()).toMatchObject({ kind: 'scan' });
    expect(press('Enter', 60)).toEqual({ kind: 'hold' });
    // Taking back what the first key wrote would take back the sentence about the scan too.
    expect(burst.isResumed()).toBe(false);
  }
});

describe('two keyboard scanners at the same moment', () => {
  const codes = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.infiniteStream(fc.boolean()));

  test.each([
    ['timing', timing],
    ['prefix', prefixed],
  ] as const)('leave nothing in a field, nor a number, nor an Enter, told by %s', (_name, settings) => {
    const [first, second] = [makeCollectorNumber(() => 0.31), makeCollectorNumber(() => 0.73)];
    fc.assert(
      fc.property(codes, scannerGaps, ([late, order], gaps) => {
        const start = settings.mode === 'prefix' ? ['~'] : [];
        const one = [...start, ...Array.from(first), 'Enter'];
        const other = [...start, ...Array.from(second), 'Enter'];
        const keys = one.splice(0, 1 + late);
        while (one.length > 0 && other.length > 0) {
          const next = order.next().value === true ? one.shift() : other.shift();
          if (next !== undefined) keys.push(next);
        }
        keys.push(...one, ...other);
        const { scans, typed, entered } = run(settings, keys, gaps, true);
        fc.pre(!scans.includes(first) && !scans.includes(second));
        expect({ typed, entered }).toEqual({ typed: '', entered: 0 });
        for (const scan of scans) expect(scan).not.toMatch(/^8\d{10}$/);
        expect(scans.length).toBeGreaterThan(0);
      }),
    );
  });

  test('a person’s key right behind a scan is the person’s', () => {
    const keys = [...Array.from('80001234567'), 'Enter', '2', '5'];
    const gaps = keys.map((_key, index) => (index < 12 ? 5 : index === 12 ? 40 : 130));
    expect(run(timing, keys, gaps, true)).toMatchObject({ scans: ['80001234567'], typed: '25' });
  });
});
