const ZERO = 0x30;
const NINE = 0x39;

// These read bytes, not strings: a string can not be wiped, and most of what is read here must not be kept.

/** The codes of ASCII characters. */
export function codesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

/** ASCII characters of codes. Only for what may be kept. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  // Four at a time: every piece that is put on makes a text of its own.
  for (; at + 4 <= bytes.length; at += 4)
    text += String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0);
  for (; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** True for one digit or more and nothing else. */
export function areDigits(bytes: Uint8Array): boolean {
  // A loop, as below: these run for every byte of a line at full speed, and a callback a byte shows there.
  for (let at = 0; at < bytes.length; at += 1) if (!isDigit(bytes[at])) return false;
  return bytes.length > 0;
}

/** Whether `bytes` begin with these characters. */
export function startsWith(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** GS1's modulus-10 check: weights 3 and 1 from the right, the check digit itself weighing 1. Digits only. */
export function passesGs1Check(digits: Uint8Array): boolean {
  return sumFromRight(digits, (digit, isOdd) => (isOdd ? digit * 3 : digit)) % 10 === 0;
}

/** The Luhn check of payment card numbers (ISO/IEC 7812-1): every second digit from the right doubled. Digits only. */
export function passesLuhn(digits: Uint8Array): boolean {
  const doubled = (digit: number): number => (digit > 4 ? digit * 2 - 9 : digit * 2);
  return sumFromRight(digits, (digit, isOdd) => (isOdd ? doubled(digit) : digit)) % 10 === 0;
}

function sumFromRight(digits: Uint8Array, weigh: (digit: number, isOdd: boolean) => number): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1)
    sum += weigh((digits[at] ?? ZERO) - ZERO, (digits.length - 1 - at) % 2 === 1);
  return sum;
}
