import type { Sale } from '../../../shared/contract/views.ts';

/** What of the newest sale was heard already. */
export interface Heard {
  readonly seq: number;
  readonly outcome: Sale['outcome'] | undefined;
}

export type Hearing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'play'; readonly sound: Sale['outcome'] }
  /** It is safe on the disk and on its way: its tone waits a moment for a better one. */
  | { readonly kind: 'wait' };

/**
 * The tone for the newest sale as it stands now. A sale is only ever shown once it is on the disk, so no tone comes
 * before the commit. Each outcome of a sale is heard once, and sales that were there when the window opened never.
 */
export function hearingOf(sale: Sale | undefined, heard: Heard): Hearing {
  if (sale === undefined || sale.seq < heard.seq) return { kind: 'nothing' };
  if (sale.seq === heard.seq && sale.outcome === heard.outcome) return { kind: 'nothing' };
  if (sale.closedAs !== undefined) return { kind: 'nothing' };
  if (sale.outcome === 'stored' && sale.isSending) return { kind: 'wait' };
  return { kind: 'play', sound: sale.outcome };
}
