import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scannerProfile } from '../../../main/devices/frames.ts';
import { bytes, framesOf, startRun } from './frame-run.ts';

const printable = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789ABZ ]%;')),
  minLength: 1,
  maxLength: 40,
});
const anyBytes = fc.uint8Array({ maxLength: 700 });

describe('frames', () => {
  test.each([
    ['CR ends a frame', 'A1\r', [{ frame: 'A1' }]],
    ['LF ends a frame', 'A1\n', [{ frame: 'A1' }]],
    ['ETX ends a frame', 'A1\x03', [{ frame: 'A1' }]],
    ['CR LF ends one frame, not two', 'A1\r\nB2\r\n', [{ frame: 'A1' }, { frame: 'B2' }]],
    ['STX and ETX around a frame are not part of it', '\x02A1\x03', [{ frame: 'A1' }]],
    [
      'STX after a half frame gives it up and starts anew',
      'A1\x02B2\r',
      [{ fault: 'incomplete' }, { frame: 'B2' }],
    ],
    ['NUL and ESC are dropped', '\x00A\x1b1\x00\r', [{ frame: 'A1' }]],
    ['GS stays', 'A\x1d1\r', [{ frame: 'A\x1d1' }]],
    ['DEL spoils a frame', 'A\x7f1\r', [{ fault: 'bad-bytes' }]],
    ['terminators alone are nothing', '\r\n\r\n\x03\x02', []],
    ['a half frame followed by silence', 'A1', [{ fault: 'incomplete' }]],
    ['a spoiled half frame followed by silence', 'A\xff', [{ fault: 'bad-bytes' }]],
  ])('%s', (_name, text, expected) => {
    expect(framesOf(text)).toEqual(expected);
  });

  test('a control byte or a high byte refuses its whole frame and no other', () => {
    const bad = fc.integer({ min: 0, max: 255 }).filter((byte) => {
      const isKnown = [0x00, 0x02, 0x03, 0x0a, 0x0d, 0x10, 0x1b, 0x1d].includes(byte);
      return !isKnown && (byte < 0x20 || byte > 0x7e);
    });
    fc.assert(
      fc.property(printable, bad, printable, (before, byte, after) => {
        const spoiled = `${before}${String.fromCharCode(byte)}${after}\r`;
        expect(framesOf(`${spoiled}${after}\r`)).toEqual([{ fault: 'bad-bytes' }, { frame: after }]);
      }),
    );
  });

  test('any chunking with gaps below the idle time gives the same result', () => {
    const cuts = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 119 })), {
      minLength: 1,
    });
    const lively = fc
      .uint8Array({ maxLength: 700 })
      .map((raw) => raw.map((byte, i) => (i % 3 === 0 ? byte % 32 : byte)));
    fc.assert(
      fc.property(fc.oneof(anyBytes, lively), cuts, (input, cutting) => {
        const whole = startRun();
        whole.assembler.push(input, 0);
        const cut = startRun();
        let nowMs = 0;
        for (let at = 0, turn = 0; at < input.length; turn += 1) {
          const [size, gapMs] = cutting[turn % cutting.length] ?? [1, 0];
          nowMs += gapMs;
          cut.assembler.tick(nowMs);
          cut.assembler.push(input.subarray(at, at + size), nowMs);
          at += size;
        }
        whole.assembler.tick(1e9);
        cut.assembler.tick(1e9);
        expect(cut.seen).toEqual(whole.seen);
      }),
    );
  });

  test('arbitrary bytes at arbitrary times never throw, and no frame is longer than the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyBytes, fc.integer({ min: 0, max: 400 })), { maxLength: 12 }),
        (arrivals) => {
          const { assembler, seen, views } = startRun();
          let nowMs = 0;
          for (const [input, gapMs] of arrivals) {
            nowMs += gapMs;
            assembler.push(input, nowMs);
          }
          assembler.tick(nowMs + 1_000);
          expect(assembler.dueMs()).toBeUndefined();
          expect(seen.every((item) => 'fault' in item || item.frame.length <= scannerProfile.maxBytes)).toBe(
            true,
          );
          expect(new Set(views.map((view) => view.buffer)).size).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('a megabyte without an end is one refusal, and its tail is no frame even with a terminator', () => {
    const { assembler, seen } = startRun();
    const flood = new Uint8Array(1_000_000).fill(0x38);
    for (let at = 0; at < flood.length; at += 4_096)
      assembler.push(flood.subarray(at, at + 4_096), at / 4_096);
    assembler.push(bytes('123\r456\r\x02789\r'), 250);
    expect(seen).toEqual([{ fault: 'too-long' }]);
    assembler.push(bytes('A1\r'), 250 + scannerProfile.idleMs);
    expect(seen).toEqual([{ fault: 'too-long' }, { frame: 'A1' }]);
  });

  test('a frame of exactly the limit is whole and one byte more is refused', () => {
    const limit = 'x'.repeat(scannerProfile.maxBytes);
    expect(framesOf(`${limit}\r`)).toEqual([{ frame: limit }]);
    expect(framesOf(`${limit}x\r`)).toEqual([{ fault: 'too-long' }]);
  });

  test('garbage, silence, then a good frame reads the good frame once', () => {
    fc.assert(
      fc.property(anyBytes, printable, (garbage, good) => {
        const { assembler, seen } = startRun();
        assembler.push(garbage, 0);
        const before = framesOf(Buffer.from(garbage).toString('latin1')).length;
        assembler.push(bytes(`${good}\r`), scannerProfile.idleMs);
        expect(seen.slice(before)).toEqual([{ frame: good }]);
      }),
    );
  });

  test('a half frame ends at the idle time and not before', () => {
    const { assembler, seen } = startRun();
    assembler.push(bytes('A1'), 1_000);
    expect(assembler.dueMs()).toBe(1_000 + scannerProfile.idleMs);
    assembler.tick(1_000 + scannerProfile.idleMs - 1);
    expect(seen).toEqual([]);
    assembler.tick(1_000 + scannerProfile.idleMs);
    expect(seen).toEqual([{ fault: 'incomplete' }]);
  });

  test('a half frame does not survive a reset', () => {
    const { assembler, seen } = startRun();
    assembler.push(bytes('A1'), 0);
    assembler.reset();
    assembler.push(bytes('B2\r'), 1);
    expect(seen).toEqual([{ frame: 'B2' }]);
  });

  test('the bytes of a frame are zeroed once the listener has returned', () => {
    const { assembler, views } = startRun();
    assembler.push(bytes('80000\r'), 0);
    expect(views.map((view) => [...view])).toEqual([[0, 0, 0, 0, 0]]);
  });
});
