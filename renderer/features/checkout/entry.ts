import type { CallInput } from '../../../shared/contract/contract.ts';
import type { Draft, Snapshot } from '../../../shared/contract/views.ts';
import {
  readCollectorNumber,
  type CollectorNumberFault,
  type CollectorNumberReading,
} from '../../../shared/domain/collector-number.ts';
import {
  cents,
  readAmount,
  type AmountFault,
  type AmountReading,
  type Cents,
} from '../../../shared/domain/money.ts';
import {
  noTaxes,
  postTaxTotal,
  taxesOn,
  taxNames,
  type TaxName,
  type Taxes,
} from '../../../shared/domain/tax.ts';

/** In the order they are filled in. */
export const fieldNames = ['collector', 'amount', 'excluded', ...taxNames] as const;
export type FieldName = (typeof fieldNames)[number];

/** What reading a draft depends on; all of it comes with the snapshot. */
export type EntryRules = Pick<
  Snapshot,
  'collectorNumberRule' | 'amountLimitCents' | 'asksExcluded' | 'taxRates'
>;

export interface TaxEntry {
  readonly name: TaxName;
  /** Thousandths of a percent. */
  readonly rate: number;
  readonly isCorrected: boolean;
  /** What the rate gives; nothing while the amount cannot be read. */
  readonly computedCents: Cents | null;
  readonly reading: AmountReading | null;
}

/** A draft, read: each field with its verdict, and the total as soon as there is one. */
export interface Entry {
  readonly collector: CollectorNumberReading;
  readonly amount: AmountReading;
  /** What of the purchase earns nothing; null where it is not asked for. Left empty it is nothing. */
  readonly excluded: AmountReading | null;
  /** Both together, before tax; nothing while one of them can not be read. */
  readonly preTaxCents: Cents | null;
  /** Only those the province has, in the programme's order. */
  readonly taxes: readonly TaxEntry[];
  readonly totalCents: Cents | null;
}

export type FieldFault =
  | { readonly field: 'collector'; readonly fault: { readonly kind: 'empty' } | CollectorNumberFault }
  | { readonly field: 'amount' | 'excluded'; readonly fault: AmountFault }
  | { readonly field: TaxName; readonly fault: AmountFault };

/** Reads the sale being keyed. Pure, and quick enough for every key. */
export function readEntry(draft: Draft, rules: EntryRules): Entry {
  const limitCents = cents(rules.amountLimitCents);
  const amount = readAmount(draft.amountText, { limitCents, zeroAllowed: false });
  const excluded = rules.asksExcluded
    ? readAmount(isTyped(draft.excludedText) ? draft.excludedText : '0', { limitCents, zeroAllowed: true })
    : null;
  const preTaxCents = sumOf(amount, excluded);
  const computed = preTaxCents === null ? null : taxesOn(preTaxCents, rules.taxRates);
  const taxes = taxNames
    .filter((name) => rules.taxRates[name] > 0 || isTyped(draft.taxTexts[name]))
    .map((name): TaxEntry => {
      const text = draft.taxTexts[name];
      const isCorrected = isTyped(text);
      return {
        name,
        rate: rules.taxRates[name],
        isCorrected,
        computedCents: computed?.[name] ?? null,
        reading: isCorrected ? readAmount(text, { limitCents, zeroAllowed: true }) : null,
      };
    });
  const entry = {
    collector: readCollectorNumber(draft.collectorText, rules.collectorNumberRule),
    amount,
    excluded,
    preTaxCents,
    taxes,
  };
  return { ...entry, totalCents: totalOf(preTaxCents, taxes) };
}

/** The first field that keeps the sale from being issued, in the order they are filled in. */
export function firstFault(entry: Entry): FieldFault | null {
  return faultsOf(entry)[0] ?? null;
}

/** Every field that is not right yet, in the order they are filled in. */
export function faultsOf(entry: Entry): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (entry.collector.kind === 'empty') faults.push({ field: 'collector', fault: { kind: 'empty' } });
  if (entry.collector.kind === 'fault') faults.push({ field: 'collector', fault: entry.collector.fault });
  if (entry.amount.kind === 'fault') faults.push({ field: 'amount', fault: entry.amount.fault });
  if (entry.excluded?.kind === 'fault') faults.push({ field: 'excluded', fault: entry.excluded.fault });
  for (const tax of entry.taxes) {
    if (tax.reading?.kind === 'fault') faults.push({ field: tax.name, fault: tax.reading.fault });
  }
  return faults;
}

/** The field that waits for digits: the Collector first, then the amount. */
export function waitingField(entry: Entry): 'collector' | 'amount' {
  return entry.collector.kind === 'valid' ? 'amount' : 'collector';
}

/** The call that issues this draft, or nothing while a field is not right. */
export function issueInput(
  draft: Draft,
  entry: Entry,
  isSecondSale: boolean,
): CallInput<'checkout.issue'> | null {
  const taxes = taxesOf(entry.taxes);
  if (entry.collector.kind !== 'valid' || entry.preTaxCents === null || taxes === null) return null;
  return {
    saleKey: draft.saleKey,
    collectorText: entry.collector.collectorNumber,
    entryMode: draft.entryMode,
    preTaxCents: entry.preTaxCents,
    excludedCents: entry.excluded?.kind === 'valid' ? entry.excluded.amountCents : 0,
    taxes,
    isSecondSale,
  };
}

function isTyped(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

/** Every tax, as corrected or computed; nothing while one can not be read. */
export function taxesOf(entries: readonly TaxEntry[]): Taxes | null {
  const taxes: Record<TaxName, Cents> = { ...noTaxes };
  for (const tax of entries) {
    const amountCents = centsOf(tax);
    if (amountCents === null) return null;
    taxes[tax.name] = amountCents;
  }
  return taxes;
}

function centsOf(tax: TaxEntry): Cents | null {
  if (tax.reading === null) return tax.computedCents;
  return tax.reading.kind === 'valid' ? tax.reading.amountCents : null;
}

function sumOf(amount: AmountReading, excluded: AmountReading | null): Cents | null {
  if (amount.kind !== 'valid' || excluded?.kind === 'fault') return null;
  return excluded === null ? amount.amountCents : cents(amount.amountCents + excluded.amountCents);
}

function totalOf(preTaxCents: Cents | null, entries: readonly TaxEntry[]): Cents | null {
  const taxes = taxesOf(entries);
  return preTaxCents !== null && taxes !== null ? postTaxTotal(preTaxCents, taxes) : null;
}
