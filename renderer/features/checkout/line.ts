import type { Status } from '../../../shared/contract/views.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import { isInFlight, type CheckoutState, type Message } from './checkout-state.ts';
import type { Earns } from './preview.ts';
import { faultsOf, type Entry, type FieldFault } from './entry.ts';

/** What the one line between the form and the button says: a fault first, else what to do next. */
export type Line =
  | { readonly kind: 'asking'; readonly sale: Sale }
  | { readonly kind: 'reaching-again' }
  | { readonly kind: 'not-answering' }
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'field'; readonly fault: FieldFault }
  | { readonly kind: 'scanner'; readonly scanner: Status['scanner'] }
  | { readonly kind: 'collector-next' }
  | { readonly kind: 'amount-next' }
  | { readonly kind: 'ready' }
  /** Ready, and what it earns is known. */
  | { readonly kind: 'earns'; readonly earns: Earns };

export interface LineInput {
  readonly checkout: CheckoutState;
  readonly entry: Entry;
  readonly earns: Earns | null;
  readonly scanner: Status['scanner'];
  readonly isConnected: boolean;
}

/** Picks the line. Only one thing is said at a time, and what keeps the sale from being issued comes first. */
export function lineOf({ checkout, entry, earns, scanner, isConnected }: LineInput): Line {
  const { issue, message } = checkout;
  if (issue.kind === 'asking') return { kind: 'asking', sale: issue.sale };
  if (issue.kind === 'interrupted') return { kind: 'reaching-again' };
  if (!isConnected) return { kind: isInFlight(issue) ? 'reaching-again' : 'not-answering' };
  if (message !== null) return { kind: 'message', message };
  const fault = shownFault(checkout, entry);
  if (fault !== null) return { kind: 'field', fault };
  if (entry.collector.kind !== 'valid') {
    const isInTrouble = scanner.state === 'lost' || scanner.state === 'blocked';
    return isInTrouble ? { kind: 'scanner', scanner } : { kind: 'collector-next' };
  }
  if (entry.amount.kind !== 'valid') return { kind: 'amount-next' };
  return earns === null ? { kind: 'ready' } : { kind: 'earns', earns };
}

/** The fault to show now: that of the field being keyed before the others, and none that is only "not yet". */
export function shownFault(checkout: CheckoutState, entry: Entry): FieldFault | null {
  const faults = faultsOf(entry).filter((fault) => !isQuiet(fault) || checkout.due.includes(fault.field));
  return faults.find((fault) => fault.field === checkout.active) ?? faults[0] ?? null;
}

function isQuiet({ fault }: FieldFault): boolean {
  return fault.kind === 'empty' || fault.kind === 'too-short' || fault.kind === 'zero';
}
