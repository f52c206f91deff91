import type { Snapshot } from '../contract/views.ts';
import type { Outcome } from '../domain/outcome.ts';

export const receiptStates = ['cancelled', 'written-off'] as const;

/** Everything a receipt says, before it is words. */
export interface ReceiptFacts {
  readonly environment: Snapshot['environment'];
  /** The partner's own lines over everything: its name first, then address or telephone. */
  readonly heading: readonly string[];
  readonly store: { readonly number: string; readonly lane: string };
  readonly kind: 'sale' | 'return';
  /** How it stands as this is printed. */
  readonly state: Outcome | (typeof receiptStates)[number];
  readonly recordedAtMs: number;
  readonly transactionDay: string;
  /** Masked or in full, as the settings allow. */
  readonly collector: string;
  readonly preTaxCents: number;
  readonly postTaxCents: number;
  /** Undefined until AIR MILES said it; of a return, what was taken back, of whatever sign. */
  readonly milesAmount: number | undefined;
  /** Offer by offer, where that is known. */
  readonly offers: readonly {
    readonly name: string | undefined;
    readonly code: string;
    readonly milesAmount: number;
  }[];
  readonly balanceMiles: number | undefined;
  readonly reference: string;
  /** Of a return: the reference of the sale it takes back. */
  readonly originalReference: string | undefined;
  /** Keyed from the paper: the sale it takes back is not known. */
  readonly isWithoutOriginal?: boolean;
  readonly code: {
    readonly text: string;
    readonly squares: readonly string[];
    readonly bars: readonly number[];
  };
  /** Of a reprint: when. */
  readonly copiedAtMs: number | undefined;
}
