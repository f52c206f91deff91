import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scannerProfile } from '../../../main/devices/frames.ts';
import { createScanLine } from '../../../main/devices/line.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { bareCardRules, type ScanRules } from '../../../shared/domain/scan/rules.ts';
import type { Reading } from '../../../shared/domain/scan/scan.ts';
import { bytes } from './frame-run.ts';
import { createHandClock } from './hand-clock.ts';
import { seeded } from './fuzz.ts';

/** What must hold of a line as a whole, whatever device is on it: bytes in at one end, readings out at the other. */
const rules: ScanRules = {
  collectorNumberRule: { length: 11, startsWith: '8', check: 'modulus-11' },
  cardRules: bareCardRules(11),
  coupons: [{ prefix: '99', symbologies: ['C0'] }],
};

function startLine() {
  const clock = createHandClock();
  const readings: Reading[] = [];
  const line = createScanLine({
    profile: scannerProfile,
    rules: () => rules,
    clock,
    onFrame: () => undefined,
    onReading: (reading) => void readings.push(reading),
  });
  return { clock, line, readings };
}

function numbersOn(text: string): string[] {
  const { clock, line, readings } = startLine();
  line.take(bytes(text));
  clock.advance(1_000);
  return readings.flatMap(({ scan }) => (scan?.kind === 'collector' ? [scan.collectorNumber] : []));
}

/** How every kind of device we know sends a Collector's card: before the number, and behind it until it is whole. */
const framings: ReadonlyArray<readonly [before: string, behind: string]> = [
  ['', '\r'],
  ['', '\r\n'],
  ['\x02', '\x03'],
  [']C0', '\r'],
  [']F0', '\n'],
  ['S08B3', '\r'],
  [';', '?'],
  [';', '=4912?'],
  ['\x02;', '?\r\x03'],
  ['%E?;', '?\r'],
  ['%BNAME^X?\r;', '?\r'],
  ['\x02\x1b%E?;', '?1\r\x03'],
];

const ENDS = ['\r', '\n', '\x03'];

/** A frame whose end was lost. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (ENDS.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

const number = fc.nat().map((seed) => makeCollectorNumber(seeded(seed)));
const card = fc
  .tuple(number, fc.constantFrom(...framings))
  .map(([digits, [before, behind]]) => ({ digits, before, behind, text: `${before}${digits}${behind}` }));

describe('on any line', () => {
  test('every framing is read, so that what follows says something', () => {
    fc.assert(
      fc.property(card, ({ text, digits }) => {
        expect(numbersOn(text)).toEqual([digits]);
      }),
    );
  });

  test('any chunking, with any pauses too short to end anything, gives the same readings', () => {
    const noise = fc.uint8Array({ maxLength: 30 }).map((raw) => Buffer.from(raw).toString('latin1'));
    const parts = fc.array(
      fc.oneof(
        card.map(({ text }) => text),
        noise,
      ),
      { minLength: 1, maxLength: 6 },
    );
    // All of it together within 60 ms: no silence ends a frame, and no swipe is ended between two of its tracks.
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(parts, sizes, fc.boolean(), (texts, cuts, isSlow) => {
        const input = bytes(texts.join(''));
        const whole = startLine();
        whole.line.take(Uint8Array.from(input));
        whole.clock.advance(1_000);
        const cut = startLine();
        for (let at = 0, turn = 0; at < input.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          if (isSlow && turn > 0 && turn < 20) cut.clock.advance(3);
          cut.line.take(input.slice(at, at + size));
          at += size;
        }
        cut.clock.advance(1_000);
        expect(cut.readings).toEqual(whole.readings);
      }),
      { numRuns: 1_000 },
    );
  });

  test('arbitrary bytes at arbitrary times never throw, and leave nothing pending', () => {
    const arrivals = fc.array(fc.tuple(fc.uint8Array({ maxLength: 900 }), fc.integer({ min: 0, max: 300 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(arrivals, (all) => {
        const { clock, line, readings } = startLine();
        for (const [input, pauseMs] of all) {
          line.take(input);
          clock.advance(pauseMs);
        }
        clock.advance(1_000);
        const count = readings.length;
        clock.advance(60_000);
        expect(readings).toHaveLength(count);
      }),
      { numRuns: 1_000 },
    );
  });

  test('no truncation yields a number before it is whole, and never another', () => {
    fc.assert(
      fc.property(card, fc.nat(60), ({ digits, before, behind, text }, place) => {
        const length = place % text.length;
        const isWhole =
          length >=
          before.length +
            digits.length +
            Array.from(behind).findIndex((each) => ENDS.includes(each) || each === '?') +
            1;
        const read = numbersOn(text.slice(0, length));
        if (isWhole) expect([[], [digits]]).toContainEqual(read);
        else expect(read).toEqual([]);
        for (const tail of numbersOn(text.slice(length))) expect(tail).toBe(digits);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a dropped byte never yields another valid number', () => {
    fc.assert(
      fc.property(card, fc.nat(60), ({ digits, text }, place) => {
        const at = place % text.length;
        for (const read of numbersOn(text.slice(0, at) + text.slice(at + 1))) expect(read).toBe(digits);
      }),
      { numRuns: 2_000 },
    );
  });

  test('two frames glued by a lost end never give the first, nor the second unless something sets it apart', () => {
    fc.assert(
      fc.property(card, card, (first, second) => {
        fc.pre(first.digits !== second.digits);
        const read = numbersOn(withoutEnd(first.text) + second.text);
        // A start of text begins anew; and a swipe of two lines has its number on the second, which is whole.
        const isApart = second.before.startsWith('\x02') || second.before.includes('\r');
        if (isApart) expect([[], [second.digits]]).toContainEqual(read);
        else expect(read).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('nothing that is said of what was refused holds a run of six digits', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789')),
      minLength: 6,
      maxLength: 22,
    });
    const dressed = fc
      .tuple(
        fc.constantFrom('', ';', '%B', ']C0', ']E0', '+', '\x02'),
        digits,
        fc.constantFrom('', '?', '=49?'),
      )
      .map(([before, middle, behind]) => `${before}${middle}${behind}\r`);
    fc.assert(
      fc.property(fc.array(dressed, { maxLength: 4 }), (texts) => {
        const { clock, line, readings } = startLine();
        line.take(bytes(texts.join('')));
        clock.advance(1_000);
        const refusals = readings.filter(({ scan }) => scan === undefined || scan.kind === 'refused');
        expect(JSON.stringify(refusals)).not.toMatch(/[0-9]{6}/);
      }),
      { numRuns: 2_000 },
    );
  });
});
