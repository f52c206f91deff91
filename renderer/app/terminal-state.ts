import type { EventPayload } from '../../shared/contract/contract.ts';
import type { Language, Sale, Snapshot } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { reduceCheckout, type CheckoutAction } from '../features/checkout/checkout-actions.ts';
import { startCheckout, type CheckoutState } from '../features/checkout/checkout-state.ts';
import { readEntry, waitingField } from '../features/checkout/entry.ts';
import { checkoutPage, type Page } from './page.ts';
import { addSale, newestFirst, upsertSale } from '../features/sales/sale-list.ts';

/** What is known once main answered: its snapshot, kept current by events, and the form. */
export interface Loaded {
  readonly snapshot: Snapshot;
  readonly checkout: CheckoutState;
}

export interface TerminalState {
  readonly isConnected: boolean;
  /** Nothing until the first snapshot; it stays while main is away. */
  readonly loaded: Loaded | null;
  readonly page: Page;
  /** Rises with every opening, so that a page opened again begins anew. */
  readonly openings: number;
}

export type TerminalAction =
  | { readonly kind: 'connection'; readonly isConnected: boolean }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'sale'; readonly sale: Sale }
  | { readonly kind: 'status'; readonly status: EventPayload<'status'> }
  | { readonly kind: 'operators'; readonly operators: EventPayload<'operators'> }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'notice-dismissed'; readonly id: string }
  | { readonly kind: 'checkout'; readonly action: CheckoutAction };

export const startState: TerminalState = {
  isConnected: false,
  loaded: null,
  page: checkoutPage,
  openings: 0,
};

/** The whole screen's next state. Pure. */
export function reduceTerminal(state: TerminalState, action: TerminalAction): TerminalState {
  if (action.kind === 'connection') return { ...state, isConnected: action.isConnected };
  if (action.kind === 'snapshot') return { ...state, loaded: load(state.loaded, action.snapshot) };
  if (action.kind === 'page') return { ...state, page: action.page, openings: state.openings + 1 };
  if (state.loaded === null) return state;
  return { ...state, loaded: reduceLoaded(state.loaded, action) };
}

function reduceLoaded(
  loaded: Loaded,
  action: Exclude<TerminalAction, { kind: 'connection' | 'snapshot' | 'page' }>,
): Loaded {
  const { snapshot } = loaded;
  switch (action.kind) {
    case 'sale':
      return {
        ...loaded,
        snapshot: { ...snapshot, recentSales: upsertSale(snapshot.recentSales, action.sale) },
      };
    case 'status':
      return { ...loaded, snapshot: { ...snapshot, status: action.status } };
    case 'operators':
      return { ...loaded, snapshot: { ...snapshot, operators: action.operators } };
    case 'language':
      return { ...loaded, snapshot: { ...snapshot, language: action.language } };
    case 'notice-dismissed': {
      const notices = snapshot.notices.filter((notice) => notice.id !== action.id);
      return { ...loaded, snapshot: { ...snapshot, notices } };
    }
    case 'checkout': {
      const checkout = reduceCheckout(loaded.checkout, action.action, snapshot);
      return { snapshot: withRecorded(snapshot, action.action), checkout };
    }
    default:
      return assertNever(action);
  }
}

function load(before: Loaded | null, fresh: Snapshot): Loaded {
  const snapshot = { ...fresh, recentSales: newestFirst(fresh.recentSales) };
  if (before === null) {
    const field = waitingField(readEntry(snapshot.draft, snapshot));
    return { snapshot, checkout: startCheckout(snapshot.draft, field, 1) };
  }
  return {
    snapshot,
    checkout: reduceCheckout(before.checkout, { kind: 'reconnected', snapshot: fresh }, snapshot),
  };
}

function withRecorded(snapshot: Snapshot, action: CheckoutAction): Snapshot {
  if (action.kind !== 'answered' || action.result.kind !== 'answer') return snapshot;
  const reply = action.result.output;
  if (reply.kind !== 'recorded') return snapshot;
  return { ...snapshot, recentSales: addSale(snapshot.recentSales, reply.sale) };
}
