import { createIntl } from '@formatjs/intl';
import type { Language, Snapshot } from '../contract/views.ts';
import { catalogues, type Catalogue, type MessageId } from './catalogues.ts';

export type TextValues = Readonly<Record<string, string | number>>;

/** Everything that turns data into what a person reads, in one language. */
export interface Words {
  readonly language: Language;
  /** A message; the programme's name and its unit's words are filled in wherever it asks for them. */
  text(id: MessageId, values?: TextValues): string;
  /** `$1,234.56` or `1 234,56 $`, from cents. */
  money(amountCents: number): string;
  /** The same without the sign, for fields that show it beside. */
  amount(amountCents: number): string;
  /** A rate in thousandths of a percent: `9.975%` or `9,975 %`. */
  percent(rate: number): string;
  number(value: number): string;
  /** The hour and minute on a 24-hour clock, in the terminal's own zone. */
  time(instantMs: number): string;
  /** A day as a person writes it, the year in front: `2026-11-24`, in the terminal's own zone. */
  date(instantMs: number): string;
  /** A count of the programme's unit: `1 Mile`, `4 Miles`. */
  miles(count: number): string;
  readonly decimalSign: string;
  readonly moneySign: { readonly text: string; readonly isFirst: boolean };
}

/** Words for a language and a programme, where both catalogues are at hand. */
export function createWords(language: Language, programme: Snapshot['programme'] | null): Words {
  return createWordsFrom({ language, messages: catalogues[language] }, programme);
}

/** Words out of one catalogue; before the first snapshot there is no programme to name yet. */
export function createWordsFrom(
  { language, messages }: { readonly language: Language; readonly messages: Catalogue },
  programme: Snapshot['programme'] | null,
): Words {
  const intl = createIntl({ locale: language, messages });
  const currency = { style: 'currency', currency: 'CAD', currencyDisplay: 'narrowSymbol' } as const;
  const parts = new Intl.NumberFormat(language, currency).formatToParts(1.5);
  const unit = programme?.unit[language];
  const named = {
    programme: programme?.name ?? '',
    unitOne: unit?.one ?? '',
    unitOther: unit?.other ?? '',
    units: programme?.unitsInFull[language] ?? '',
  };
  const text: Words['text'] = (id, values) => {
    const message = intl.formatMessage({ id }, { ...named, ...values });
    // The unit's words are written as inside a sentence; a label that begins with them begins like any other.
    return messages[id].startsWith('{unit')
      ? message.charAt(0).toLocaleUpperCase(language) + message.slice(1)
      : message;
  };
  return {
    language,
    text,
    money: (amountCents) => intl.formatNumber(amountCents / 100, currency),
    amount: (amountCents) => intl.formatNumber(amountCents / 100, { minimumFractionDigits: 2 }),
    percent: (rate) => intl.formatNumber(rate / 100_000, { style: 'percent', maximumFractionDigits: 3 }),
    number: (value) => intl.formatNumber(value),
    time: (instantMs) => intl.formatTime(instantMs, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    date: (instantMs) => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(instantMs),
    miles: (count) => text('sale.miles', { count }),
    decimalSign: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    moneySign: {
      text: parts.find((part) => part.type === 'currency')?.value ?? '',
      isFirst: parts[0]?.type === 'currency',
    },
  };
}
