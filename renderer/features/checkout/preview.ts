import type { CallInput, CallOutput } from '../../../shared/contract/contract.ts';
import type { CheckoutState } from './checkout-state.ts';
import { issueInput, readEntry, type EntryRules } from './entry.ts';

export type PreviewInput = CallInput<'checkout.preview'>;
export type Earns = Extract<CallOutput<'checkout.preview'>, { kind: 'earns' }>;

/** What a sale would earn, with the form it was asked for: of another form it says nothing. */
export interface Preview {
  readonly form: string;
  readonly earns: Earns;
}

/** The question what this form would earn, or nothing while a field is not right or the sale is on its way. */
export function previewInput(checkout: CheckoutState, rules: EntryRules): PreviewInput | null {
  if (checkout.issue.kind !== 'idle') return null;
  const input = issueInput(checkout.draft, readEntry(checkout.draft, rules), false);
  if (input === null) return null;
  const { collectorText, preTaxCents, excludedCents, taxes } = input;
  return { collectorText, preTaxCents, excludedCents, taxes };
}

/** Names a form by all that its Miles depend on. */
export function formOf({ collectorText, preTaxCents, excludedCents = 0, taxes }: PreviewInput): string {
  return JSON.stringify([
    collectorText,
    preTaxCents,
    excludedCents,
    taxes.gst,
    taxes.hst,
    taxes.pst,
    taxes.qst,
  ]);
}

/** What the form as it stands would earn, as far as that is known. */
export function knownEarns(checkout: CheckoutState, rules: EntryRules): Earns | null {
  if (checkout.preview === null) return null;
  const input = issueInput(checkout.draft, readEntry(checkout.draft, rules), false);
  return input !== null && formOf(input) === checkout.preview.form ? checkout.preview.earns : null;
}
