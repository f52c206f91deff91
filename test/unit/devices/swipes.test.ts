import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScanLine } from '../../../main/devices/line.ts';
import { scannerProfile } from '../../../main/devices/frames.ts';
import { CardRule } from '../../../shared/contract/devices.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { readFrame } from '../../../shared/domain/scan/classify.ts';
import { bareCardRules, type CardRule as Rule, type ScanRules } from '../../../shared/domain/scan/rules.ts';
import { readStripe } from '../../../shared/domain/scan/stripe.ts';
import { bytes } from './frame-run.ts';
import { createHandClock } from './hand-clock.ts';
import { seeded } from './fuzz.ts';

const rules: ScanRules = {
  collectorNumberRule: { length: 11, startsWith: '8', check: 'modulus-11' },
  cardRules: bareCardRules(11),
  coupons: [],
};
const number = makeCollectorNumber(seeded(1));
const collector = fc.nat().map((seed) => makeCollectorNumber(seeded(seed)));

/** What one line of text comes to, followed by silence. */
function outcomes(text: string, withRules: ScanRules = rules): string[] {
  const clock = createHandClock();
  const seen: string[] = [];
  const line = createScanLine({
    profile: scannerProfile,
    rules: () => withRules,
    clock,
    onFrame: () => undefined,
    onReading: ({ scan, observation }) =>
      seen.push(
        scan?.kind === 'collector' ? `${scan.entryMode} ${scan.collectorNumber}` : observation.outcome,
      ),
  });
  line.take(bytes(text));
  clock.advance(1_000);
  return seen;
}

function withCheck(track: string, base: number): string {
  const sum = Array.from(track).reduce((total, character) => total ^ (character.charCodeAt(0) - base), 0);
  return track + String.fromCharCode(sum + base);
}

describe('a swipe', () => {
  const one = '%B0123^PERSON/A^2912?';
  const two = `;${number}=4912?`;
  test.each([
    ['a bare track 2', `;${number}?\r`],
    ['with a dummy expiry', `${two}\r`],
    ['two tracks in one line', `${one}${two}\r`],
    ['a line a track', `${one}\r${two}\r`],
    ['ID TECH’s UIC mode', `\x02${one}\x10${two}\x03`],
    ['a line a track with CR LF', `${one}\r\n${two}\r\n`],
    ['MagTek’s STX, ESC, CR and ETX', `\x02\x1b${one}${two}\r\x03`],
    ['the slot’s sensor at the end', `\x02\x1b${one}${two}1\r\x03`],
    ['a bad track 1', `%E?${two}\r`],
    ['a bad track 1 and a third', `%E?${two}+4912?\r`],
    ['a third track that opens with ;', `${two};4912?\r`],
    ['check characters', `${withCheck(one, 0x20)}${withCheck(two, 0x30)}\r`],
    ['a check character and a line a track', `${withCheck(one, 0x20)}\r${withCheck(two, 0x30)}\r`],
    [
      'a check character on track 3, over the sentinel the stripe has',
      `${withCheck(two, 0x30)}+4912?${withCheck(';4912?', 0x30).slice(-1)}\r`,
    ],
    ['no terminator at all', two],
  ])('is read: %s', (_name, text) => {
    expect(outcomes(text)).toEqual([`swiped ${number}`]);
  });

  test.each([
    ['without its end', `;${number}\r`, 'card-unread'],
    ['with a wrong check character', `;${number}?:\r`, 'card-unread'],
    ['with a letter in track 2', `;${number.slice(0, 5)}A${number.slice(6)}?\r`, 'card-unread'],
    ['with only bad tracks', '%E?;E?\r', 'card-unread'],
    ['with track 2 twice and more', `${two}${two}${two}\r`, 'card-unread'],
    ['with track 2 before track 1', `${two}${one}\r`, 'card-unread'],
    ['of another programme', ';636012345678=4912?\r', 'not-a-collector'],
    ['of a payment card', ';4111111111111111=2912?\r', 'payment-card'],
    ['of a payment card, track 1 alone', '%B4111111111111111^PERSON/A^2912?\r', 'payment-card'],
    ['of a payment card without its end', ';4111111111111111=2912\r', 'payment-card'],
    ['of a payment card that holds a Collector too', `%B4111111111111111^A^2912?${two}\r`, 'payment-card'],
    ['of a payment card whose second track has no end', `;4111111111111111=2912?\r${two}`, 'payment-card'],
    ['of a payment card, a line a track', `%B4111111111111111^A^2912?\r${two}\r`, 'payment-card'],
    ['with a wrong check digit', `;${number.slice(0, 10)}${(Number(number[10]) + 1) % 10}?\r`, 'check-digit'],
  ])('is refused: %s', (_name, text, code) => {
    expect(outcomes(text)).toEqual([code]);
  });

  test('the published check character of ;1234567890? is 5', () => {
    expect(readStripe(bytes(';1234567890?5')).kind).toBe('tracks');
    for (const wrong of Array.from('2346789:<=>'))
      expect(readStripe(bytes(`;1234567890?${wrong}`)).kind, wrong).toBe('broken');
  });

  test('a track that is lost a byte never gives another number, nor does one that is cut', () => {
    fc.assert(
      fc.property(collector, fc.nat(40), fc.boolean(), (card, place, isCut) => {
        const swipe = `;${card}=4912?\r`;
        const at = place % swipe.length;
        const text = isCut ? swipe.slice(0, at) : swipe.slice(0, at) + swipe.slice(at + 1);
        for (const seen of outcomes(text)) {
          if (seen.startsWith('swiped')) expect(seen).toBe(`swiped ${card}`);
        }
        if (isCut && at <= card.length + 6) expect(outcomes(text).join()).not.toContain('swiped');
      }),
    );
  });

  test('two swipes a second apart are two, and two at once are none', () => {
    const other = makeCollectorNumber(seeded(2));
    const clock = createHandClock();
    const seen: string[] = [];
    const line = createScanLine({
      profile: scannerProfile,
      rules: () => rules,
      clock,
      onFrame: () => undefined,
      onReading: ({ scan }) => seen.push(scan?.kind === 'collector' ? scan.collectorNumber : 'none'),
    });
    for (const card of [number, other]) {
      line.take(bytes(`;${card}?\r`));
      clock.advance(1_000);
    }
    expect(seen).toEqual([number, other]);
    line.take(bytes(`;${number}?\r;${other}?\r;${number}?\r`));
    clock.advance(1_000);
    expect(seen.slice(2)).toEqual(['none']);
  });
});

