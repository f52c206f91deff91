import type { CallOutput, EventPayload } from '../../../shared/contract/contract.ts';
import type { Draft, Snapshot } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { TaxName } from '../../../shared/domain/tax.ts';
import type { CallResult } from '../../client.ts';
import {
  isInFlight,
  startCheckout,
  type CheckoutState,
  type CollectorScan,
  type IssueState,
  type ScanMessage,
} from './checkout-state.ts';
import { bareCollectorText } from './collector-text.ts';
import {
  fieldNames,
  firstFault,
  issueInput,
  readEntry,
  waitingField,
  type EntryRules,
  type FieldName,
} from './entry.ts';
import { takeIssueResult } from './issue-result.ts';
import { formOf, previewInput } from './preview.ts';
import { decideReconnect } from './reconnect.ts';

export type CheckoutAction =
  | { readonly kind: 'typed'; readonly field: FieldName; readonly text: string }
  /** A key that went into a field was a scanner's: the field is again as it was before. */
  | { readonly kind: 'untyped'; readonly field: FieldName; readonly before: CheckoutState }
  | { readonly kind: 'tax-reset'; readonly tax: TaxName }
  | { readonly kind: 'focused'; readonly field: FieldName }
  | { readonly kind: 'left'; readonly field: FieldName }
  | { readonly kind: 'scanned'; readonly scan: EventPayload<'scan'> }
  /** Enter moves on to the next field first; the button always says what is missing. */
  | { readonly kind: 'pressed'; readonly by: 'enter' | 'button' }
  | { readonly kind: 'second-sale-confirmed' }
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'cleared'; readonly draft: Draft }
  /** Main's own key for a sale that was cleared here first. */
  | { readonly kind: 'rekeyed'; readonly from: string; readonly to: string }
  /** An answer to what a form would earn, maybe not of the form as it stands now. */
  | {
      readonly kind: 'previewed';
      readonly form: string;
      readonly reply: CallOutput<'checkout.preview'>;
    }
  | { readonly kind: 'resent' }
  | { readonly kind: 'answered'; readonly saleKey: string; readonly result: CallResult<'checkout.issue'> }
  | { readonly kind: 'reconnected'; readonly snapshot: Snapshot };

/** The checkout's next state. Pure; what must be sent is read off the change by the terminal. */
export function reduceCheckout(
  state: CheckoutState,
  action: CheckoutAction,
  rules: EntryRules,
): CheckoutState {
  switch (action.kind) {
    case 'typed':
      return isInFlight(state.issue) ? state : typed(state, action.field, action.text, rules);
    case 'untyped':
      return isInFlight(state.issue) ? state : untyped(state, action.field, action.before);
    case 'tax-reset':
      return isInFlight(state.issue) ? state : taxReset(state, action.tax);
    case 'focused':
      return state.active === action.field ? state : { ...state, active: action.field };
    case 'left':
      return left(state, action.field);
    case 'scanned':
      return scanned(state, action.scan);
    case 'pressed':
      return pressed(state, action.by, rules);
    case 'second-sale-confirmed':
      if (state.issue.kind !== 'asking') return state;
      return { ...state, issue: { kind: 'sending', input: { ...state.issue.input, isSecondSale: true } } };
    case 'dismissed':
      return dismissed(state);
    case 'cleared':
      return isInFlight(state.issue)
        ? state
        : startCheckout(action.draft, 'collector', state.focusRequest + 1);
    case 'rekeyed':
      if (state.draft.saleKey !== action.from || state.issue.kind !== 'idle') return state;
      return { ...state, draft: { ...state.draft, saleKey: action.to } };
    case 'previewed':
      return previewed(state, action, rules);
    case 'resent':
      if (state.issue.kind !== 'interrupted') return state;
      return { ...state, issue: { kind: 'sending', input: state.issue.input } };
    case 'answered':
      if (state.issue.kind !== 'sending' || state.issue.input.saleKey !== action.saleKey) return state;
      return withHeldScan(takeIssueResult(state, state.issue.input, action.result, rules));
    case 'reconnected':
      return reconnected(state, action.snapshot);
    default:
      return assertNever(action);
  }
}

/** Puts a scanned Collector where it belongs, whatever has the focus, and moves on to the amount. */
function withCollector(state: CheckoutState, scan: CollectorScan): CheckoutState {
  const draft = {
    ...state.draft,
    collectorText: bareCollectorText(scan.collectorNumber),
    entryMode: scan.entryMode,
  };
  const due = state.due.filter((field) => field !== 'collector');
  return { ...state, draft, due, message: null, active: 'amount', focusRequest: state.focusRequest + 1 };
}

function typed(state: CheckoutState, field: FieldName, text: string, rules: EntryRules): CheckoutState {
  const due = state.due.filter((other) => other !== field);
  const base: CheckoutState = { ...state, due, active: field, message: null, issue: { kind: 'idle' } };
  const draft = state.draft;
  if (field === 'amount') return { ...base, draft: { ...draft, amountText: text.slice(0, 32) } };
  if (field === 'excluded') return { ...base, draft: { ...draft, excludedText: text.slice(0, 32) } };
  if (field !== 'collector') {
    return { ...base, draft: { ...draft, taxTexts: { ...draft.taxTexts, [field]: text.slice(0, 32) } } };
  }
  const next: Draft = { ...draft, collectorText: bareCollectorText(text), entryMode: 'keyed' };
  const wasComplete = readEntry(draft, rules).collector.kind === 'valid';
  const isComplete = readEntry(next, rules).collector.kind === 'valid';
  if (wasComplete || !isComplete) return { ...base, draft: next };
  return { ...base, draft: next, active: 'amount', focusRequest: state.focusRequest + 1 };
}

