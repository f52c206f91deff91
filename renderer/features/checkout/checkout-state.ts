import type { CallInput, EventPayload } from '../../../shared/contract/contract.ts';
import type { milesFaults } from '../../../shared/contract/refusals.ts';
import type { notStoredReasons } from '../../../shared/contract/not-stored.ts';
import type { ScanRefusal } from '../../../shared/domain/scan/scan.ts';
import type { Draft, Sale } from '../../../shared/contract/views.ts';
import type { Preview } from './preview.ts';
import type { FieldFault, FieldName } from './entry.ts';

export type IssueInput = CallInput<'checkout.issue'>;

/**
 * Where a press of Issue stands. `interrupted`: main went away, or did not answer, before it said whether the sale is
 * recorded; the same input, with the same key, is sent again and main finds the first.
 */
export type IssueState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending'; readonly input: IssueInput }
  | { readonly kind: 'interrupted'; readonly input: IssueInput }
  /** The same Collector and amounts minutes ago: a person says whether this is a second sale. */
  | { readonly kind: 'asking'; readonly input: IssueInput; readonly sale: Sale };

/** What a scan was that the checkout has no use for. */
export type ScanMessage = ScanRefusal | 'receipt' | 'coupon';

/** Something to tell that no field shows by itself; it stays until the next key, scan or press. */
export type Message =
  | { readonly kind: 'scan-refused'; readonly code: ScanMessage }
  | { readonly kind: 'refused'; readonly fault: FieldFault }
  /** The offers give this sale nothing, or more than may be, or cannot be read: it was not stored. */
  | {
      readonly kind: 'miles-refused';
      readonly fault: (typeof milesFaults)[number];
      readonly milesLimit: number | undefined;
    }
  | { readonly kind: 'not-stored'; readonly reason: (typeof notStoredReasons)[number] }
  /** Nobody is signed in where the store asks for it: it was not stored. */
  | { readonly kind: 'sign-in-needed' }
  /** Main answered, but not whether the sale is recorded. Pressing again is safe. */
  | { readonly kind: 'outcome-unknown' }
  /** The call itself was refused: a fault of the program, nothing is recorded. */
  | { readonly kind: 'program-fault' }
  /** The key was recorded before, with another amount: the first stands. */
  | { readonly kind: 'recorded-before'; readonly sale: Sale };

export type CollectorScan = Extract<EventPayload<'scan'>, { kind: 'collector' }>;

export interface CheckoutState {
  readonly draft: Draft;
  /** The field keys act on. */
  readonly active: FieldName;
  /** Rises when the program moves the focus, so that the screen follows even if `active` is the same. */
  readonly focusRequest: number;
  /** Fields whose quiet faults (`empty`, `too-short`, `zero`) are due: the field was left, or Issue was pressed. */
  readonly due: readonly FieldName[];
  readonly issue: IssueState;
  readonly message: Message | null;
  /** The next customer's card, read while this sale is still being recorded. */
  readonly heldScan: CollectorScan | null;
  /** The last answer to what a form would earn; it holds only for that form. */
  readonly preview: Preview | null;
}

/** A form that starts from a draft, with the focus where its first digits go. */
export function startCheckout(draft: Draft, active: FieldName, focusRequest: number): CheckoutState {
  const nothing = { message: null, heldScan: null, preview: null };
  return { draft, active, focusRequest, due: [], issue: { kind: 'idle' }, ...nothing };
}

/** Whether a sale is on its way to the disk, so that its fields must stay as they are. */
export function isInFlight(issue: IssueState): boolean {
  return issue.kind === 'sending' || issue.kind === 'interrupted';
}
