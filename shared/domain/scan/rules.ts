import type { CollectorNumberRule } from '../collector-number.ts';
import { areDigits, passesGs1Check, passesLuhn, startsWith, textOf } from './digits.ts';
import { isPaymentCardNumber } from './stripe.ts';

export const cardSources = ['barcode', 'track1', 'track2', 'track3'] as const;
export type CardSource = (typeof cardSources)[number];
export const fieldChecks = ['none', 'luhn', 'gs1'] as const;

/** Stands for a scanner that sends no AIM identifier, in a rule's symbologies. */
export const UNTYPED = 'untyped';

/**
 * Where a Collector's card holds its number. Data, because no public text gives the encoding: the whole field must be
 * `fieldLength` long, begin with `prefix`, and hold the number in digits at `offset`. Of a stripe, the field is what
 * stands before the first separator.
 */
export interface CardRule {
  readonly source: CardSource;
  /** Of a barcode: AIM identifiers or their first letters, and `untyped`. Of a stripe: none. */
  readonly symbologies: readonly string[];
  readonly prefix: string;
  readonly offset: number;
  readonly length: number;
  readonly fieldLength: number;
  /** A check over the whole field, beside the Collector Number's own. */
  readonly check: (typeof fieldChecks)[number];
}

/** A coupon is told by how it begins, by its symbology, or both. */
export interface CouponRule {
  readonly prefix: string;
  /** None means any. */
  readonly symbologies: readonly string[];
}

/** Everything that decides what a frame is. */
export interface ScanRules {
  readonly collectorNumberRule: CollectorNumberRule;
  readonly cardRules: readonly CardRule[];
  readonly coupons: readonly CouponRule[];
}

/**
 * The number as it stands: on track 2, and in the symbologies that can print eleven digits and are no product's.
 * What holds until cards were taught.
 */
export function bareCardRules(length: number): readonly CardRule[] {
  const bare = { prefix: '', offset: 0, length, fieldLength: length, check: 'none' } as const;
  return [
    { ...bare, source: 'barcode', symbologies: [UNTYPED, 'C0', 'F'] },
    { ...bare, source: 'track2', symbologies: [] },
  ];
}

/** A rule that knows more than a length: it may decide before products and payment cards are looked for. */
export function isTelling(rule: CardRule): boolean {
  return rule.prefix !== '' || rule.check !== 'none';
}

export function isOfSymbology(symbologies: readonly string[], aim: string | undefined): boolean {
  if (aim === undefined) return symbologies.includes(UNTYPED);
  for (const wanted of symbologies) if (wanted === aim || wanted === aim[0]) return true;
  return false;
}

/** The number's digits in a field that the rule fits, as a view of it. */
export function numberIn(rule: CardRule, field: Uint8Array): Uint8Array | undefined {
  if (field.length !== rule.fieldLength || !startsWith(field, rule.prefix)) return undefined;
  // A view costs more than everything else here, and most cards hold the number alone.
  const isWhole = rule.offset === 0 && rule.length === field.length;
  const digits = isWhole ? field : field.subarray(rule.offset, rule.offset + rule.length);
  if (digits.length !== rule.length || !areDigits(digits)) return undefined;
  return passesFieldCheck(rule, field) ? digits : undefined;
}

function passesFieldCheck({ check }: CardRule, field: Uint8Array): boolean {
  if (check === 'none') return true;
  return areDigits(field) && (check === 'luhn' ? passesLuhn(field) : passesGs1Check(field));
}

/** First digits of the payment networks (ISO/IEC 7812). */
const PAYMENT_ISSUERS = /^(4|5[0-9]|2[2-7]|3[04-9]|6011|64[4-9]|65|622|62[4-6]|628[2-8]|81)/;
const ISSUER_DIGITS = 6;

/** Whether digits begin as a payment network's cards do. */
export function hasPaymentIssuer(digits: Uint8Array): boolean {
  return PAYMENT_ISSUERS.test(textOf(digits.subarray(0, ISSUER_DIGITS)));
}

/** Whether a rule could take a payment card for a Collector's: it must never be in force. */
export function couldTakePaymentCards(rule: CardRule): boolean {
  if (rule.fieldLength < 13 || rule.fieldLength > 19) return false;
  const issuer = /^\d+/.exec(rule.prefix)?.[0] ?? '';
  return rule.prefix === issuer && (issuer.length < ISSUER_DIGITS || PAYMENT_ISSUERS.test(issuer));
}

/** Whether a field is a payment card's number and no telling rule's. */
export function isPaymentField(field: Uint8Array, source: CardSource, rules: ScanRules): boolean {
  if (!isPaymentCardNumber(field)) return false;
  return !rules.cardRules.some(
    (rule) =>
      rule.source === source &&
      isTelling(rule) &&
      !couldTakePaymentCards(rule) &&
      numberIn(rule, field) !== undefined,
  );
}
