import { assertNever } from '../domain/assert-never.ts';
import type { MessageId } from '../i18n/catalogues.ts';
import type { Words } from '../i18n/words.ts';
import type { ReceiptFacts } from './facts.ts';
import type { Receipt, ReceiptBlock } from './receipt.ts';

const stateWord = {
  credited: 'outcome.credited',
  accepted: 'outcome.accepted',
  stored: 'outcome.stored',
  'needs-manager': 'outcome.needs-manager',
  cancelled: 'receipt.outcome.cancelled',
  'written-off': 'receipt.outcome.written-off',
} as const satisfies Record<ReceiptFacts['state'], MessageId>;

const saleSays = {
  credited: 'receipt.says.credited',
  accepted: 'receipt.says.accepted',
  stored: 'receipt.says.stored',
  'needs-manager': 'receipt.says.needs-manager',
  cancelled: 'receipt.says.cancelled',
  'written-off': 'receipt.says.written-off',
} as const satisfies Record<ReceiptFacts['state'], MessageId>;

const returnSays = {
  credited: 'receipt.back.credited',
  accepted: 'receipt.back.accepted',
  stored: 'receipt.back.stored',
  'needs-manager': 'receipt.back.needs-manager',
  cancelled: 'receipt.back.cancelled',
  'written-off': 'receipt.back.written-off',
} as const satisfies Record<ReceiptFacts['state'], MessageId>;

/** The words around the figures, which a sale and a return do not share. */
function wording(kind: ReceiptFacts['kind']) {
  switch (kind) {
    case 'sale':
      return {
        title: 'receipt.title',
        miles: 'receipt.miles',
        amount: 'receipt.amount',
        says: saleSays,
      } as const;
    case 'return':
      return {
        title: 'receipt.back.title',
        miles: 'receipt.back.miles',
        amount: 'receipt.back.amount',
        says: returnSays,
      } as const;
    default:
      return assertNever(kind);
  }
}

function banners({ environment, copiedAtMs }: ReceiptFacts, { text, date, time }: Words): ReceiptBlock[] {
  const blocks: ReceiptBlock[] = [];
  if (environment === 'training') blocks.push({ kind: 'banner', text: text('receipt.training') });
  if (environment === 'certification') blocks.push({ kind: 'banner', text: text('receipt.certification') });
  if (copiedAtMs !== undefined) {
    blocks.push(
      { kind: 'banner', text: text('receipt.copy') },
      { kind: 'note', text: text('receipt.copy-at', { date: date(copiedAtMs), time: time(copiedAtMs) }) },
    );
  }
  return blocks;
}

function milesTable(facts: ReceiptFacts, name: string, { text, number }: Words): ReceiptBlock {
  const value = (milesAmount: number): string => number(milesAmount);
  // One offer alone says nothing that the sum does not.
  const rows = facts.offers.length < 2 ? [] : facts.offers;
  const { milesAmount } = facts;
  // Of a return, the words say that it goes back: a sign beside them would say it twice.
  const sum = milesAmount === undefined || facts.kind === 'sale' ? milesAmount : Math.abs(milesAmount);
  return {
    kind: 'table',
    rows: rows.map((offer) => ({
      name: offer.name ?? text('receipt.offer', { code: offer.code }),
      value: value(offer.milesAmount),
    })),
    total: { name, value: sum === undefined ? text('receipt.miles-later') : value(sum) },
  };
}

/**
 * Writes a receipt: what it says and in which order, in one language. Pure. The environment opens it and closes it, so
 * that no part torn off can be taken for a real one.
 */
export function composeReceipt(facts: ReceiptFacts, words: Words): Receipt {
  const { text, money, date, time } = words;
  const { title, miles, amount, says } = wording(facts.kind);
  const [first, ...others] = facts.heading;
  const pair = (name: MessageId, value: string): ReceiptBlock => ({ kind: 'pair', name: text(name), value });
  const rule: ReceiptBlock = { kind: 'rule' };
  const blocks: ReceiptBlock[] = [
    ...banners(facts, words),
    ...(first === undefined ? [] : [{ kind: 'heading' as const, text: first, isLarge: true }]),
    ...others.map((line): ReceiptBlock => ({ kind: 'heading', text: line, isLarge: false })),
    {
      kind: 'heading',
      text: text('receipt.store', { store: facts.store.number, lane: facts.store.lane }),
      isLarge: false,
    },
    { kind: 'heading', text: text(title), isLarge: first === undefined },
    rule,
    { kind: 'outcome', word: text(stateWord[facts.state]), sentence: text(says[facts.state]) },
    rule,
    milesTable(facts, text(miles), words),
    ...(facts.balanceMiles === undefined
      ? []
      : [pair('receipt.balance', text('receipt.balance-value', { count: facts.balanceMiles }))]),
    rule,
    pair('receipt.collector', facts.collector),
    pair(amount, money(Math.abs(facts.preTaxCents))),
    ...(facts.kind === 'sale' ? [pair('receipt.total', money(facts.postTaxCents))] : []),
    pair('receipt.date', `${date(facts.recordedAtMs)} ${time(facts.recordedAtMs)}`),
    pair('receipt.day', facts.transactionDay),
    ...(facts.originalReference === undefined ? [] : [pair('receipt.original', facts.originalReference)]),
    ...(facts.isWithoutOriginal === true ? [pair('receipt.original', text('sale.without-original'))] : []),
    rule,
    {
      kind: 'code',
      text: facts.code.text,
      squares: [...facts.code.squares],
      bars: [...facts.code.bars],
    },
    { kind: 'heading', text: text('receipt.reference', { reference: facts.reference }), isLarge: false },
    { kind: 'note', text: text('receipt.keep') },
    ...banners({ ...facts, copiedAtMs: undefined }, words),
  ];
  return { language: words.language, title: text(title), blocks };
}
