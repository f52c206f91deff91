import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrame } from '../../../shared/domain/scan/classify.ts';
import type { Scan } from '../../../shared/domain/scan/scan.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { type CollectorNumberRule, makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { bareCardRules, type ScanRules } from '../../../shared/domain/scan/rules.ts';
import { bytes, framesOf } from './frame-run.ts';

const rule: CollectorNumberRule = { length: 11, startsWith: '8', check: 'modulus-11' };

function rulesFor(collectorNumberRule: CollectorNumberRule, more: Partial<ScanRules> = {}): ScanRules {
  return { collectorNumberRule, cardRules: bareCardRules(collectorNumberRule.length), coupons: [], ...more };
}

function classify(
  frame: Uint8Array,
  withRule: CollectorNumberRule,
  more: Partial<ScanRules> = {},
): Scan | undefined {
  return readFrame(frame, rulesFor(withRule, more)).scan;
}

const collector = fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })).map((stream) => {
  const numbers = stream[Symbol.iterator]();
  return makeCollectorNumber(() => Number(numbers.next().value));
});

function outcomeOf(text: string, withRule: CollectorNumberRule = rule): string {
  const scan = classify(bytes(text), withRule);
  if (scan === undefined) return 'ignored';
  return scan.kind === 'refused' ? scan.code : scan.kind;
}

/** All scans of bytes on the line, frames and classifier together. */
function collectorsOn(line: string): string[] {
  return framesOf(line).flatMap((seen) => {
    const scan = 'frame' in seen ? classify(bytes(seen.frame), rule) : undefined;
    return scan?.kind === 'collector' ? [scan.collectorNumber] : [];
  });
}

/** The rule once more, written apart from the program's: tries each check digit until the weighted sum fits. */
function oracleAccepts(text: string): boolean {
  if (!/^8[0-9]{10}$/.test(text)) return false;
  const digits = Array.from(text, Number);
  const sum =
    6 * digits[0]! +
    5 * digits[1]! +
    4 * digits[2]! +
    3 * digits[3]! +
    8 * digits[4]! +
    7 * digits[5]! +
    6 * digits[6]! +
    5 * digits[7]! +
    4 * digits[8]! +
    3 * digits[9]!;
  const last = digits[10]!;
  return sum % 11 === 0 || sum % 11 === 1 ? last === 0 : (sum + last) % 11 === 0;
}

