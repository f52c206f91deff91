import { describe, expect, test } from 'vitest';
import { reduceCheckout, type CheckoutAction } from '../../../renderer/features/checkout/checkout-actions.ts';
import { startCheckout, type CheckoutState } from '../../../renderer/features/checkout/checkout-state.ts';
import { readEntry } from '../../../renderer/features/checkout/entry.ts';
import { lineOf, type Line } from '../../../renderer/features/checkout/line.ts';
import { lineText } from '../../../renderer/features/checkout/line-text.ts';
import { formOf, knownEarns, previewInput, type Earns } from '../../../renderer/features/checkout/preview.ts';
import { createWords } from '../../../renderer/app/words.ts';
import { sampleCollector, sampleDraft, sampleSale, sampleSnapshot } from './samples.ts';

const rules = sampleSnapshot();
const collector = sampleCollector(1);
const ready = sampleDraft(1, { collectorText: collector, amountText: '24.97' });

function play(start: CheckoutState, ...actions: readonly CheckoutAction[]): CheckoutState {
  return actions.reduce((state, action) => reduceCheckout(state, action, rules), start);
}

function lineFor(checkout: CheckoutState, isConnected = true): Line {
  return lineOf({
    checkout,
    entry: readEntry(checkout.draft, rules),
    earns: knownEarns(checkout, rules),
    scanner: { state: 'ready' },
    isConnected,
  });
}

const blank = startCheckout(sampleDraft(1), 'collector', 1);
const typed = (field: 'collector' | 'amount' | 'hst', text: string) =>
  ({ kind: 'typed', field, text }) as const;
const press = { kind: 'pressed', by: 'button' } as const;
const enter = { kind: 'pressed', by: 'enter' } as const;
const answered = (output: Extract<CheckoutAction, { kind: 'answered' }>['result']): CheckoutAction => ({
  kind: 'answered',
  saleKey: ready.saleKey,
  result: output,
});
const recorded = answered({
  kind: 'answer',
  output: { kind: 'recorded', sale: sampleSale(1), isRepeat: false, nextDraft: sampleDraft(2) },
});

describe('typing', () => {
  test('moves on to the amount when the Collector Number is complete and valid', () => {
    const state = play(blank, typed('collector', collector));
    expect(state).toMatchObject({ active: 'amount', focusRequest: 2, draft: { entryMode: 'keyed' } });
  });

  test('stays when the last digit makes a number that is not valid', () => {
    const wrong = `${collector.slice(0, 10)}${(Number(collector[10]) + 1) % 10}`;
    const state = play(blank, typed('collector', wrong));
    expect(state.active).toBe('collector');
    expect(lineFor(state)).toMatchObject({ kind: 'field', fault: { fault: { kind: 'check-digit' } } });
  });

  test('does not call a number too short until the field is left', () => {
    const state = play(blank, typed('collector', '8000'));
    expect(lineFor(state).kind).toBe('collector-next');
    expect(lineFor(play(state, { kind: 'left', field: 'collector' }))).toMatchObject({
      kind: 'field',
      fault: { fault: { kind: 'too-short', missing: 7 } },
    });
  });

  test('is ignored while the sale is being recorded', () => {
    const sending = play(startCheckout(ready, 'amount', 1), press);
    expect(play(sending, typed('amount', '99'))).toBe(sending);
  });

  test('computes a tax again when its field is left empty', () => {
    const state = play(blank, typed('hst', ''), { kind: 'left', field: 'hst' });
    expect(state.draft.taxTexts).toEqual({});
  });
});

describe('a scan', () => {
  const scan = {
    kind: 'scanned',
    scan: { kind: 'collector', collectorNumber: collector, entryMode: 'scanned' },
  } as const;

  test.each(['collector', 'amount', 'hst'] as const)(
    'replaces the Collector and nothing else when %s has the focus',
    (field) => {
      const before = sampleDraft(1, { collectorText: '8123', amountText: '5.0', taxTexts: { hst: '1' } });
      const state = play(startCheckout(before, field, 1), scan);
      expect(state.draft).toEqual({ ...before, collectorText: collector, entryMode: 'scanned' });
      expect(state.active).toBe('amount');
    },
  );

  test('that is refused says so and changes nothing else', () => {
    const before = startCheckout(ready, 'amount', 1);
    const state = play(before, { kind: 'scanned', scan: { kind: 'refused', code: 'payment-card' } });
    expect({ ...state, message: null }).toEqual(before);
    expect(lineFor(state)).toEqual({
      kind: 'message',
      message: { kind: 'scan-refused', code: 'payment-card' },
    });
  });

  test('that is refused gives way to the Collector field when it is dismissed', () => {
    const refused: CheckoutAction = { kind: 'scanned', scan: { kind: 'refused', code: 'no-read' } };
    const state = play(startCheckout(sampleDraft(1), 'amount', 1), refused, { kind: 'dismissed' });
    expect(state).toMatchObject({ active: 'collector', focusRequest: 2, message: null });
  });

  test('of the next customer waits until the sale before is recorded', () => {
    const state = play(startCheckout(ready, 'amount', 1), press, scan);
    expect(state.draft).toEqual(ready);
    expect(play(state, recorded).draft).toMatchObject({
      saleKey: sampleDraft(2).saleKey,
      collectorText: collector,
    });
  });

  test('cannot answer the question whether this is a second sale', () => {
    const asking = play(
      startCheckout(ready, 'amount', 1),
      press,
      answered({ kind: 'answer', output: { kind: 'already-done', sale: sampleSale(1) } }),
    );
    expect(play(asking, scan)).toBe(asking);
  });
});