describe('other devices on the wire', () => {
  test.each([
    [`S08B3${number}\r`, [`scanned ${number}`]],
    ['S08A036000291452\r', ['product']],
    ['S08F4006381333931\r', ['product']],
    ['S08E01234565\r', ['product']],
    ['S08R0100012345678905\r', ['product']],
    [`S08B1${number}\r`, ['not-a-collector']],
    ['S1100250\rS14\r', ['ignored', 'ignored']],
    ['1\r0\r', ['ignored', 'ignored']],
    [']C10100036000291452\r', ['product']],
    [']e00100036000291450\r', ['not-a-collector']],
    ['MP-K7Q3M2XVT9PH\r', ['receipt']],
    [']Q1MP-K7Q3M2XVT9PH\r', ['receipt']],
    [']C0MP-K7Q3M2XVT9PH\r', ['receipt']],
    [']d1MP-K7Q3M2XVT9PH\r', ['not-a-collector']],
    ['MP-K7Q3M2XVT9P\r', ['not-a-collector']],
  ])('%j comes to %j', (text, expected) => {
    expect(outcomes(text)).toEqual(expected);
  });

  test('five frames in a row that are none say that the line is set wrongly, and a good one starts over', () => {
    const clock = createHandClock();
    const seen: string[] = [];
    const line = createScanLine({
      profile: scannerProfile,
      rules: () => rules,
      clock,
      onFrame: () => undefined,
      onReading: ({ observation }) => seen.push(observation.outcome),
    });
    const garbage = (times: number): void => {
      for (let turn = 0; turn < times; turn += 1) {
        line.take(bytes('\xf8\x80\xfe\r'));
        clock.advance(1_000);
      }
    };
    garbage(5);
    expect(seen).toEqual(['bad-bytes', 'bad-bytes', 'bad-bytes', 'bad-bytes', 'line-settings']);
    line.take(bytes(`${number}\r`));
    garbage(1);
    expect(seen.slice(5)).toEqual(['collector', 'bad-bytes']);
  });
});

describe('rules', () => {
  const issuer: Rule = {
    source: 'track2',
    symbologies: [],
    prefix: '627421',
    offset: 6,
    length: 11,
    fieldLength: 17,
    check: 'none',
  };
  const withRule = (rule: Rule): ScanRules => ({ ...rules, cardRules: [...rules.cardRules, rule] });

  test('a rule that knows an issuer reads the number behind it, on that track only', () => {
    expect(outcomes(`;627421${number}=4912?\r`, withRule(issuer))).toEqual([`swiped ${number}`]);
    // One in ten passes for a payment card by chance, which is a refusal too.
    for (const text of [`;627422${number}=4912?\r`, `;627421${number}0=4912?\r`, `%B627421${number}^A?\r`])
      expect(outcomes(text, withRule(issuer)).join()).toMatch(/^(not-a-collector|payment-card)$/);
  });

  test('two rules that find two numbers in one card give none', () => {
    const other = makeCollectorNumber(seeded(2));
    const text = `%${other}^A?;${number}?\r`;
    const track1: Rule = { ...issuer, source: 'track1', prefix: '', offset: 0, fieldLength: 11 };
    expect(outcomes(text, withRule(track1))).toEqual(['not-a-collector']);
  });

  test('a rule that could take a payment card is refused by the settings', () => {
    const sixteen = { ...issuer, fieldLength: 16, offset: 5, prefix: '' };
    expect(CardRule.safeParse(issuer).success).toBe(true);
    expect(CardRule.safeParse(sixteen).success).toBe(false);
    expect(CardRule.safeParse({ ...sixteen, prefix: '41111' }).success).toBe(false);
    expect(CardRule.safeParse({ ...issuer, prefix: '411111' }).success).toBe(false);
    expect(CardRule.safeParse({ ...issuer, prefix: '222100' }).success).toBe(false);
  });

  test('a coupon is told by its rule, never before a payment card', () => {
    const coupons = {
      ...rules,
      coupons: [
        { prefix: '99', symbologies: ['C0'] },
        { prefix: '4', symbologies: [] },
      ],
    };
    expect(outcomes(']C0991234\r', coupons)).toEqual(['coupon']);
    expect(outcomes(']A0991234\r', coupons)).toEqual(['not-a-collector']);
    expect(outcomes('4111111111111111\r', coupons)).toEqual(['payment-card']);
    expect(outcomes('4X\r', coupons)).toEqual(['coupon']);
  });

  test('what is told of any frame holds no run of six digits', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0123456789;%?=+B^]C0E')), maxLength: 60 }),
        (text) => {
          const { observation } = readFrame(bytes(text), rules);
          expect(JSON.stringify(observation)).not.toMatch(/[0-9]{6}/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
