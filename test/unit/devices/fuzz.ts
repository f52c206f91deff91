import { createScanLine } from '../../../main/devices/line.ts';
import { scannerProfile } from '../../../main/devices/frames.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { bareCardRules, type ScanRules } from '../../../shared/domain/scan/rules.ts';
import { createHandClock } from './hand-clock.ts';
import { numbersAllowed } from './oracle.ts';

const rules: ScanRules = {
  collectorNumberRule: { length: 11, startsWith: '8', check: 'modulus-11' },
  cardRules: bareCardRules(11),
  coupons: [],
};

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const upTo = (random: Random, below: number): number => Math.floor(random() * below);
const pick = <Thing>(random: Random, things: readonly [Thing, ...Thing[]]): Thing =>
  things[upTo(random, things.length)] ?? things[0];
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => upTo(random, 10)).join('');

function lrc(track: string): string {
  const sum = Array.from(track).reduce((total, character) => total ^ (character.charCodeAt(0) - 0x30), 0);
  return String.fromCharCode(sum + 0x30);
}

/** A frame as some device would send it, most of them with a Collector's number somewhere. */
function goodFrame(random: Random): string {
  const number = makeCollectorNumber(random);
  const track2 = `;${number}${pick(random, ['', `=${digits(random, 4)}`])}?`;
  return pick(random, [
    `${number}\r`,
    `${number}\r\n`,
    `\x02${number}\x03`,
    `]C0${number}\r`,
    `]F0${number}\r`,
    `]E0${digits(random, 12)}\r`,
    `]C1${number}\r`,
    `S08B3${number}\r`,
    `S08A${digits(random, 12)}\r`,
    `${track2}\r`,
    track2,
    `${track2}${lrc(track2)}\r`,
    `%B${number}^NAME^${digits(random, 4)}?\r${track2}\r`,
    `\x02\x1b%E?${track2}1\r\x03`,
    `\x02${track2}\x10+${digits(random, 20)}?\x03`,
    `;4${digits(random, 15)}=${digits(random, 8)}?\r`,
    `${digits(random, pick(random, [8, 10, 11, 12, 13, 16]))}\r`,
    'NR\r',
    `MP-K7Q3M2XVT9PH\r`,
  ]);
}

const INTERESTING = '\0\x02\x03\n\r\x10\x1b\x1d%;+!?=^]CE08NR ';

/** One to three things that happen on a line: bytes lost, doubled, changed, swapped, cut, glued, put in. */
function mutate(random: Random, frame: string): string {
  let text = frame;
  for (let count = 1 + upTo(random, 3); count > 0; count -= 1) {
    const at = upTo(random, text.length + 1);
    const strange = pick(random, [
      String.fromCharCode(upTo(random, 256)),
      INTERESTING[upTo(random, INTERESTING.length)] ?? '',
      String(upTo(random, 10)),
    ]);
    text = pick(random, [
      text.slice(0, at) + text.slice(at + 1),
      text.slice(0, at) + (text[at] ?? '') + text.slice(at),
      text.slice(0, at) + strange + text.slice(at + 1),
      text.slice(0, at) + strange + text.slice(at),
      text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2),
      text.slice(0, at),
      text.slice(at),
      text + goodFrame(random),
    ]);
  }
  return text;
}

function randomBytes(random: Random): string {
  const set = pick(random, [INTERESTING, '0123456789\r', '']);
  return Array.from({ length: upTo(random, 60) }, () =>
    set === '' ? String.fromCharCode(upTo(random, 256)) : (set[upTo(random, set.length)] ?? ''),
  ).join('');
}

export interface FuzzFigures {
  readonly frames: number;
  /** Numbers that were read, each allowed by the oracle. Not 0, or nothing was tried. */
  readonly accepted: number;
  /** Numbers the oracle allows and the program did not give: no fault, but it should stay small. */
  readonly refusedThoughAllowed: number;
  /** Lines on which the program gave a number that the oracle does not allow. */
  readonly wrong: readonly string[];
}

/** Sends `count` random and mutated frames, each in random chunks, and asks the oracle about every number read. */
export function fuzz(count: number, seed: number): FuzzFigures {
  const random = seeded(seed);
  let accepted = 0;
  let refusedThoughAllowed = 0;
  const wrong: string[] = [];
  const clock = createHandClock();
  let seen: string[] = [];
  const line = createScanLine({
    profile: scannerProfile,
    rules: () => rules,
    clock,
    onFrame: () => undefined,
    onReading({ scan }) {
      if (scan?.kind === 'collector') seen.push(scan.collectorNumber);
    },
  });
  for (let index = 0; index < count; index += 1) {
    const roll = random();
    const text =
      roll < 0.1 ? goodFrame(random) : roll < 0.8 ? mutate(random, goodFrame(random)) : randomBytes(random);
    seen = [];
    const bytes = Buffer.from(text, 'latin1');
    for (let at = 0; at < bytes.length;) {
      const size = 1 + upTo(random, bytes.length);
      line.take(bytes.subarray(at, at + size));
      at += size;
    }
    clock.advance(1_000);
    const allowed = [...numbersAllowed(text)];
    for (const number of seen) {
      const place = allowed.indexOf(number);
      if (place === -1) {
        wrong.push(text);
        continue;
      }
      allowed.splice(place, 1);
      accepted += 1;
    }
    refusedThoughAllowed += allowed.length;
  }
  return { frames: count, accepted, refusedThoughAllowed, wrong };
}
