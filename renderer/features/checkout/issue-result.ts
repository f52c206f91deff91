import type { CallOutput } from '../../../shared/contract/contract.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { cents } from '../../../shared/domain/money.ts';
import type { CallResult } from '../../client.ts';
import { startCheckout, type CheckoutState, type IssueInput, type Message } from './checkout-state.ts';
import { readEntry, waitingField, type EntryRules, type FieldFault } from './entry.ts';

type IssueReply = CallOutput<'checkout.issue'>;
type Refusal = Exclude<
  Extract<IssueReply, { kind: 'refused' }>['refusals'][number],
  { readonly field: 'miles' }
>;

/** What the answer to a press makes of the form: the next customer's, or the same one with a sentence to read. */
export function takeIssueResult(
  state: CheckoutState,
  input: IssueInput,
  result: CallResult<'checkout.issue'>,
  rules: EntryRules,
): CheckoutState {
  const withMessage = (message: Message): CheckoutState => ({ ...state, issue: { kind: 'idle' }, message });
  if (result.kind === 'failure') {
    switch (result.failure) {
      case 'disconnected':
      case 'no-answer':
        return { ...state, issue: { kind: 'interrupted', input } };
      case 'failed':
      case 'unreadable':
        return withMessage({ kind: 'outcome-unknown' });
      case 'invalid-input':
      case 'not-allowed':
      case 'too-large':
      case 'unknown-call':
        return withMessage({ kind: 'program-fault' });
      default:
        return assertNever(result.failure);
    }
  }
  const reply = result.output;
  switch (reply.kind) {
    case 'recorded': {
      const field = waitingField(readEntry(reply.nextDraft, rules));
      const next = {
        ...startCheckout(reply.nextDraft, field, state.focusRequest + 1),
        heldScan: state.heldScan,
      };
      const isAnother = reply.isRepeat && reply.sale.preTaxCents !== input.preTaxCents;
      return isAnother ? { ...next, message: { kind: 'recorded-before', sale: reply.sale } } : next;
    }
    case 'refused': {
      const [refusal] = reply.refusals;
      if (refusal === undefined) return withMessage({ kind: 'program-fault' });
      if (refusal.field === 'miles') {
        const { fault, milesLimit } = refusal;
        return withMessage({ kind: 'miles-refused', fault, milesLimit });
      }
      const fault = faultOfRefusal(refusal, input, rules);
      return {
        ...withMessage({ kind: 'refused', fault }),
        active: fault.field,
        focusRequest: state.focusRequest + 1,
      };
    }
    case 'already-done':
      return { ...state, issue: { kind: 'asking', input, sale: reply.sale } };
    case 'not-stored':
      return withMessage({ kind: 'not-stored', reason: reply.reason });
    case 'sign-in-needed':
      return withMessage({ kind: 'sign-in-needed' });
    default:
      return assertNever(reply);
  }
}

/** Main's refusal in the same shape as the form's own faults, so that both are said in the same words. */
function faultOfRefusal(refusal: Refusal, input: IssueInput, rules: EntryRules): FieldFault {
  const limitCents = cents(rules.amountLimitCents);
  if (refusal.field === 'preTaxCents') {
    return {
      field: 'amount',
      fault: refusal.fault === 'zero' ? { kind: 'zero' } : { kind: 'over-limit', limitCents },
    };
  }
  if (refusal.field === 'excludedCents') {
    return { field: 'excluded', fault: { kind: 'over-limit', limitCents: cents(input.preTaxCents) } };
  }
  if (refusal.field === 'taxes') {
    const largest = (['gst', 'hst', 'pst', 'qst'] as const).toSorted(
      (a, b) => input.taxes[b] - input.taxes[a],
    )[0];
    return { field: largest ?? 'hst', fault: { kind: 'over-limit', limitCents } };
  }
  const { length, startsWith } = rules.collectorNumberRule;
  const distance = Math.max(1, Math.abs(length - input.collectorText.length));
  const { fault } = refusal;
  switch (fault) {
    case 'wrong-start':
      return { field: 'collector', fault: { kind: 'wrong-start', startsWith } };
    case 'too-short':
      return { field: 'collector', fault: { kind: 'too-short', missing: distance } };
    case 'too-long':
      return { field: 'collector', fault: { kind: 'too-long', extra: distance } };
    case 'empty':
    case 'not-digits':
    case 'check-digit':
      return { field: 'collector', fault: { kind: fault } };
    default:
      return assertNever(fault);
  }
}
