import { areDigits, codesOf, isDigit, startsWith } from './digits.ts';

/** A barcode as a scanner hands it over: its AIM symbology letter and modifier where sent, and the data. */
export interface BarcodeSymbol {
  /** `]` + letter + modifier without the bracket, such as `C0`; absent when the scanner sends no identifiers. */
  readonly aim?: string;
  readonly data: Uint8Array;
}

const BRACKET = 0x5d;

/** The symbology letters of AIM identifiers (ISO/IEC 15424). */
const LETTERS = new Set(codesOf('ACEeFGHILMQdzSX'));

/** What a Datalogic Magellan sends before the data on its single cable, and the AIM identifier it stands for. */
const magellanPrefixes: ReadonlyArray<readonly [string, string]> = [
  ['S08A', 'E0'],
  ['S08F', 'E0'],
  ['S08E', 'E0'],
  ['S08R', 'e0'],
  ['S08B1', 'A0'],
  ['S08B2', 'I0'],
  ['S08B3', 'C0'],
];

function isIdentifierAt(frame: Uint8Array, index: number): boolean {
  if (frame[index] !== BRACKET) return false;
  const letter = frame[index + 1];
  return letter !== undefined && LETTERS.has(letter) && isDigit(frame[index + 2]);
}

/**
 * Cuts a frame at its AIM identifiers. Normally one symbol; more when a scanner joined several, as it may for a product
 * and its supplement (`]E0…]E1…`), or when a terminator was lost.
 */
export function symbolsOf(frame: Uint8Array): readonly BarcodeSymbol[] {
  const magellan = startsWith(frame, 'S08')
    ? magellanPrefixes.find(([prefix]) => startsWith(frame, prefix))
    : undefined;
  if (magellan !== undefined) return [{ aim: magellan[1], data: frame.subarray(magellan[0].length) }];
  const symbols: BarcodeSymbol[] = [];
  let start = 0;
  for (let at = 1; at < frame.length; at += 1) {
    if (!isIdentifierAt(frame, at)) continue;
    symbols.push(symbolIn(frame, start, at));
    start = at;
  }
  symbols.push(symbolIn(frame, start, frame.length));
  return symbols;
}

function symbolIn(frame: Uint8Array, start: number, end: number): BarcodeSymbol {
  if (!isIdentifierAt(frame, start))
    return { data: start === 0 && end === frame.length ? frame : frame.subarray(start, end) };
  return {
    aim: String.fromCharCode(frame[start + 1] ?? 0, frame[start + 2] ?? 0),
    data: frame.subarray(start + 3, end),
  };
}

/** A weight on the same wire as the scans: Magellan's `S11…` and `S14…`. */
export function isScale(frame: Uint8Array): boolean {
  const isPrefixed = startsWith(frame, 'S11') || startsWith(frame, 'S14');
  return isPrefixed && frame.length <= 12 && (frame.length === 3 || areDigits(frame.subarray(3)));
}

/** What an insertion reader says of its slot between cards. */
export function isSensor(frame: Uint8Array): boolean {
  return frame.length === 1 && (frame[0] === 0x30 || frame[0] === 0x31);
}
