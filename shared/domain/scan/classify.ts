import { type EntryMode, readCollectorNumber } from '../collector-number.ts';
import { readReceiptCode } from '../receipt-code.ts';
import { areDigits, passesGs1Check, startsWith, textOf } from './digits.ts';
import {
  type CardSource,
  isOfSymbology,
  isPaymentField,
  isTelling,
  numberIn,
  type ScanRules,
  UNTYPED,
} from './rules.ts';
import { outcomeOf, type Reading, refused, type Scan, type ScanRefusal } from './scan.ts';
import { isPaymentStripe, isStripe, numberField, readStripe, type Track } from './stripe.ts';
import { type BarcodeSymbol, isScale, isSensor, symbolsOf } from './symbol.ts';

/** What scanners send when told to report a trigger pull that read nothing. */
const noReadTexts = ['NR', 'NOREAD'];
/** The symbologies our receipts are printed in. */
const receiptSymbologies = [UNTYPED, 'C0', 'Q'];
const LONGEST_COUPON = 80;

/**
 * Says what a whole frame is, whatever device sent it. Only a Collector Number, a receipt's reference and a coupon's
 * code become strings; nothing of any other frame is kept. Order matters: a code known to be a product is one even where
 * its digits pass the Collector check, as one in ten UPC-A codes starting with 8 would, and a payment card is one
 * before anything but a card rule that knows its issuer.
 */
export function readFrame(frame: Uint8Array, rules: ScanRules): Reading {
  if (isStripe(frame)) return readSwipe(frame, rules);
  if (isSensor(frame)) return { scan: undefined, observation: seen('sensor', frame, undefined) };
  if (isScale(frame)) return { scan: undefined, observation: seen('scale', frame, undefined) };
  const [symbol, ...others] = symbolsOf(frame);
  const scan =
    symbol === undefined
      ? refused('not-a-collector')
      : others.length === 0
        ? readSymbol(symbol, rules)
        : refused(others.every(isSupplement) && isRetail(symbol) ? 'product' : 'two-codes');
  return {
    scan,
    observation: { form: 'barcode', aim: symbol?.aim, length: frame.length, outcome: outcomeOf(scan) },
  };
}

/** Bytes that did not become a frame. */
export function faultReading(code: ScanRefusal): Reading {
  return { scan: refused(code), observation: { form: 'fault', length: 0, outcome: code } };
}

function seen(
  form: Reading['observation']['form'],
  frame: Uint8Array,
  scan: Scan | undefined,
): Reading['observation'] {
  return { form, length: frame.length, outcome: outcomeOf(scan) };
}

function readSymbol(symbol: BarcodeSymbol, rules: ScanRules): Scan {
  const { data, aim } = symbol;
  if (isNoRead(data)) return refused('no-read');
  const numbers = numbersOn('barcode', data, aim, rules);
  if (numbers.telling.length > 0) return collectorOf(numbers.telling, 'scanned', rules);
  if (isProduct(symbol)) return refused('product');
  if (isPaymentField(data, 'barcode', rules)) return refused('payment-card');
  if (numbers.bare.length > 0) return collectorOf(numbers.bare, 'scanned', rules);
  const reference = isOfSymbology(receiptSymbologies, aim) ? readReceiptCode(textOf(data)) : undefined;
  if (reference !== undefined) return { kind: 'receipt', reference };
  if (isCoupon(symbol, rules)) return { kind: 'coupon', couponCode: textOf(data) };
  return refused('not-a-collector');
}

/** A swipe. A track the reader could not read does not matter while another gives the number. */
function readSwipe(frame: Uint8Array, rules: ScanRules): Reading {
  const reading = readStripe(frame);
  if (reading.kind === 'broken') {
    const scan = refused(isPaymentStripe(frame) ? 'payment-card' : 'card-unread');
    return { scan, observation: seen('stripe', frame, scan) };
  }
  const trackLengths = reading.tracks.map(({ data, isGood }) => (isGood ? data.length : 0));
  const scan = readTracks(
    reading.tracks.filter(({ isGood }) => isGood),
    reading.tracks,
    rules,
  );
  return { scan, observation: { ...seen('stripe', frame, scan), trackLengths } };
}

