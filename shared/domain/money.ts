/** An amount of money in whole Canadian cents. Never a float of dollars, anywhere. */
export type Cents = number & { readonly brand: 'Cents' };

/** Marks a whole number as cents. Throws on anything that is not a safe integer: that is a bug, not an input. */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number of cents: ${value}`);
  return value as Cents;
}

export type AmountFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-an-amount' }
  | { readonly kind: 'negative' }
  | { readonly kind: 'zero' }
  | { readonly kind: 'too-many-decimals' }
  | { readonly kind: 'over-limit'; readonly limitCents: Cents };

export type AmountReading =
  | { readonly kind: 'valid'; readonly amountCents: Cents }
  | { readonly kind: 'fault'; readonly fault: AmountFault };

export interface AmountRule {
  readonly limitCents: Cents;
  readonly zeroAllowed: boolean;
}

const SPACES_AND_SIGN = /[\s\u00a0\u202f$]/g;
const THOUSANDS_WITH_COMMA = /^\d{1,3}(,\d{3})+(\.\d*)?$/;

/**
 * Reads a typed amount of dollars as cents, the English way (`1,234.56`) and the French way (`1 234,56`).
 * A comma is thousands only where it can be nothing else (`1,234`, `1,234.5`); otherwise it is the decimal sign.
 */
export function readAmount(text: string, rule: AmountRule): AmountReading {
  const fault = (value: AmountFault): AmountReading => ({ kind: 'fault', fault: value });
  const bare = text.replaceAll(SPACES_AND_SIGN, '').replace('\u2212', '-');
  if (bare === '') return fault({ kind: 'empty' });
  if (bare.startsWith('-')) {
    return fault({ kind: /^-[\d.,]+$/.test(bare) ? 'negative' : 'not-an-amount' });
  }
  const plain = THOUSANDS_WITH_COMMA.test(bare) ? bare.replaceAll(',', '') : bare.replace(',', '.');
  const match = /^(\d*)(?:\.(\d*))?$/.exec(plain);
  if (match === null || plain === '.') return fault({ kind: 'not-an-amount' });
  const [, dollars = '', decimals = ''] = match;
  if (decimals.length > 2) return fault({ kind: 'too-many-decimals' });
  const digits = `${dollars}${decimals.padEnd(2, '0')}`.replace(/^0+(?=\d)/, '');
  if (digits.length > 15) return fault({ kind: 'over-limit', limitCents: rule.limitCents });
  const amountCents = cents(Number(digits));
  if (amountCents === 0 && !rule.zeroAllowed) return fault({ kind: 'zero' });
  if (amountCents > rule.limitCents) return fault({ kind: 'over-limit', limitCents: rule.limitCents });
  return { kind: 'valid', amountCents };
}

/**
 * Dollars as the JSON number the Issuance samples show: `0`, `3.25`, `28.22`, `9.9`. No trailing zeros.
 * Built from the digits, so no float ever stands between the cents and the wire.
 */
export function dollarsLiteral(amountCents: Cents): string {
  const sign = amountCents < 0 ? '-' : '';
  const digits = String(Math.abs(amountCents)).padStart(3, '0');
  const decimals = digits.slice(-2).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -2)}${decimals === '' ? '' : `.${decimals}`}`;
}
