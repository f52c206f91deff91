import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWedgeBurst } from '../../../renderer/features/devices/wedge-burst.ts';
import { characterOf, meantBy, typedBy } from '../../../renderer/features/devices/wedge-keys.ts';
import { prefixed, runKeys as run, scannerGaps, timing } from './wedge-run.ts';

const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 8, maxLength: 20 });
/** A typist, with the quickest pairs of a good one and pauses. */
const typistGaps = fc.array(fc.integer({ min: 61, max: 400 }), { minLength: 1, maxLength: 20 });
const words = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcé.,- ')), maxLength: 40 });

describe('a keyboard scanner told by its speed', () => {
  test('is told, with Enter or by silence, and leaves nothing in the field', () => {
    fc.assert(
      fc.property(digits, scannerGaps, fc.constantFrom('Enter', 'Tab', ''), (text, gaps, end) => {
        const keys = [...Array.from(text), ...(end === '' ? [] : [end])];
        expect(run(timing, keys, gaps)).toMatchObject({ scans: [text], typed: '' });
      }),
    );
  });

  test('never has a typist’s keys, whatever is typed', () => {
    fc.assert(
      fc.property(words, typistGaps, (text, gaps) => {
        expect(run(timing, Array.from(text), gaps)).toMatchObject({ scans: [], typed: text });
      }),
    );
  });

  test('gives back bursts of a person that are fast and short, in order', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 });
    const few = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abc')), maxLength: 7 });
    fc.assert(
      fc.property(few, gaps, fc.boolean(), (text, pauses, isEntered) => {
        const keys = [...Array.from(text), ...(isEntered ? ['Enter'] : [])];
        expect(run(timing, keys, pauses)).toMatchObject({ scans: [], typed: text });
      }),
    );
  });

  test('is not told where a long number is typed at 40 ms a key', () => {
    const text = '80001234567';
    expect(run(timing, Array.from(text), [40])).toMatchObject({ scans: [], typed: text });
  });

  test('two scans one after the other are two', () => {
    const keys = [...Array.from('80001234567'), 'Enter', ...Array.from('80007654321'), 'Enter'];
    const gaps = keys.map((_key, index) => (index === 12 ? 300 : 5));
    expect(run(timing, keys, gaps).scans).toEqual(['80001234567', '80007654321']);
  });
});

test.each([
  ['its speed', timing, ''],
  ['its prefix', prefixed, '~'],
] as const)(
  'what a person types right behind a scan told by %s is there once, whatever the pauses',
  (_told, settings, prefix) => {
    const behind = fc.array(fc.integer({ min: 31, max: 400 }), { minLength: 2, maxLength: 20 });
    const typed = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789.')),
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(typed, behind, (text, pauses) => {
        const scan = [...Array.from(`${prefix}80001234567`), 'Enter'];
        const gaps = [
          ...scan.map(() => 5),
          ...Array.from(text, (_key, index) => pauses[index % pauses.length] ?? 100),
        ];
        expect(run(settings, [...scan, ...Array.from(text)], gaps)).toMatchObject({
          scans: ['80001234567'],
          typed: text,
        });
      }),
    );
  },
);

test('what a late key resumed is taken back once, and not again for Shift', () => {
  const burst = createWedgeBurst(timing);
  const press = (key: string, atMs: number) =>
    burst.press({ key, code: '', shiftKey: false, isAltGraph: false }, atMs, false);
  press('3', 0);
  burst.silence();
  press('.', 40);
  expect(burst.isResumed()).toBe(true);
  expect(burst.silence()).toMatchObject({ kind: 'typed', text: '3.' });
  press('Shift', 500);
  expect(burst.isResumed()).toBe(false);
});

