import type { OpenOutcome } from '../../shared/contract/board.ts';
import type { EntryMode } from '../../shared/domain/collector-number.ts';

/** A card that a device read, and how. */
export interface ReadCard {
  readonly collectorNumber: string;
  readonly entryMode: EntryMode;
}

/** A sale of another terminal, as far as its paper and AIR MILES tell it. */
export interface PaperSale {
  readonly paperReference: string;
  readonly collectorText: string;
  /** The card that was scanned beside it, where one was. */
  readonly card: ReadCard | undefined;
  readonly milesText: string;
}

/** Where the window is. The checkout is home; every other page is left with Escape. */
export type Page =
  | { readonly name: 'checkout' }
  | { readonly name: 'menu' }
  /** `reference`: of the sale to return, where it is known already. */
  | { readonly name: 'return'; readonly reference?: string | undefined }
  /** `paper`: what is known of the sale already. */
  | { readonly name: 'keyed-return'; readonly paper?: PaperSale }
  | { readonly name: 'correction' }
  | { readonly name: 'operators' }
  | { readonly name: 'devices' }
  | { readonly name: 'training' }
  | { readonly name: 'receipts'; readonly reference?: string }
  | { readonly name: 'settings' }
  | { readonly name: 'doctor' }
  | { readonly name: 'figures' }
  | { readonly name: 'lockdown' }
  | { readonly name: 'about' }
  | { readonly name: 'board'; readonly filter?: OpenOutcome }
  | { readonly name: 'day' };

export type PageName = Page['name'];

export const checkoutPage: Page = { name: 'checkout' };