/** What came meanwhile stays: a Collector that another scanner read, or the next sale. */
function untyped(state: CheckoutState, field: FieldName, before: CheckoutState): CheckoutState {
  const { draft } = state;
  if (draft.saleKey !== before.draft.saleKey) return state;
  if (field === 'collector' && draft.entryMode !== 'keyed') return state;
  const { active, due, message } = before;
  const issue = before.issue.kind === 'asking' ? before.issue : state.issue;
  return { ...state, draft: { ...draft, ...fieldOf(before.draft, field) }, active, due, message, issue };
}

/** The part of a draft that a field shows. */
function fieldOf(draft: Draft, field: FieldName): Partial<Draft> {
  const { collectorText, entryMode, amountText, excludedText, taxTexts } = draft;
  if (field === 'collector') return { collectorText, entryMode };
  if (field === 'amount') return { amountText };
  return field === 'excluded' ? { excludedText } : { taxTexts };
}

function left(state: CheckoutState, field: FieldName): CheckoutState {
  if (field === 'collector' || field === 'amount' || field === 'excluded') {
    const { collectorText, amountText, excludedText } = state.draft;
    const text = { collector: collectorText, amount: amountText, excluded: excludedText }[field];
    return text === '' || state.due.includes(field) ? state : { ...state, due: [...state.due, field] };
  }
  // A tax that was emptied is a tax that is computed again.
  return state.draft.taxTexts[field]?.trim() === '' && !isInFlight(state.issue)
    ? taxReset(state, field)
    : state;
}

function dismissed(state: CheckoutState): CheckoutState {
  const issue: IssueState = state.issue.kind === 'asking' ? { kind: 'idle' } : state.issue;
  const rest = { ...state, message: null, issue };
  // The way out of a card that will not read is the keys.
  if (state.message?.kind !== 'scan-refused') return rest;
  return { ...rest, active: 'collector', focusRequest: state.focusRequest + 1 };
}

function taxReset(state: CheckoutState, tax: TaxName): CheckoutState {
  const { [tax]: _corrected, ...taxTexts } = state.draft.taxTexts;
  return { ...state, message: null, draft: { ...state.draft, taxTexts } };
}

function scanned(state: CheckoutState, scan: EventPayload<'scan'>): CheckoutState {
  // A question that a following scan could answer would be answered by accident.
  if (state.issue.kind === 'asking') return state;
  if (scan.kind === 'collector') {
    return isInFlight(state.issue) ? { ...state, heldScan: scan } : withCollector(state, scan);
  }
  return isInFlight(state.issue)
    ? state
    : { ...state, message: { kind: 'scan-refused', code: codeOf(scan) } };
}

/** Why a scan is of no use on the checkout. */
function codeOf(scan: Exclude<EventPayload<'scan'>, CollectorScan>): ScanMessage {
  return scan.kind === 'refused' ? scan.code : scan.kind;
}

function pressed(state: CheckoutState, by: 'enter' | 'button', rules: EntryRules): CheckoutState {
  if (state.issue.kind !== 'idle') return state;
  const entry = readEntry(state.draft, rules);
  const input = issueInput(state.draft, entry, false);
  if (input !== null) return { ...state, message: null, issue: { kind: 'sending', input } };
  const field = firstFault(entry)?.field ?? waitingField(entry);
  const isOnTheWay = by === 'enter' && fieldNames.indexOf(field) > fieldNames.indexOf(state.active);
  const due = isOnTheWay || state.due.includes(field) ? state.due : [...state.due, field];
  return { ...state, due, message: null, active: field, focusRequest: state.focusRequest + 1 };
}

function previewed(
  state: CheckoutState,
  { form, reply }: Extract<CheckoutAction, { kind: 'previewed' }>,
  rules: EntryRules,
): CheckoutState {
  const input = previewInput(state, rules);
  if (reply.kind === 'unknown' || input === null || formOf(input) !== form) return state;
  return { ...state, preview: { form, earns: reply } };
}

function withHeldScan(state: CheckoutState): CheckoutState {
  if (state.heldScan === null || isInFlight(state.issue)) return state;
  const rest = { ...state, heldScan: null };
  // Only a sale that is done makes room for the next customer; else the card is asked for again.
  const isNextSale = state.issue.kind === 'idle' && state.draft.collectorText === '';
  return isNextSale ? { ...withCollector(rest, state.heldScan), message: state.message } : rest;
}

function reconnected(state: CheckoutState, snapshot: Snapshot): CheckoutState {
  if (decideReconnect(state.draft, state.issue, snapshot) === 'keep-local') return state;
  const field = waitingField(readEntry(snapshot.draft, snapshot));
  return withHeldScan({
    ...startCheckout(snapshot.draft, field, state.focusRequest + 1),
    heldScan: state.heldScan,
  });
}
