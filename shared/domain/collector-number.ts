/** A Collector Number that passed the terminal's rule: digits only, in full. Never put it in a log. */
export type CollectorNumber = string & { readonly brand: 'CollectorNumber' };

/**
 * How a Collector Number is told from other digits. A setting, because no official text states the rule:
 * 11 digits and a first digit 8 are what every published sample shows; the modulus-11 check digit comes from a
 * third-party validator that the realistic samples pass and the obvious dummies fail.
 */
export interface CollectorNumberRule {
  readonly length: number;
  readonly startsWith: string;
  readonly check: 'modulus-11' | 'none';
}

export type CollectorNumberFault =
  | { readonly kind: 'not-digits' }
  | { readonly kind: 'wrong-start'; readonly startsWith: string }
  | { readonly kind: 'too-short'; readonly missing: number }
  | { readonly kind: 'too-long'; readonly extra: number }
  | { readonly kind: 'check-digit' };

export type CollectorNumberReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'valid'; readonly collectorNumber: CollectorNumber }
  | { readonly kind: 'fault'; readonly fault: CollectorNumberFault };

/** How the number reached the terminal; it travels with the sale into the journal. */
export const entryModes = ['keyed', 'scanned', 'swiped', 'wedge'] as const;
export type EntryMode = (typeof entryModes)[number];

const ZERO = 0x30;
const WEIGHTS = [6, 5, 4, 3, 8, 7, 6, 5, 4, 3] as const;

/** The check digit for the first ten digits, whatever follows them: 0 where the weighted sum modulo 11 is below 2, else 11 minus it. */
export function checkDigitOf(firstTenDigits: string): number {
  let sum = 0;
  for (let at = 0; at < WEIGHTS.length; at += 1)
    sum += (WEIGHTS[at] ?? 0) * (firstTenDigits.charCodeAt(at) - ZERO);
  const remainder = sum % 11;
  return remainder < 2 ? 0 : 11 - remainder;
}

/** A pattern would cost more than all else that is done with a number a scanner read. */
function areOnlyDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

function fault(value: CollectorNumberFault): CollectorNumberReading {
  return { kind: 'fault', fault: value };
}

/** Reads a typed or scanned number. Spaces and hyphens are how people group digits and do not count. */
export function readCollectorNumber(text: string, rule: CollectorNumberRule): CollectorNumberReading {
  const digits = areOnlyDigits(text) ? text : text.replaceAll(/[\s\u00a0\u202f-]/g, '');
  if (digits === '') return { kind: 'empty' };
  if (!areOnlyDigits(digits)) return fault({ kind: 'not-digits' });
  const start = rule.startsWith.slice(0, digits.length);
  if (!digits.startsWith(start)) return fault({ kind: 'wrong-start', startsWith: rule.startsWith });
  if (digits.length < rule.length) return fault({ kind: 'too-short', missing: rule.length - digits.length });
  if (digits.length > rule.length) return fault({ kind: 'too-long', extra: digits.length - rule.length });
  if (rule.check === 'modulus-11' && digits.charCodeAt(10) - ZERO !== checkDigitOf(digits)) {
    return fault({ kind: 'check-digit' });
  }
  return { kind: 'valid', collectorNumber: digits as CollectorNumber };
}

/** The last four digits behind dots: the most that may reach a list, a log or a receipt by default. */
export function maskCollectorNumber(collectorNumber: string): string {
  return `····${collectorNumber.slice(-4)}`;
}

/**
 * Makes a number that passes the modulus-11 rule, for training and tests. It could in theory be somebody's: never
 * send it to production. `random` gives numbers from 0 up to but not including 1.
 */
export function makeCollectorNumber(random: () => number): CollectorNumber {
  const middle = Array.from({ length: 9 }, () => Math.floor(random() * 10)).join('');
  const firstTen = `8${middle}`;
  return `${firstTen}${checkDigitOf(firstTen)}` as CollectorNumber;
}
