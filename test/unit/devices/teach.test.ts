import { describe, expect, test } from 'vitest';
import { createTeaching } from '../../../main/devices/teach.ts';
import { readFrame } from '../../../shared/domain/scan/classify.ts';
import type { TeachState } from '../../../shared/contract/devices.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { bareCardRules, type ScanRules } from '../../../shared/domain/scan/rules.ts';
import { bytes } from './frame-run.ts';
import { seeded } from './fuzz.ts';

const rules: ScanRules = {
  collectorNumberRule: { length: 11, startsWith: '8', check: 'modulus-11' },
  cardRules: bareCardRules(11),
  coupons: [],
};
const cards = [1, 2, 3, 4].map((seed) => makeCollectorNumber(seeded(seed)));
const [first = '', second = ''] = cards;

function luhnDigit(text: string): string {
  const sum = Array.from(text)
    .toReversed()
    .reduce((total, digit, place) => {
      const twice = Number(digit) * (2 - (place % 2));
      return total + (twice > 9 ? twice - 9 : twice);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** Scans three cards, each as `frameOf` makes it, and types what is printed on them. */
function teach(frameOf: (card: string, index: number) => string) {
  const states: TeachState[] = [];
  const teaching = createTeaching(
    () => rules,
    (state) => states.push(state),
  );
  for (const [index, card] of cards.slice(0, 3).entries()) {
    teaching.take(bytes(frameOf(card, index)));
    teaching.giveDigits(card);
  }
  return { teaching, states, last: () => states.at(-1) };
}

describe('teaching the cards', () => {
  test('finds the number behind an issuer on track 2, with the field’s Luhn digit, and reads a fourth card by it', () => {
    const frameOf = (card: string): string => {
      const field = `627421${card}`;
      return `%E?;${field}${luhnDigit(field)}=4912?`;
    };
    const { last } = teach(frameOf);
    const state = last();
    expect(state).toEqual({
      step: 'proposed',
      samples: 3,
      rules: [
        {
          source: 'track2',
          symbologies: [],
          prefix: '627421',
          offset: 6,
          length: 11,
          fieldLength: 18,
          check: 'luhn',
        },
      ],
    });
    if (state?.step !== 'proposed') throw new Error('Nothing was proposed');
    const [, , , fourth = ''] = cards;
    const reading = readFrame(bytes(frameOf(fourth)), { ...rules, cardRules: state.rules });
    expect(reading.scan).toEqual({ kind: 'collector', collectorNumber: fourth, entryMode: 'swiped' });
  });

  test.each([
    [']I00', ['I0'], '0'],
    ['9X', ['untyped'], '9X'],
    [']A0AB-', ['A0'], 'AB-'],
  ])('finds the number in a barcode behind %j', (before, symbologies, prefix) => {
    const { last } = teach((card) => `${before}${card}`);
    expect(last()).toMatchObject({
      step: 'proposed',
      rules: [
        { source: 'barcode', symbologies, prefix, offset: prefix.length, fieldLength: 11 + prefix.length },
      ],
    });
  });

  test('what differs from card to card before the number is no part of the prefix', () => {
    const { last } = teach((card, index) => `]A0A${index}${card}`);
    expect(last()).toMatchObject({ step: 'proposed', rules: [{ prefix: 'A', offset: 2, fieldLength: 13 }] });
  });

  test('cards that are not alike give no rule', () => {
    const { last } = teach((card, index) => (index === 2 ? `]A0AB${card}` : `]A0A${card}`));
    expect(last()).toEqual({ step: 'scan', samples: 0, refusal: 'not-alike' });
  });

  test('a rule that could take a payment card is not proposed', () => {
    const { last } = teach((card) => `;41234${card}?`);
    expect(last()).toMatchObject({ step: 'scan', refusal: 'payment-card' });
  });

  test('a payment card is no sample', () => {
    const states: TeachState[] = [];
    const teaching = createTeaching(
      () => rules,
      (state) => states.push(state),
    );
    teaching.take(bytes('%B4111111111111111^A^2912?;4111111111111111=2912?'));
    expect(states.at(-1)).toEqual({ step: 'scan', samples: 0, refusal: 'payment-card' });
    teaching.take(bytes(`]A0A${first}`));
    teaching.refusePaymentCard();
    expect(states.at(-1)).toEqual({ step: 'scan', samples: 0, refusal: 'payment-card' });
    teaching.giveDigits(first);
    expect(states.at(-1)).toEqual({ step: 'scan', samples: 0 });
  });

  test('asks again for digits that are no number, or not in the code, and for another card when one comes twice', () => {
    const states: TeachState[] = [];
    const teaching = createTeaching(
      () => rules,
      (state) => states.push(state),
    );
    teaching.take(bytes(`]A0A${first}`));
    teaching.giveDigits('80000');
    expect(states.at(-1)).toMatchObject({ step: 'digits', refusal: 'not-the-number' });
    teaching.giveDigits(second);
    expect(states.at(-1)).toMatchObject({ step: 'digits', refusal: 'not-in-code' });
    teaching.giveDigits(`${first.slice(0, 4)} ${first.slice(4)}`);
    expect(states.at(-1)).toEqual({ step: 'scan', samples: 1 });
    teaching.take(bytes(`]A0A${first}`));
    teaching.giveDigits(first);
    expect(states.at(-1)).toEqual({ step: 'scan', samples: 1, refusal: 'same-card' });
    teaching.take(bytes(`;${first}`));
    expect(states.at(-1)).toMatchObject({ step: 'scan', refusal: 'spoiled' });
  });

  test('says nothing of the cards but the prefix they share', () => {
    const { states } = teach((card) => `;627421${card}=4912?`);
    const said = JSON.stringify(states);
    for (const card of cards) expect(said).not.toContain(card.slice(1, 7));
  });
});
