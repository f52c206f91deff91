import type { WedgeSettings } from '../../../shared/contract/devices.ts';
import { characterOf, meantBy, typedBy, type WedgeKey } from './wedge-keys.ts';

/** Fast typists reach 60 ms a key, scanners are at 20 and less: what is faster for eight keys is a scanner. */
const AVERAGE_MS = 30;
const LONGEST_GAP_MS = 60;
const FEWEST_KEYS = 8;
const MAX_KEYS = 512;
/** Behind a prefix, fewer keys than this are a person's after all. */
const FEWEST_AFTER_PREFIX = 4;

/** So many quick keys right behind a scan are the rest of another scanner's. */
const FEWEST_BEHIND_SCAN = 3;

/** Silence after which a person's quick keys are given back. */
const SILENCE_MS = 100;
/** So many quick keys are hardly a person's: what is still on its way from a busy system is waited for longer. */
const LIKELY_KEYS = 4;
const LIKELY_SILENCE_MS = 300;

/** What became of a key or of a silence. */
export type BurstStep =
  /** Not part of a burst: the key does what it does. */
  | { readonly kind: 'pass' }
  /** Part of what may be a burst: nobody else gets it now. */
  | { readonly kind: 'hold' }
  /** A scanner sent this. `isOwnKey`: so it did the key that ended it. */
  | { readonly kind: 'scan'; readonly text: string; readonly isOwnKey: boolean }
  /** It was a person after all: these characters are theirs. `isKeyHeld`: the key that showed it may begin a burst itself. */
  | { readonly kind: 'typed'; readonly text: string; readonly isKeyHeld: boolean };

interface Held extends WedgeKey {
  readonly atMs: number;
}

const pass: BurstStep = { kind: 'pass' };
const hold: BurstStep = { kind: 'hold' };

export interface WedgeBurst {
  /**
   * Takes a key pressed at `atMs` (the event's own time, which does not wait for a busy page). `holdsFirst`: the first key
   * of what may be a burst is held back too.
   */
  press(pressed: WedgeKey, atMs: number, holdsFirst: boolean): BurstStep;
  /** Nothing was pressed for `silenceMs`. */
  silence(): BurstStep;
  /** Silence that ends what is there so far, in milliseconds. */
  silenceMs(): number;
  isOpen(): boolean;
  /** The last key began what may be a burst. */
  hasBegun(): boolean;
  /**
   * The last key was pressed right behind those that a silence had ended: the system was late with it, and what was given
   * back is held again.
   */
  isResumed(): boolean;
}

/**
 * Tells a scanner's burst of keys from a person's typing. In a field, keys are held only from the second fast one on, so a
 * person who types never waits; the first key has gone where it was going, and is told with the scan.
 *
 * Two keyboard scanners at the same moment write into one stream of keys, and nobody can tell them apart. What they wrote
 * up to the first end is one text, which is no card's; what is left of the other one follows at a scanner's pace right
 * behind it, is taken for a scan too and refused like one. So neither reaches a field, and both are to be scanned again.
 */
