import type { Story } from '../../../shared/contract/board.ts';
import type { CallInput, CallOutput } from '../../../shared/contract/contract.ts';
import type { Draft } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { cents } from '../../../shared/domain/money.ts';
import { taxesOn, taxNames, type TaxName } from '../../../shared/domain/tax.ts';
import type { Words } from '../../app/words.ts';
import { faultsOf, readEntry, taxesOf, type Entry, type EntryRules } from '../checkout/entry.ts';
import { faultText, milesText, notStoredText } from '../checkout/line-text.ts';

/** The correction as it is keyed. Its Collector is the old one's until another number is keyed. */
export type Correction = Pick<Draft, 'collectorText' | 'amountText' | 'excludedText' | 'taxTexts'> & {
  readonly isCollectorKept: boolean;
};

/** The old amounts, as typed. A tax that the rates would give is computed again, so that it follows the amount. */
export function startCorrection(
  { sale, taxes, excludedCents }: Pick<Story, 'sale' | 'taxes' | 'excludedCents'>,
  rules: EntryRules,
  amount: Words['amount'],
): Correction {
  const excluded = rules.asksExcluded ? excludedCents : 0;
  const computed = taxesOn(cents(sale.preTaxCents), rules.taxRates);
  const corrected = taxNames.filter((name) => taxes[name] !== computed[name]);
  return {
    isCollectorKept: true,
    collectorText: '',
    amountText: amount(sale.preTaxCents - excluded),
    excludedText: excluded === 0 ? '' : amount(excluded),
    taxTexts: Object.fromEntries(corrected.map((name) => [name, amount(taxes[name])])),
  };
}

export function readCorrection(correction: Correction, rules: EntryRules): Entry {
  const { collectorText, amountText, excludedText, taxTexts } = correction;
  return readEntry(
    { saleKey: '', entryMode: 'keyed', collectorText, amountText, excludedText, taxTexts },
    rules,
  );
}

/** What is wrong with each field, in words; a Collector that is kept is right. */
export function correctionFaults(
  { isCollectorKept }: Correction,
  entry: Entry,
  words: Words,
): Readonly<Partial<Record<'collector' | 'amount' | 'excluded' | TaxName, string>>> {
  const faults = faultsOf(entry).filter(({ field }) => field !== 'collector' || !isCollectorKept);
  return Object.fromEntries(faults.map((fault) => [fault.field, faultText(fault, words)]));
}

/** The call that records it, or nothing while a field is not right. */
export function correctInput(
  seq: number,
  saleKey: string,
  { isCollectorKept }: Correction,
  entry: Entry,
): CallInput<'board.correct'> | null {
  const taxes = taxesOf(entry.taxes);
  const collector = entry.collector.kind === 'valid' ? entry.collector.collectorNumber : undefined;
  if (entry.preTaxCents === null || taxes === null || (!isCollectorKept && collector === undefined))
    return null;
  return {
    seq,
    saleKey,
    ...(isCollectorKept ? {} : { collectorText: collector }),
    preTaxCents: entry.preTaxCents,
    excludedCents: entry.excluded?.kind === 'valid' ? entry.excluded.amountCents : 0,
    taxes,
    why: '',
  };
}

/** What main refused that the form let pass. */
export function refusalText(
  reply: Extract<CallOutput<'board.correct'>, { kind: 'refused' | 'not-stored' }>,
  words: Words,
): string {
  const { text, number } = words;
  if (reply.kind === 'not-stored') return text(notStoredText[reply.reason]);
  const [refusal] = reply.refusals;
  if (refusal === undefined) return text('line.program-fault');
  switch (refusal.field) {
    case 'miles':
      return text(milesText[refusal.fault], { limit: number(refusal.milesLimit ?? 0) });
    case 'collectorNumber':
      // Kept, and no good by today's rule: another one has to be keyed.
      return text('board.correct.collector-refused');
    case 'preTaxCents':
    case 'excludedCents':
    case 'taxes':
      return text('board.correct.amount-refused');
    default:
      return assertNever(refusal);
  }
}