describe('pressing Issue', () => {
  test('sends the sale once, however often it is pressed', () => {
    const sending = play(startCheckout(ready, 'amount', 1), press);
    expect(sending.issue.kind).toBe('sending');
    expect(play(sending, press)).toBe(sending);
  });

  test('says what is missing, and puts the focus there', () => {
    const state = play(blank, press);
    expect(state).toMatchObject({ active: 'collector', issue: { kind: 'idle' } });
    expect(lineFor(state)).toMatchObject({
      kind: 'field',
      fault: { field: 'collector', fault: { kind: 'empty' } },
    });
  });

  test('with Enter moves on without a word while there is a field to come', () => {
    const state = play(startCheckout(sampleDraft(1, { collectorText: collector }), 'collector', 1), enter);
    expect(state.active).toBe('amount');
    expect(lineFor(state).kind).toBe('amount-next');
  });

  test('clears the form for the next customer once the sale is recorded', () => {
    const state = play(startCheckout(ready, 'amount', 1), press, recorded);
    expect(state).toMatchObject({
      draft: sampleDraft(2),
      active: 'collector',
      issue: { kind: 'idle' },
      message: null,
    });
  });

  test('leaves the form as it was when the sale could not be stored', () => {
    const notStored = answered({ kind: 'answer', output: { kind: 'not-stored', reason: 'disk-full' } });
    const state = play(startCheckout(ready, 'amount', 1), press, notStored);
    expect(state.draft).toEqual(ready);
    expect(lineFor(state)).toMatchObject({ message: { kind: 'not-stored', reason: 'disk-full' } });
  });

  test('sends the same key again as a second sale when a person says it is one', () => {
    const asked = answered({ kind: 'answer', output: { kind: 'already-done', sale: sampleSale(1) } });
    const state = play(startCheckout(ready, 'amount', 1), press, asked, { kind: 'second-sale-confirmed' });
    expect(state.issue).toMatchObject({
      kind: 'sending',
      input: { saleKey: ready.saleKey, isSecondSale: true },
    });
  });

  test.each(['disconnected', 'no-answer'] as const)(
    'keeps the sale for another try when it ends %s',
    (failure) => {
      const state = play(startCheckout(ready, 'amount', 1), press, answered({ kind: 'failure', failure }));
      expect(state).toMatchObject({
        draft: ready,
        issue: { kind: 'interrupted', input: { saleKey: ready.saleKey } },
      });
      expect(lineFor(state, false).kind).toBe('reaching-again');
      expect(play(state, { kind: 'resent' }).issue.kind).toBe('sending');
    },
  );

  test('does not claim to know whether a sale is stored when main failed on it', () => {
    const state = play(
      startCheckout(ready, 'amount', 1),
      press,
      answered({ kind: 'failure', failure: 'failed' }),
    );
    expect(lineFor(state)).toMatchObject({ message: { kind: 'outcome-unknown' } });
  });

  test('says so when the key was recorded before with another amount', () => {
    const sale = sampleSale(1, { preTaxCents: 1000 });
    const repeat = answered({
      kind: 'answer',
      output: { kind: 'recorded', sale, isRepeat: true, nextDraft: sampleDraft(2) },
    });
    const state = play(startCheckout(ready, 'amount', 1), press, repeat);
    expect(state).toMatchObject({ draft: sampleDraft(2), message: { kind: 'recorded-before', sale } });
  });

  test('puts the focus on the field main refused', () => {
    const refused = answered({
      kind: 'answer',
      output: { kind: 'refused', refusals: [{ field: 'preTaxCents', fault: 'over-limit' }] },
    });
    const state = play(startCheckout(ready, 'collector', 1), press, refused);
    expect(state).toMatchObject({
      active: 'amount',
      message: {
        kind: 'refused',
        fault: { field: 'amount', fault: { kind: 'over-limit', limitCents: 1_000_000 } },
      },
    });
  });
});

