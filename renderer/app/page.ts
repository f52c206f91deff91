import type { OpenOutcome } from '../../shared/contract/board.ts';

/** Where the window is. The checkout is home; every other page is left with Escape. */
export type Page =
  | { readonly name: 'checkout' }
  | { readonly name: 'menu' }
  /** `reference`: of the sale to return, where it is known already. */
  | { readonly name: 'return'; readonly reference?: string | undefined }
  | { readonly name: 'keyed-return' }
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
