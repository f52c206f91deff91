import type { CallInput, CallOutput } from '../../shared/contract/contract.ts';
import {
  readCollectorNumber,
  type CollectorNumber,
  type CollectorNumberRule,
} from '../../shared/domain/collector-number.ts';
import { cents, type Cents } from '../../shared/domain/money.ts';
import { postTaxTotal, taxNames, type Taxes } from '../../shared/domain/tax.ts';

export type Refusal = Extract<CallOutput<'checkout.issue'>, { kind: 'refused' }>['refusals'][number];

export interface SaleRules {
  readonly collectorNumber: CollectorNumberRule;
  readonly amountLimitCents: number;
}

/** Who bought for how much, checked. */
export interface ReadSale {
  readonly collectorNumber: CollectorNumber;
  readonly preTaxCents: Cents;
  /** Of `preTaxCents`, what the cashier said earns nothing. */
  readonly excludedCents: Cents;
  readonly taxes: Taxes;
  readonly postTaxCents: Cents;
}

export type SaleReading =
  | { readonly kind: 'refused'; readonly refusals: Refusal[] }
  | { readonly kind: 'valid'; readonly sale: ReadSale };

/** Checks a sale as it was keyed: every fault of it, not only the first. */
export function readSale(input: CallInput<'checkout.preview'>, rules: SaleRules): SaleReading {
  const collector = readCollectorNumber(input.collectorText, rules.collectorNumber);
  const refusals: Refusal[] = [];
  if (collector.kind === 'empty') refusals.push({ field: 'collectorNumber', fault: 'empty' });
  if (collector.kind === 'fault') refusals.push({ field: 'collectorNumber', fault: collector.fault.kind });
  if (input.preTaxCents <= 0) refusals.push({ field: 'preTaxCents', fault: 'zero' });
  if (input.preTaxCents > rules.amountLimitCents)
    refusals.push({ field: 'preTaxCents', fault: 'over-limit' });
  const excluded = input.excludedCents ?? 0;
  if (excluded > 0 && excluded >= input.preTaxCents)
    refusals.push({ field: 'excludedCents', fault: 'over-limit' });
  // More tax than purchase is a slip of the keys, in every province.
  const taxTotal = taxNames.reduce((total, name) => total + input.taxes[name], 0);
  if (taxTotal > Math.max(input.preTaxCents, 0)) refusals.push({ field: 'taxes', fault: 'over-limit' });
  if (refusals.length > 0 || collector.kind !== 'valid') return { kind: 'refused', refusals };

  const preTaxCents = cents(input.preTaxCents);
  const { gst, hst, pst, qst } = input.taxes;
  const taxes: Taxes = { gst: cents(gst), hst: cents(hst), pst: cents(pst), qst: cents(qst) };
  const postTaxCents = postTaxTotal(preTaxCents, taxes);
  return {
    kind: 'valid',
    sale: {
      collectorNumber: collector.collectorNumber,
      preTaxCents,
      excludedCents: cents(excluded),
      taxes,
      postTaxCents,
    },
  };
}