function readTracks(good: readonly Track[], all: readonly Track[], rules: ScanRules): Scan {
  const fields = good.map(({ number, data }) => ({
    source: `track${number}` as const,
    field: numberField(data),
  }));
  try {
    // A co-branded payment card holds both: its payment number decides.
    if (fields.some(({ source, field }) => isPaymentField(field, source, rules)))
      return refused('payment-card');
    const numbers = fields.map(({ source, field }) => numbersOn(source, field, undefined, rules));
    const found = numbers.flatMap(({ telling, bare }) => [...telling, ...bare]);
    if (found.length > 0) {
      const scan = collectorOf(found, 'swiped', rules);
      return fields.some(({ field }) => isAnother(scan, field, rules)) ? refused('two-codes') : scan;
    }
    return refused(good.length < all.length ? 'card-unread' : 'not-a-collector');
  } finally {
    for (const { field } of fields) field.fill(0);
  }
}

/**
 * Whether a track's field is a Collector Number and not the one that was read. Two swipes of track 2 that came as one
 * look like one card's tracks 2 and 3; no card has two Collectors.
 */
function isAnother(scan: Scan, field: Uint8Array, { collectorNumberRule }: ScanRules): boolean {
  if (scan.kind !== 'collector' || field.length !== collectorNumberRule.length || !areDigits(field))
    return false;
  const reading = readCollectorNumber(textOf(field), collectorNumberRule);
  return reading.kind === 'valid' && reading.collectorNumber !== scan.collectorNumber;
}

interface Numbers {
  readonly telling: readonly Uint8Array[];
  readonly bare: readonly Uint8Array[];
}

/** The digits each fitting rule finds in a field. */
function numbersOn(
  source: CardSource,
  field: Uint8Array,
  aim: string | undefined,
  { cardRules, collectorNumberRule }: ScanRules,
): Numbers {
  const telling: Uint8Array[] = [];
  const bare: Uint8Array[] = [];
  for (const rule of cardRules) {
    if (rule.source !== source) continue;
    if (source === 'barcode' && !isOfSymbology(rule.symbologies, aim)) continue;
    const digits = numberIn(rule, field);
    if (digits === undefined || digits.length !== collectorNumberRule.length) continue;
    if (!startsWith(digits, collectorNumberRule.startsWith)) continue;
    (isTelling(rule) ? telling : bare).push(digits);
  }
  return { telling, bare };
}

/** The one number that all rules agree on, where it passes the Collector Number's own check. */
function collectorOf(
  found: readonly Uint8Array[],
  entryMode: EntryMode,
  { collectorNumberRule }: ScanRules,
): Scan {
  const text = found[0] === undefined ? '' : textOf(found[0]);
  if (found.length > 1 && found.some((other) => textOf(other) !== text)) return refused('not-a-collector');
  const reading = readCollectorNumber(text, collectorNumberRule);
  if (reading.kind !== 'valid') return refused('check-digit');
  return { kind: 'collector', collectorNumber: reading.collectorNumber, entryMode };
}

function isCoupon({ data, aim }: BarcodeSymbol, { coupons }: ScanRules): boolean {
  if (data.length === 0 || data.length > LONGEST_COUPON) return false;
  return coupons.some(
    ({ prefix, symbologies }) =>
      startsWith(data, prefix) && (symbologies.length === 0 || isOfSymbology(symbologies, aim)),
  );
}

function isProduct(symbol: BarcodeSymbol): boolean {
  const { data, aim } = symbol;
  if (isRetail(symbol)) return true;
  if (aim === undefined) return isProductNumber(data);
  return isGs1(aim) && startsWith(data, '01') && isGtin(data.subarray(2, 16));
}

/** UPC-A, UPC-E, EAN-13 and EAN-8. */
function isRetail({ aim }: BarcodeSymbol): boolean {
  return aim?.[0] === 'E';
}

/** Symbols whose content starts with a GS1 application identifier. */
function isGs1(aim: string): boolean {
  return aim === 'C1' || aim === 'd2' || aim === 'Q3' || aim[0] === 'e';
}

/** The two or five digits printed beside the code of a magazine or book. */
function isSupplement({ aim }: BarcodeSymbol): boolean {
  return aim === 'E1' || aim === 'E2';
}

function isProductNumber(data: Uint8Array): boolean {
  return [8, 12, 13, 14].includes(data.length) && areDigits(data) && passesGs1Check(data);
}

function isGtin(data: Uint8Array): boolean {
  return data.length === 14 && isProductNumber(data);
}

function isNoRead(data: Uint8Array): boolean {
  return data.length <= 6 && noReadTexts.includes(textOf(data));
}
