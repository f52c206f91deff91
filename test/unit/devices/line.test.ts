import { describe, expect, test } from 'vitest';
import { bareCardRules, type ScanRules } from '../../../shared/domain/scan/rules.ts';
import { scannerProfile } from '../../../main/devices/frames.ts';
import { createScanLine } from '../../../main/devices/line.ts';
import { createRepeatFilter } from '../../../main/devices/repeat.ts';
import type { Scan } from '../../../shared/domain/scan/scan.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { bytes } from './frame-run.ts';
import { createHandClock } from './hand-clock.ts';

const rules: ScanRules = {
  collectorNumberRule: { length: 11, startsWith: '8', check: 'modulus-11' },
  cardRules: bareCardRules(11),
  coupons: [],
};

function startLine() {
  const clock = createHandClock();
  const scans: Scan[] = [];
  const line = createScanLine({
    profile: scannerProfile,
    rules: () => rules,
    clock,
    onFrame: () => undefined,
    onReading({ scan }) {
      if (scan !== undefined) scans.push(scan);
    },
  });
  return { clock, scans, take: (text: string) => line.take(bytes(text)), reset: () => line.reset() };
}

describe('a line', () => {
  test('announces a payment card that comes as two lines once, and again when swiped again', () => {
    const { clock, scans, take } = startLine();
    take('%B4111111111111111^PERSON/A^2912101?\r;4111111111111111=2912101?\r');
    expect(scans).toEqual([{ kind: 'refused', code: 'payment-card' }]);
    clock.advance(1_000);
    take(';4111111111111111=2912101?\r');
    expect(scans).toHaveLength(2);
  });

  test('announces every Collector, however fast, and refusals that differ', () => {
    const { scans, take } = startLine();
    const number = makeCollectorNumber(() => 0.5);
    take(`${number}\r${number}\rNR\rHELLO\r`);
    expect(scans.map((scan) => (scan.kind === 'refused' ? scan.code : scan.kind))).toEqual([
      'collector',
      'collector',
      'no-read',
      'not-a-collector',
    ]);
  });

  test('gives up half a frame by itself once the line has been silent for 120 ms', () => {
    const { clock, scans, take } = startLine();
    take('80');
    clock.advance(100);
    take('80');
    clock.advance(119);
    expect(scans).toEqual([]);
    clock.advance(1);
    expect(scans).toEqual([{ kind: 'refused', code: 'incomplete' }]);
  });

  test.each([
    ['before its own timer was called', 0],
    ['after its timer was called late', 1],
  ])('reads a number whole whose rest waited while the machine was held up, %s', (_name, isCalled) => {
    const { clock, scans, take } = startLine();
    const number = makeCollectorNumber(() => 0.5);
    take(number.slice(0, 5));
    clock.stall(500);
    if (isCalled === 1) clock.advance(0);
    take(`${number.slice(5)}\r`);
    clock.advance(1_000);
    expect(scans).toEqual([{ kind: 'collector', collectorNumber: number, entryMode: 'scanned' }]);
  });

  test('gives up half a frame after being held up, once it has looked and nothing had come', () => {
    const { clock, scans, take } = startLine();
    take('80');
    clock.stall(500);
    clock.advance(0);
    expect(scans).toEqual([]);
    clock.advance(1);
    expect(scans).toEqual([{ kind: 'refused', code: 'incomplete' }]);
  });

  test('says nothing of half a frame that was reset', () => {
    const { clock, scans, take, reset } = startLine();
    take('80');
    reset();
    clock.advance(1_000);
    expect(scans).toEqual([]);
  });
});

describe('the repeat filter', () => {
  const [first, second] = [0.1, 0.9].map((value) => makeCollectorNumber(() => value));
  const read = (collectorNumber = ''): Scan => ({ kind: 'collector', collectorNumber, entryMode: 'scanned' });

  test('tells the same Collector within a second of its last read, and no other scan', () => {
    const clock = createHandClock();
    const filter = createRepeatFilter();
    const isRepeat = (scan: Scan): boolean => filter(scan, clock.nowMs());
    expect(isRepeat(read(first))).toBe(false);
    clock.advance(999);
    expect(isRepeat(read(first))).toBe(true);
    clock.advance(999);
    expect(isRepeat(read(first))).toBe(true);
    clock.advance(1_000);
    expect(isRepeat(read(first))).toBe(false);
    expect(isRepeat(read(second))).toBe(false);
    expect(isRepeat(read(first))).toBe(false);
    expect(isRepeat({ kind: 'refused', code: 'product' })).toBe(false);
    expect(isRepeat({ kind: 'refused', code: 'product' })).toBe(false);
  });
});
