import { codesOf, isDigit } from './digits.ts';

/** A barcode as a scanner hands it over: its AIM symbology letter and modifier where sent, and the data. */
export interface BarcodeSymbol {
  /** `]` + letter + modifier without the bracket, such as `C0`; absent when the scanner sends no identifiers. */
  readonly aim?: string;
  readonly data: Uint8Array;
}

const BRACKET = 0x5d;

/** The symbology letters of AIM identifiers (ISO/IEC 15424). */
const LETTERS = new Set(codesOf('ACEeFGHILMQdzSX'));

function isIdentifierAt(frame: Uint8Array, index: number): boolean {
  const letter = frame[index + 1];
  return frame[index] === BRACKET && letter !== undefined && LETTERS.has(letter) && isDigit(frame[index + 2]);
}

/**
 * Cuts a frame at its AIM identifiers. Normally one symbol; more when a scanner joined several, as it may for a product
 * and its supplement (`]E0…]E1…`), or when a terminator was lost.
 */
export function symbolsOf(frame: Uint8Array): readonly BarcodeSymbol[] {
  const starts = [...frame.keys()].filter((index) => isIdentifierAt(frame, index));
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((start, position) => {
    const part = frame.subarray(start, starts[position + 1] ?? frame.length);
    if (!isIdentifierAt(part, 0)) return { data: part };
    return { aim: String.fromCharCode(...part.subarray(1, 3)), data: part.subarray(3) };
  });
}