describe('what a sale earns', () => {
  const state = startCheckout(ready, 'amount', 1);
  const input = previewInput(state, rules);
  const form = input === null ? '' : formOf(input);
  const reply: Earns = {
    kind: 'earns',
    milesAmount: 4,
    eligibleCents: 8950,
    preTaxCents: 10_200,
    lines: [],
  };
  const told = (changes: object, language: 'en-CA' | 'fr-CA' = 'en-CA'): string => {
    const next = play(state, { kind: 'previewed', form, reply: { ...reply, ...changes } });
    const words = createWords(language, rules.programme);
    return lineText(lineFor(next), words, { entry: readEntry(ready, rules), nowMs: 0 });
  };

  test('is said in the line, with what counts where that is not all', () => {
    expect(told({})).toBe('This sale earns 4 Points: $89.50 eligible of $102.00.');
    expect(told({}, 'fr-CA')).toBe(
      'Cette vente rapporte 4 Points\u00a0: 89,50\u00a0$ admissibles sur 102,00\u00a0$.',
    );
    const all = { eligibleCents: 10_200, milesAmount: 1 };
    expect(told(all)).toBe('This sale earns 1 Point.');
    expect(told({ milesAmount: 0 })).toBe('This sale earns no Points.');
  });

  test('stays known when the answer to another form comes late', () => {
    const late = { kind: 'previewed', form: 'another', reply: { ...reply, milesAmount: 99 } } as const;
    expect(lineFor(play(state, { kind: 'previewed', form, reply }, late))).toMatchObject({
      kind: 'earns',
      earns: { milesAmount: 4 },
    });
  });

  test('gives way to what keeps the sale from being issued', () => {
    const next = play(state, { kind: 'previewed', form, reply });
    expect(lineFor(next, false).kind).toBe('not-answering');
    expect(lineFor(play(next, typed('amount', '1.234'))).kind).toBe('field');
  });

  test('is told when the offers refuse the sale', () => {
    const refused = answered({
      kind: 'answer',
      output: { kind: 'refused', refusals: [{ field: 'miles', fault: 'over-limit', milesLimit: 10_000 }] },
    });
    const words = createWords('en-CA', rules.programme);
    const line = lineFor(play(state, press, refused));
    expect(lineText(line, words, { entry: readEntry(ready, rules), nowMs: 0 })).toMatch(
      /^NOT stored: this sale would earn more than 10,000 Points/,
    );
  });
});

describe('meeting main again', () => {
  const reconnected = (changes: Parameters<typeof sampleSnapshot>[0]): CheckoutAction => ({
    kind: 'reconnected',
    snapshot: sampleSnapshot(changes),
  });

  test('goes on with the local draft when main holds the same key', () => {
    const before = startCheckout(ready, 'amount', 1);
    expect(play(before, reconnected({ draft: sampleDraft(1) }))).toBe(before);
  });

  test('takes the new draft when the local sale was recorded meanwhile', () => {
    const cutOff = play(
      startCheckout(ready, 'amount', 1),
      press,
      answered({ kind: 'failure', failure: 'disconnected' }),
    );
    const state = play(cutOff, reconnected({ draft: sampleDraft(2), recentSales: [sampleSale(1)] }));
    expect(state).toMatchObject({ draft: sampleDraft(2), issue: { kind: 'idle' } });
  });

  test('keeps the local sale and its key when main started anew without it', () => {
    const before = startCheckout(ready, 'amount', 1);
    expect(play(before, reconnected({ draft: sampleDraft(9) }))).toBe(before);
  });

  test('takes the draft of main when nothing was keyed here', () => {
    const kept = sampleDraft(9, { amountText: '5' });
    expect(play(blank, reconnected({ draft: kept })).draft).toEqual(kept);
  });
});

describe('a key that was a scanner’s', () => {
  const untyped = (field: 'collector' | 'amount' | 'hst', before: CheckoutState) =>
    ({ kind: 'untyped', field, before }) as const;

  test('leaves a computed tax computed', () => {
    const before = startCheckout(ready, 'hst', 1);
    const state = play(before, typed('hst', '83.25'), untyped('hst', before));
    expect(state.draft).toEqual(ready);
  });

  test('leaves a scanned number scanned, and the focus where it was', () => {
    const scanned = sampleDraft(1, { collectorText: collector, entryMode: 'scanned' });
    const before = startCheckout(scanned, 'collector', 1);
    const state = play(before, typed('collector', `${collector}8`), untyped('collector', before));
    expect(state).toMatchObject({ active: 'collector', draft: scanned });
  });

  test('keeps what another scanner read meanwhile', () => {
    const other = sampleCollector(2);
    const scan = { kind: 'collector', collectorNumber: other, entryMode: 'scanned' } as const;
    const state = play(
      blank,
      typed('collector', '8'),
      { kind: 'scanned', scan },
      untyped('collector', blank),
    );
    expect(state.draft).toMatchObject({ collectorText: other, entryMode: 'scanned' });
  });

  test('does not answer a question', () => {
    const asking: CheckoutState = {
      ...startCheckout(ready, 'amount', 1),
      issue: {
        kind: 'asking',
        input: {
          saleKey: ready.saleKey,
          collectorText: collector,
          entryMode: 'keyed',
          preTaxCents: 2497,
          excludedCents: 0,
          taxes: { gst: 0, hst: 325, pst: 0, qst: 0 },
          isSecondSale: false,
        },
        sale: sampleSale(1),
      },
    };
    const state = play(asking, typed('amount', '24.978'), untyped('amount', asking));
    expect(state.issue.kind).toBe('asking');
    expect(state.draft.amountText).toBe('24.97');
  });
});