describe('a keyboard scanner told by its prefix', () => {
  test('is told however fast it is below the limit, and its prefix is no part of the code', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 1, max: 25 }), (text, gapMs) => {
        expect(run(prefixed, ['~', ...Array.from(text), 'Enter'], [gapMs])).toMatchObject({
          scans: [text],
          typed: '',
        });
      }),
    );
  });

  test('never has typing without the prefix, however fast', () => {
    fc.assert(
      fc.property(words, scannerGaps, (text, gaps) => {
        expect(run(prefixed, [...Array.from(text), 'Enter'], gaps)).toMatchObject({ scans: [], typed: text });
      }),
    );
  });

  test('gives a prefix that a person typed back with what followed', () => {
    expect(run(prefixed, ['~', 'a', 'b'], [200])).toMatchObject({ scans: [], typed: '~ab' });
    expect(run(prefixed, ['~'], [5])).toMatchObject({ scans: [], typed: '~' });
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

describe('dead keys', () => {
  const key = (code: string, written: string, shiftKey = false, isAltGraph = false) => ({
    code,
    key: written,
    shiftKey,
    isAltGraph,
  });
  const caret = key('BracketLeft', 'Dead');
  const space = key('Space', ' ');

  test.each(['system', 'canadian-french', 'canadian-multilingual'] as const)(
    '%s: a dead key and a space are one character',
    (layout) => {
      const keys = [key('Digit1', '1'), caret, space, key('KeyD', 'd'), space];
      expect(meantBy(keys, layout)).toBe('1^d ');
    },
  );

  test('on a US board the same key is a bracket, and the space a space', () => {
    expect(meantBy([key('BracketLeft', 'Dead'), space], 'us')).toBe('[ ');
  });

  test('a tilde of the Multilingual board begins a burst where it is the prefix', () => {
    const burst = createWedgeBurst(prefixed);
    expect(burst.press(key('BracketRight', 'Dead', false, true), 0, false).kind).toBe('hold');
    expect(burst.isOpen()).toBe(true);
  });

  test('what a person typed comes back with its accent, whether the dead key was held or not', () => {
    const keys = [caret, key('KeyE', 'e'), key('KeyA', 'a')];
    expect(typedBy(keys, true)).toBe('êa');
    expect(typedBy(keys, false)).toBe('êa');
    expect(typedBy([caret, key('Digit1', '1')], true)).toBe('^1');
    expect(typedBy([key('KeyB', 'b'), ...keys], false)).toBe('êa');
  });

  test('a payment card’s first track is one burst by timing, carets and all', () => {
    const burst = createWedgeBurst(timing);
    const digits = Array.from('4111111111111111').map((digit) => key(`Digit${digit}`, digit));
    const keys = [key('Digit5', '%', true), key('KeyB', 'B', true), ...digits, caret, space];
    const steps = keys.map((each, index) => burst.press(each, index * 8, false).kind);
    expect(new Set(steps.slice(1))).toEqual(new Set(['hold']));
    expect(burst.press(key('Enter', 'Enter'), keys.length * 8, false)).toEqual({
      kind: 'scan',
      text: '%B4111111111111111^',
      isOwnKey: true,
    });
  });
});

describe('the first key outside a field', () => {
  const digit = (key: string) => ({ key, code: `Digit${key}`, shiftKey: false, isAltGraph: false });

  test('is held back, and given back to a person', () => {
    const burst = createWedgeBurst(timing);
    expect(burst.press(digit('8'), 0, true)).toEqual({ kind: 'hold' });
    expect(burst.silence()).toEqual({ kind: 'typed', text: '8', isKeyHeld: false });
  });

  test('is held back again where it shows that the one before was a person’s', () => {
    const burst = createWedgeBurst(timing);
    burst.press(digit('8'), 0, true);
    expect(burst.press(digit('7'), 80, true)).toEqual({ kind: 'typed', text: '8', isKeyHeld: true });
    expect(burst.silence()).toEqual({ kind: 'typed', text: '7', isKeyHeld: false });
  });

  test('is part of the scan', () => {
    const burst = createWedgeBurst(timing);
    for (const [index, each] of Array.from('80001234567').entries()) {
      expect(burst.press(digit(each), index * 5, true).kind).toBe('hold');
    }
    expect(burst.silence()).toMatchObject({ kind: 'scan', text: '80001234567' });
  });
});

test('four quick keys are waited for longer than two', () => {
  const burst = createWedgeBurst(timing);
  const press = (index: number) =>
    burst.press({ key: '1', code: 'Digit1', shiftKey: false, isAltGraph: false }, index * 10, false);
  press(0);
  press(1);
  const few = burst.silenceMs();
  press(2);
  press(3);
  expect(burst.silenceMs()).toBeGreaterThan(few);
});

test('a prefixed swipe may be as long as two tracks take', () => {
  const keys = [
    '~',
    ...Array.from('%B4111111111111111^DOE/JANE^49121011000000000123?;4111111111111111=4912?'),
  ];
  expect(run(prefixed, [...keys, 'Enter'], [18])).toMatchObject({
    scans: [keys.slice(1).join('')],
    typed: '',
  });
});

describe('a key that the system delivers late', () => {
  const digit = (key: string) => ({ key, code: `Digit${key}`, shiftKey: false, isAltGraph: false });

  test.each([
    ['timing', '', [2, 5]],
    ['prefix', '~', [0, 3]],
  ] as const)('still belongs to the burst it was pressed in, told by %s', (mode, prefix, late) => {
    const burst = createWedgeBurst({ mode, prefix: '~', layout: 'system' });
    const keys = Array.from(`${prefix}80001234567`);
    let silences = 0;
    for (const [index, each] of keys.entries()) {
      const step = burst.press(digit(each), index * 10, false);
      if (index > 0) expect(step.kind).toBe('hold');
      expect(burst.isResumed()).toBe(late.some((place) => place === index - 1));
      // The timers ran out in between, although the keys were pressed in time.
      if (late.some((place) => place === index)) {
        expect(burst.silence().kind).toBe('typed');
        silences += 1;
      }
    }
    expect(silences).toBe(2);
    expect(burst.press(digit('Enter'), keys.length * 10, false)).toMatchObject({
      kind: 'scan',
      text: '80001234567',
    });
  });

  test('is a person’s where it was pressed late', () => {
    const burst = createWedgeBurst(timing);
    burst.press(digit('1'), 0, false);
    burst.press(digit('2'), 40, false);
    expect(burst.silence()).toMatchObject({ kind: 'typed', text: '2' });
    expect(burst.press(digit('3'), 150, false)).toEqual({ kind: 'pass' });
    expect(burst.isResumed()).toBe(false);
  });

  test('comes back whole where it was a person’s after all', () => {
    const burst = createWedgeBurst(timing);
    burst.press(digit('1'), 0, false);
    burst.press(digit('2'), 40, false);
    burst.silence();
    // All of it was taken back, and all of it is given back.
    expect(burst.press(digit('3'), 80, false).kind).toBe('hold');
    expect(burst.silence()).toMatchObject({ kind: 'typed', text: '123' });
  });

  test('wherever the timers run out, the last scan is whole and nothing is left in the field', () => {
    const silences = fc.array(fc.boolean(), { minLength: 80, maxLength: 80 });
    fc.assert(
      fc.property(fc.constantFrom('timing', 'prefix'), digits, silences, (mode, text, isSilent) => {
        const burst = createWedgeBurst({ mode, prefix: '~', layout: 'system' });
        const keys = [...Array.from(mode === 'prefix' ? `~${text}` : text), 'Enter'];
        let field = '';
        let last = '';
        for (const [index, each] of keys.entries()) {
          const step = burst.press(digit(each), index * 12, false);
          if (burst.isResumed()) field = '';
          if (step.kind === 'pass' && each !== 'Enter') field += each;
          const ended = isSilent[index] === true ? burst.silence() : step;
          for (const one of new Set([step, ended])) {
            if (one.kind === 'typed') field += one.text;
            if (one.kind === 'scan') {
              field = '';
              last = one.text;
            }
          }
        }
        expect({ field, last }).toEqual({ field: '', last: text });
      }),
    );
  });
});
