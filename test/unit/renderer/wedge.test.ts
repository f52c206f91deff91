import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWedgeBurst, type BurstStep } from '../../../renderer/features/devices/wedge-burst.ts';
import { characterOf } from '../../../renderer/features/devices/wedge-keys.ts';
import type { WedgeSettings } from '../../../shared/contract/devices.ts';

const timing: WedgeSettings = { mode: 'timing', prefix: '~', layout: 'system' };
const prefixed: WedgeSettings = { mode: 'prefix', prefix: '~', layout: 'system' };

/** What a row of keys comes to: the scans told, and the text that reached the page, in order. */
function run(settings: WedgeSettings, keys: readonly string[], gapsMs: readonly number[]) {
  const burst = createWedgeBurst(settings);
  const scans: string[] = [];
  let typed = '';
  let nowMs = 0;
  const take = (step: BurstStep): void => {
    if (step.kind === 'scan') {
      // The first key was let through, and is taken out of its field again.
      if (settings.mode === 'timing') typed = typed.slice(0, -1);
      scans.push(step.text);
    }
    if (step.kind === 'typed') typed += step.text;
  };
  for (const [index, key] of keys.entries()) {
    const gapMs = gapsMs[index % gapsMs.length] ?? 0;
    if (gapMs > 100) take(burst.silence());
    nowMs += gapMs;
    const step = burst.press({ key, code: '', shiftKey: false, isAltGraph: false }, nowMs, false);
    take(step);
    const isTaken = step.kind === 'hold' || (step.kind === 'scan' && step.isOwnKey);
    if (!isTaken && key.length === 1) typed += key;
  }
  take(burst.silence());
  return { scans, typed };
}

const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 8, maxLength: 20 });
const scannerGaps = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 });
/** A typist, with the quickest pairs of a good one and pauses. */
const typistGaps = fc.array(fc.integer({ min: 61, max: 400 }), { minLength: 1, maxLength: 20 });
const words = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcé.,- ')), maxLength: 40 });

describe('a keyboard scanner told by its speed', () => {
  test('is told, with Enter or by silence, and leaves nothing in the field', () => {
    fc.assert(
      fc.property(digits, scannerGaps, fc.constantFrom('Enter', 'Tab', ''), (text, gaps, end) => {
        const keys = [...Array.from(text), ...(end === '' ? [] : [end])];
        expect(run(timing, keys, gaps)).toEqual({ scans: [text], typed: '' });
      }),
    );
  });

  test('never has a typist’s keys, whatever is typed', () => {
    fc.assert(
      fc.property(words, typistGaps, (text, gaps) => {
        expect(run(timing, Array.from(text), gaps)).toEqual({ scans: [], typed: text });
      }),
    );
  });

  test('gives back bursts of a person that are fast and short, in order', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 });
    const few = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abc')), maxLength: 7 });
    fc.assert(
      fc.property(few, gaps, fc.boolean(), (text, pauses, isEntered) => {
        const keys = [...Array.from(text), ...(isEntered ? ['Enter'] : [])];
        expect(run(timing, keys, pauses)).toEqual({ scans: [], typed: text });
      }),
    );
  });

  test('is not told where a long number is typed at 40 ms a key', () => {
    const text = '80001234567';
    expect(run(timing, Array.from(text), [40])).toEqual({ scans: [], typed: text });
  });

  test('two scans one after the other are two', () => {
    const keys = [...Array.from('80001234567'), 'Enter', ...Array.from('80007654321'), 'Enter'];
    const gaps = keys.map((_key, index) => (index === 12 ? 300 : 5));
    expect(run(timing, keys, gaps).scans).toEqual(['80001234567', '80007654321']);
  });
});

describe('a keyboard scanner told by its prefix', () => {
  test('is told however fast it is below the limit, and its prefix is no part of the code', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 1, max: 25 }), (text, gapMs) => {
        expect(run(prefixed, ['~', ...Array.from(text), 'Enter'], [gapMs])).toEqual({
          scans: [text],
          typed: '',
        });
      }),
    );
  });

  test('never has typing without the prefix, however fast', () => {
    fc.assert(
      fc.property(words, scannerGaps, (text, gaps) => {
        expect(run(prefixed, [...Array.from(text), 'Enter'], gaps)).toEqual({ scans: [], typed: text });
      }),
    );
  });

  test('gives a prefix that a person typed back with what followed', () => {
    expect(run(prefixed, ['~', 'a', 'b'], [200])).toEqual({ scans: [], typed: '~ab' });
    expect(run(prefixed, ['~'], [5])).toEqual({ scans: [], typed: '~' });
  });
});

describe('layouts', () => {
  const press = (code: string, key: string, shiftKey = false, isAltGraph = false) => ({
    code,
    key,
    shiftKey,
    isAltGraph,
  });
  test.each([
    // A scanner that believes in a US board on a Canadian French one: `]C0` and a stripe’s sentinels come out mangled.
    ['us', press('BracketRight', 'Dead'), ']'],
    ['us', press('Slash', 'É', true), '?'],
    ['us', press('Digit5', '%', true), '%'],
    ['us', press('Semicolon', ';'), ';'],
    ['us', press('Equal', '='), '='],
    ['us', press('KeyC', 'C', true), 'C'],
    ['us', press('Numpad7', '7'), '7'],
    // The same codes from scanners that believe in the Canadian boards, whatever the system has.
    ['canadian-french', press('Digit6', '^', true), '?'],
    ['canadian-french', press('BracketRight', ']', false, true), ']'],
    ['canadian-french', press('Comma', '<', true), "'"],
    ['canadian-multilingual', press('Digit6', '^', true), '?'],
    ['canadian-multilingual', press('Digit0', '0', false, true), ']'],
    ['system', press('BracketRight', 'ç'), 'ç'],
    ['system', press('Enter', 'Enter'), ''],
  ] as const)('%s: %j is %j', (layout, pressed, expected) => {
    expect(characterOf(pressed, layout)).toBe(expected);
  });
});