export function createWedgeBurst({ mode, prefix, layout }: WedgeSettings): WedgeBurst {
  let held: Held[] = [];
  let hasPrefix = false;
  let isFirstHeld = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  /** What the last silence ended. */
  let ended: { readonly keys: readonly Held[]; readonly hasPrefix: boolean } | undefined;
  let isResumed = false;
  /** What a silence told of keys that may be resumed: an end that comes late tells it no second time. */
  let told: string | undefined;
  let scannedMs = Number.NEGATIVE_INFINITY;
  /** What is held began right behind a scan. */
  let isBehindScan = false;

  function resume(atMs: number): void {
    const before = ended;
    ended = undefined;
    isResumed = before !== undefined && atMs - lastMs <= LONGEST_GAP_MS;
    if (!isResumed) told = undefined;
    if (before === undefined || !isResumed) return;
    held = [...before.keys];
    hasPrefix = before.hasPrefix;
    isFirstHeld = true;
  }

  function keep(pressed: WedgeKey, atMs: number): void {
    held.push({ ...pressed, atMs });
    lastMs = atMs;
  }

  function reset(): readonly Held[] {
    const keys = held;
    held = [];
    hasPrefix = false;
    isFirstHeld = false;
    isBehindScan = false;
    return keys;
  }

  function isFast(fewest: number): boolean {
    const [first, last] = [held[0], held.at(-1)];
    if (first === undefined || last === undefined || held.length < fewest) return false;
    return (last.atMs - first.atMs) / (held.length - 1) <= AVERAGE_MS;
  }

  /** The rest of a scan that another one was mixed with; with its end, it may be a single key. */
  function isRest(isEnded: boolean): boolean {
    if (!isBehindScan) return false;
    return isFast(FEWEST_BEHIND_SCAN) || (isEnded && (held.length === 1 || isFast(2)));
  }

  function end(isOwnKey: boolean): BurstStep {
    const isBurst = isFast(FEWEST_KEYS) || isRest(isOwnKey);
    const isScan = hasPrefix ? held.length >= FEWEST_AFTER_PREFIX : isBurst;
    const start = hasPrefix ? prefix : '';
    const isAllHeld = mode === 'prefix' || isFirstHeld;
    const keys = reset();
    if (isScan) {
      const scanned = meantBy(keys, layout);
      if (scanned !== told || !isOwnKey) return { kind: 'scan', text: scanned, isOwnKey };
      // What became of the scan stands; nothing of it is taken back.
      isResumed = false;
      return hold;
    }
    const text = start + typedBy(keys, isAllHeld);
    return text === '' ? pass : { kind: 'typed', text, isKeyHeld: false };
  }

  function isPrefix(pressed: WedgeKey): boolean {
    return characterOf(pressed, layout) === prefix || pressed.key === prefix;
  }

  function pressPrefixed(pressed: WedgeKey, atMs: number): BurstStep {
    if (!hasPrefix) {
      if (!isPrefix(pressed)) return pass;
      hasPrefix = true;
      lastMs = atMs;
      return hold;
    }
    if (isEnd(pressed)) return end(true);
    if (characterOf(pressed, layout) === '') return hold;
    if (held.length >= MAX_KEYS || atMs - lastMs > LIKELY_SILENCE_MS) return end(false);
    keep(pressed, atMs);
    return hold;
  }

  /** What was behind a scan is over, and this key is told by the prefix again. */
  function followed(before: BurstStep, own: BurstStep): BurstStep {
    const isKeyHeld = own.kind === 'hold';
    if (before.kind === 'typed') return { ...before, isKeyHeld };
    return before.kind === 'scan' ? { ...before, isOwnKey: isKeyHeld } : own;
  }

  function pressTimed(pressed: WedgeKey, atMs: number, holdsFirst: boolean, isBehind: boolean): BurstStep {
    const last = held.at(-1);
    const isSoon = last !== undefined && atMs - last.atMs <= LONGEST_GAP_MS;
    if (isEnd(pressed)) return end(isSoon && (isFast(FEWEST_KEYS) || isRest(true)));
    const isCharacter = characterOf(pressed, layout) !== '';
    const isNext = isSoon && isCharacter && held.length < MAX_KEYS;
    const before = isNext ? hold : end(false);
    if (mode === 'prefix' && !isNext && !isBehind) return followed(before, pressPrefixed(pressed, atMs));
    if (isCharacter) {
      if (!isNext) {
        isFirstHeld = holdsFirst || isBehind;
        isBehindScan = isBehind;
      }
      keep(pressed, atMs);
      if (isFirstHeld && before.kind === 'pass') return hold;
      if (isFirstHeld && before.kind === 'typed') return { ...before, isKeyHeld: true };
    }
    return before;
  }

  return {
    press(pressed, atMs, holdsFirst) {
      isResumed = false;
      if (mode === 'off' || isModifier(pressed)) return pass;
      resume(atMs);
      const isBehind = held.length === 0 && !hasPrefix && atMs - scannedMs <= LONGEST_GAP_MS;
      // A scanner's second end, or the end of one that had nothing left: no key of a person's.
      if (isBehind && isEnd(pressed) && atMs - scannedMs <= AVERAGE_MS) return hold;
      const isPrefixed = mode === 'prefix' && !isBehindScan && (!isBehind || isPrefix(pressed));
      const step = isPrefixed
        ? pressPrefixed(pressed, atMs)
        : pressTimed(pressed, atMs, holdsFirst, isBehind);
      if (step.kind === 'scan') scannedMs = atMs;
      return step;
    },
    silence() {
      if (held.length === 0 && !hasPrefix) return pass;
      ended = { keys: held, hasPrefix };
      const step = end(false);
      if (step.kind === 'scan') told = step.text;
      return step;
    },
    silenceMs: () => (hasPrefix || isFast(LIKELY_KEYS) ? LIKELY_SILENCE_MS : SILENCE_MS),
    hasBegun: () => held.length + (hasPrefix ? 1 : 0) === 1,
    isResumed: () => isResumed,
    isOpen: () => held.length > 1 || hasPrefix || isFirstHeld,
  };
}

function isEnd({ key }: WedgeKey): boolean {
  return key === 'Enter' || key === 'Tab';
}

function isModifier({ key }: WedgeKey): boolean {
  return ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'].includes(key);
}
