import type { WedgeSettings } from '../../../shared/contract/devices.ts';
import { characterOf, type WedgeKey } from './wedge-keys.ts';

/** Fast typists reach 60 ms a key, scanners are at 20 and less: what is faster for eight keys is a scanner. */
const AVERAGE_MS = 30;
const LONGEST_GAP_MS = 60;
const FEWEST_KEYS = 8;
/** With a prefix that nobody types, a slow scanner may take its time. */
const PREFIX_LIMIT_MS = 500;
const MAX_KEYS = 512;
/** Behind a prefix, fewer keys than this are a person's after all. */
const FEWEST_AFTER_PREFIX = 4;

/** Silence after which a burst without an end key is over. */
export const SILENCE_MS = 100;

/** What became of a key or of a silence. */
export type BurstStep =
  /** Not part of a burst: the key does what it does. */
  | { readonly kind: 'pass' }
  /** Part of what may be a burst: nobody else gets it now. */
  | { readonly kind: 'hold' }
  /** A scanner sent this. `isOwnKey`: so it did the key that ended it. */
  | { readonly kind: 'scan'; readonly text: string; readonly isOwnKey: boolean }
  /** It was a person after all: these characters are theirs, and so is the key that showed it. */
  | { readonly kind: 'typed'; readonly text: string };

interface Held extends WedgeKey {
  readonly atMs: number;
}

const pass: BurstStep = { kind: 'pass' };
const hold: BurstStep = { kind: 'hold' };

export interface WedgeBurst {
  /** Takes a key pressed at `atMs` (the event's own time, which does not wait for a busy page). */
  press(pressed: WedgeKey, atMs: number): BurstStep;
  /** Nothing was pressed for 100 ms. */
  silence(): BurstStep;
  isOpen(): boolean;
}

/**
 * Tells a scanner's burst of keys from a person's typing. Keys are held only from the second fast one on, so a person
 * who types never waits; the first key has gone where it was going, and is told with the scan.
 */
export function createWedgeBurst({ mode, prefix, layout }: WedgeSettings): WedgeBurst {
  let held: Held[] = [];
  let hasPrefix = false;

  const textOf = (keys: readonly Held[]): string => keys.map((each) => characterOf(each, layout)).join('');
  const asTyped = (keys: readonly Held[]): string =>
    keys.map(({ key }) => (key.length === 1 ? key : '')).join('');

  function reset(): readonly Held[] {
    const keys = held;
    held = [];
    hasPrefix = false;
    return keys;
  }

  function isFast(): boolean {
    const [first, last] = [held[0], held.at(-1)];
    if (first === undefined || last === undefined || held.length < FEWEST_KEYS) return false;
    return (last.atMs - first.atMs) / (held.length - 1) <= AVERAGE_MS;
  }

  function end(isOwnKey: boolean): BurstStep {
    const isScan = hasPrefix ? held.length >= FEWEST_AFTER_PREFIX : isFast();
    const start = hasPrefix ? prefix : '';
    const keys = reset();
    if (isScan) return { kind: 'scan', text: textOf(keys), isOwnKey };
    // By timing, the first key was never held back.
    const text = start + asTyped(mode === 'prefix' ? keys : keys.slice(1));
    return text === '' ? pass : { kind: 'typed', text };
  }

  function pressPrefixed(pressed: WedgeKey, atMs: number): BurstStep {
    const first = held[0];
    if (!hasPrefix) {
      if (characterOf(pressed, layout) !== prefix && pressed.key !== prefix) return pass;
      hasPrefix = true;
      return hold;
    }
    if (isEnd(pressed)) return end(true);
    if (characterOf(pressed, layout) === '') return hold;
    if (first !== undefined && (atMs - first.atMs > PREFIX_LIMIT_MS || held.length >= MAX_KEYS)) {
      const text = prefix + asTyped(reset());
      return { kind: 'typed', text };
    }
    held.push({ ...pressed, atMs });
    return hold;
  }

  return {
    press(pressed, atMs) {
      if (mode === 'off') return pass;
      if (isModifier(pressed)) return pass;
      if (mode === 'prefix') return pressPrefixed(pressed, atMs);
      const last = held.at(-1);
      const isSoon = last !== undefined && atMs - last.atMs <= LONGEST_GAP_MS;
      if (isEnd(pressed)) return end(isSoon && isFast());
      const isCharacter = characterOf(pressed, layout) !== '';
      const before = isSoon && isCharacter && held.length < MAX_KEYS ? undefined : end(false);
      if (isCharacter) held.push({ ...pressed, atMs });
      return before ?? hold;
    },
    silence: () => (held.length === 0 && !hasPrefix ? pass : end(false)),
    isOpen: () => held.length > 1 || hasPrefix,
  };
}

function isEnd({ key }: WedgeKey): boolean {
  return key === 'Enter' || key === 'Tab';
}

function isModifier({ key }: WedgeKey): boolean {
  return ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'].includes(key);
}