describe('a Collector Number', () => {
  test.each(['', ']C0', ']F0', ']F4'])('is read behind the identifier "%s"', (identifier) => {
    fc.assert(
      fc.property(collector, (number) => {
        expect(classify(bytes(`${identifier}${number}`), rule)).toEqual({
          kind: 'collector',
          collectorNumber: number,
          entryMode: 'scanned',
        });
      }),
    );
  });

  test.each([']A0', ']C1', ']I0', ']Q1', ']X0'])(
    'is not taken from a symbol of the kind "%s"',
    (identifier) => {
      fc.assert(
        fc.property(collector, (number) => {
          expect(outcomeOf(`${identifier}${number}`)).toBe('not-a-collector');
        }),
      );
    },
  );

  test('with another check digit is refused as such', () => {
    fc.assert(
      fc.property(collector, fc.integer({ min: 1, max: 9 }), (number, shift) => {
        const wrong = `${number.slice(0, 10)}${(Number(number[10]) + shift) % 10}`;
        expect(outcomeOf(wrong)).toBe('check-digit');
        expect(outcomeOf(wrong, { ...rule, check: 'none' })).toBe('collector');
      }),
    );
  });

  test('starts and measures as the settings say', () => {
    expect(outcomeOf('77123', { length: 5, startsWith: '77', check: 'none' })).toBe('collector');
    expect(outcomeOf('78123', { length: 5, startsWith: '77', check: 'none' })).toBe('not-a-collector');
  });

  test('is never read from a truncated frame', () => {
    fc.assert(
      fc.property(collector, fc.nat(10), fc.constantFrom('', '\r'), (number, length, end) => {
        expect(collectorsOn(`${number.slice(0, length)}${end}`)).toEqual([]);
        expect(collectorsOn(`${number.slice(11 - length)}${end}`)).toEqual([]);
        expect(collectorsOn(number)).toEqual([]);
      }),
    );
  });

  test('is never read from a frame that lost a byte', () => {
    fc.assert(
      fc.property(collector, fc.nat(10), (number, lost) => {
        expect(collectorsOn(`${number.slice(0, lost)}${number.slice(lost + 1)}\r`)).toEqual([]);
      }),
    );
  });

  test('is never read from two glued together', () => {
    fc.assert(
      fc.property(collector, collector, fc.constantFrom('', ']C0'), (first, second, identifier) => {
        expect(collectorsOn(`${identifier}${first}${identifier}${second}\r`)).toEqual([]);
      }),
    );
  });

  test('is accepted exactly where an independent reading of the rule accepts it', () => {
    const near = fc.stringMatching(/^8[0-9]{10}$/);
    const far = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789 -8]C')),
      minLength: 9,
      maxLength: 14,
    });
    fc.assert(
      fc.property(fc.oneof(near, far), (text) => {
        expect(outcomeOf(text) === 'collector').toBe(oracleAccepts(text));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('everything else', () => {
  test.each([
    ['036000291452', 'product'], // UPC-A
    ['4006381333931', 'product'], // EAN-13
    ['96385074', 'product'], // EAN-8
    ['00012345600012', 'product'], // ITF-14
    [']E0036000291452', 'product'],
    [']E00036000291452', 'product'], // UPC-A as 13 digits
    [']E496385074', 'product'],
    [']E0978020137962', 'product'], // the identifier decides, not the digits
    [']E0036000291452]E112', 'product'], // with a two-digit supplement
    [']E0036000291452]E0036000291452', 'two-codes'],
    [']C0ABC]C0DEF', 'two-codes'],
    ['ABC]C0DEF', 'two-codes'],
    ['4111111111111111', 'payment-card'],
    ['5555555555554444', 'payment-card'],
    ['378282246310005', 'payment-card'],
    ['6011000990139424', 'payment-card'],
    [';4111111111111111=29121010000000000?', 'payment-card'],
    ['%B4111111111111111^PERSON/A^2912101?;4111111111111111=29121010000000000?', 'payment-card'],
    ['%B3782 822463 10005^PERSON/A^2912101?', 'payment-card'],
    ['%E?;4111111111111111=29121010000000000?', 'payment-card'],
    [';4111111111111112=29121010000000000?', 'not-a-collector'],
    [';636012345678=4912?', 'not-a-collector'],
    ['4111111111111112', 'not-a-collector'],
    ['NR', 'no-read'],
    ['NOREAD', 'no-read'],
    [']A0NR', 'no-read'],
    ['036000291453', 'not-a-collector'],
    ['70000000000', 'not-a-collector'],
    ['8000000000', 'not-a-collector'],
    ['800000000001', 'not-a-collector'],
    ['HELLO', 'not-a-collector'],
    [']C0', 'not-a-collector'],
    [']', 'not-a-collector'],
    ['A\u001d8', 'not-a-collector'],
  ])('%j is %s', (text, code) => {
    expect(outcomeOf(text)).toBe(code);
  });

  test('a UPC-A code that passes the Collector check is still a product', () => {
    fc.assert(
      fc.property(collector, (number) => {
        const odd = [...Array(6).keys()].reduce((sum, i) => sum + Number(number[i * 2]), 0) * 3;
        const even = [...Array(5).keys()].reduce((sum, i) => sum + Number(number[i * 2 + 1]), 0);
        const upc = `${number}${(10 - ((odd + even) % 10)) % 10}`;
        expect(outcomeOf(upc)).toBe('product');
        expect(outcomeOf(`]E0${upc}`)).toBe('product');
        expect(outcomeOf(`]E0${number}`)).toBe('product');
        expect(outcomeOf(upc, { length: 12, startsWith: '8', check: 'none' })).toBe('product');
      }),
    );
  });

  test('no refusal carries a digit, and every scan is one of the contract', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789')),
      minLength: 6,
      maxLength: 22,
    });
    const dressed = fc
      .tuple(
        fc.constantFrom('', ';', '%B', ']C0', ']E0', ']Q1', '+'),
        digits,
        fc.constantFrom('', '?', '=4912?', 'X'),
      )
      .map((parts) => parts.join(''));
    const any = fc.uint8Array({ maxLength: 512 }).map((raw) => Buffer.from(raw).toString('latin1'));
    fc.assert(
      fc.property(fc.oneof(dressed, any), (text) => {
        const scan = classify(bytes(text), rule);
        if (scan === undefined) return;
        expect(contract.events.scan.parse(scan)).toEqual(scan);
        if (scan.kind === 'refused') expect(JSON.stringify(scan)).not.toMatch(/[0-9]/);
      }),
      { numRuns: 2_000 },
    );
  });
});
