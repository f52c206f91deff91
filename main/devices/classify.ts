import { type CollectorNumberRule, readCollectorNumber } from '../../shared/domain/collector-number.ts';
import { areDigits, codesOf, passesGs1Check } from './digits.ts';
import { refused, type Scan } from './scan.ts';
import { isPaymentCardNumber, isPaymentStripe, isStripe } from './stripe.ts';
import { type BarcodeSymbol, symbolsOf } from './symbol.ts';

/** What scanners send when told to report a trigger pull that read nothing. */
const noReadTexts = ['NR', 'NOREAD'];

/**
 * Says what a whole frame is. Only a Collector Number becomes a string; nothing of any other frame is kept. Order
 * matters: a code known to be a product is one even where its digits pass the Collector check, as one in ten UPC-A
 * codes starting with 8 would.
 */
export function classify(frame: Uint8Array, rule: CollectorNumberRule): Scan {
  if (isStripe(frame)) return refused(isPaymentStripe(frame) ? 'payment-card' : 'not-a-collector');
  const [symbol, ...others] = symbolsOf(frame);
  if (symbol === undefined) return refused('not-a-collector');
  if (others.length > 0)
    return refused(others.every(isSupplement) && isRetail(symbol) ? 'product' : 'two-codes');
  return classifySymbol(symbol, rule);
}

function classifySymbol(symbol: BarcodeSymbol, rule: CollectorNumberRule): Scan {
  const { data } = symbol;
  if (isNoRead(data)) return refused('no-read');
  if (isRetail(symbol) || (symbol.aim === undefined && isProductNumber(data))) return refused('product');
  if (mayHoldCollector(symbol) && hasCollectorShape(data, rule)) return readCollector(data, rule);
  if (isProductNumber(data)) return refused('product');
  return refused(isPaymentCardNumber(data) ? 'payment-card' : 'not-a-collector');
}

function readCollector(data: Uint8Array, rule: CollectorNumberRule): Scan {
  const reading = readCollectorNumber(String.fromCharCode(...data), rule);
  if (reading.kind !== 'valid') return refused('check-digit');
  return { kind: 'collector', collectorNumber: reading.collectorNumber, entryMode: 'scanned' };
}

/** The whole field must be the number: a longer one holding it could be anything. */
function hasCollectorShape(data: Uint8Array, rule: CollectorNumberRule): boolean {
  const startsRight = codesOf(rule.startsWith).every((digit, index) => data[index] === digit);
  return data.length === rule.length && areDigits(data) && startsRight;
}

/**
 * Plain Code 128, Codabar, or a scanner that sends no identifiers. No public text names the symbology of the cards:
 * these are the ones that can print eleven digits as they stand.
 */
function mayHoldCollector({ aim }: BarcodeSymbol): boolean {
  return aim === undefined || aim === 'C0' || aim.startsWith('F');
}

/** UPC-A, UPC-E, EAN-13 and EAN-8. */
function isRetail({ aim }: BarcodeSymbol): boolean {
  return aim?.startsWith('E') ?? false;
}

/** The two or five digits printed beside the code of a magazine or book. */
function isSupplement({ aim }: BarcodeSymbol): boolean {
  return aim === 'E1' || aim === 'E2';
}

function isProductNumber(data: Uint8Array): boolean {
  return [8, 12, 13, 14].includes(data.length) && areDigits(data) && passesGs1Check(data);
}

function isNoRead(data: Uint8Array): boolean {
  return data.length <= 6 && noReadTexts.includes(String.fromCharCode(...data));
}
