import type { Handlers } from '../../shared/contract/contract.ts';
import type { CustomerView } from '../../shared/contract/customer.ts';
import type { Draft, Language, Sale } from '../../shared/contract/views.ts';
import { takesBack } from '../../shared/domain/transaction-kind.ts';
import type { Clock } from '../clock.ts';
import type { Events } from '../events.ts';
import type { Settings } from '../settings/schema.ts';

/** Long enough to read one sentence while the card goes back into the purse. */
const THANKS_MS = 10_000;
/** A return that nobody went on with; its page normally says when it is left. */
const RETURN_MS = 120_000;

export interface CustomerViewDependencies {
  readonly events: Events;
  readonly clock: Clock;
  /** The terminal's own language, for whoever comes next. */
  readonly language: () => Language;
}

/**
 * Follows the sale or the return being made for the customer's display. It knows no Collector Number, only that there is
 * one, and forgets a sale when it is cleared, when the next begins, or a few seconds after its outcome.
 */
export function createCustomerView({ events, clock, language: ownLanguage }: CustomerViewDependencies) {
  const welcome = { kind: 'welcome' } as const;
  let showing: CustomerView['showing'] = welcome;
  let language: Language | undefined;
  let soldSeq: number | undefined;
  /** The amount that the shown Miles were computed for. */
  let amountText = '';
  let cancel: (() => void) | undefined;
  let announced = '';

  const view = (): CustomerView => ({ language: language ?? ownLanguage(), showing });

  function announce(): void {
    const text = JSON.stringify(view());
    if (text === announced) return;
    announced = text;
    events.emit('customer', view());
  }

  function show(next: CustomerView['showing']): void {
    showing = next;
    announce();
  }

  function endAfter(afterMs: number): void {
    cancel?.();
    cancel = clock.after(afterMs, end);
  }

  function end(): void {
    cancel?.();
    cancel = undefined;
    soldSeq = undefined;
    language = undefined;
    show(welcome);
  }

  return {
    view,
    setLanguage(next: Language): void {
      language = next;
      announce();
    },
    /** The terminal's own language changed. */
    languageChanged: announce,
    keyed(draft: Draft): void {
      const isSomebody = draft.collectorText !== '';
      if (!isSomebody) {
        if (showing.kind === 'sale') end();
        return;
      }
      if (showing.kind === 'outcome' || showing.kind === 'returned') end();
      if (showing.kind === 'sale' && draft.amountText === amountText) return;
      amountText = draft.amountText;
      show({ kind: 'sale' });
    },
    /** What the sale being keyed would earn. */
    earns(milesAmount: number): void {
      if (showing.kind === 'sale') show({ kind: 'sale', milesAmount });
    },
    recorded(sale: Sale): void {
      soldSeq = sale.seq;
      this.changed(sale);
    },
    /** What the return being made would take back; undefined where AIR MILES computes it. */
    returning(milesAmount: number | undefined): void {
      soldSeq = undefined;
      endAfter(RETURN_MS);
      show({ kind: 'return', ...(milesAmount === undefined ? {} : { milesAmount }) });
    },
    /** The return was not made. */
    leftReturn(): void {
      if (showing.kind === 'return') end();
    },
    /** A return was recorded, or an unsent sale taken back whole. A correction by hand is none of it. */
    returned(sale: Sale): void {
      if (sale.closedAs === 'cancelled') {
        endAfter(THANKS_MS);
        show({ kind: 'returned', outcome: 'cancelled' });
      } else if (sale.kind === 'return' || sale.kind === 'reverse') this.recorded(sale);
    },
    /** A sale's outcome changed; only the customer's own, and only while it is shown. */
    changed(sale: Sale): void {
      if (sale.seq !== soldSeq) return;
      if (sale.closedAs !== undefined) return end();
      const miles = sale.milesAmount === undefined ? {} : { milesAmount: Math.abs(sale.milesAmount) };
      endAfter(THANKS_MS);
      show({ kind: takesBack(sale.kind) ? 'returned' : 'outcome', outcome: sale.outcome, ...miles });
    },
    cleared: end,
    stop: () => cancel?.(),
  };
}
export type CustomerViewKeeper = ReturnType<typeof createCustomerView>;

/** Answers the customer's display, and the cashier who chooses its language. */
export function customerHandlers(
  keeper: CustomerViewKeeper,
  { environment, programme }: Pick<Settings, 'environment' | 'programme'>,
) {
  return {
    'customer.snapshot': () => ({ environment, programme, view: keeper.view() }),
    'customer.setLanguage': ({ language }) => {
      keeper.setLanguage(language);
      return {};
    },
  } satisfies Pick<Handlers, 'customer.snapshot' | 'customer.setLanguage'>;
}
