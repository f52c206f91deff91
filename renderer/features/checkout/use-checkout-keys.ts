import type { Terminal } from '../../app/terminal.ts';
import type { Loaded } from '../../app/terminal-state.ts';
import { useKeyDown } from '../../ui/use-key-down.ts';
import { waitingField, type Entry } from './entry.ts';

/** The keys of the checkout. They are heard before anything else, so that no control can swallow them. */
export function useCheckoutKeys(terminal: Terminal, loaded: Loaded, entry: Entry): void {
  useKeyDown((event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || isInSheet()) return;
    const isAsking = loaded.checkout.issue.kind === 'asking';
    const commands: Partial<Record<string, () => void>> = {
      F4: () => terminal.act({ kind: 'second-sale-confirmed' }),
      F6: () => terminal.sendNow(),
      F7: () => terminal.open({ name: 'receipts', ...lastReference(loaded) }),
      F9: () => terminal.clearSale(),
      Escape: () => escape(terminal, loaded),
      // The same sale pressed again is the same sale: the safe answer is the near one.
      Enter: () => (isAsking ? terminal.clearSale() : terminal.act({ kind: 'pressed', by: 'enter' })),
    };
    const command = commands[event.key];
    if (command !== undefined && !(event.key === 'Enter' && isButton(event.target))) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) command();
      return;
    }
    if (/^[\d.,]$/.test(event.key) && !(event.target instanceof HTMLInputElement)) {
      // The key itself follows the focus, so moving it is enough.
      document.querySelector<HTMLInputElement>(`[data-field="${waitingField(entry)}"]`)?.focus();
    }
  }, 'first');
}

function escape(terminal: Terminal, { checkout }: Loaded): void {
  const { active, issue, message } = checkout;
  if (issue.kind === 'asking' || message !== null) terminal.act({ kind: 'dismissed' });
  else if (active === 'collector' || active === 'amount' || active === 'excluded')
    terminal.act({ kind: 'typed', field: active, text: '' });
  else terminal.act({ kind: 'tax-reset', tax: active });
}

/** The receipt a cashier most often wants is the last sale's. */
function lastReference({ snapshot }: Loaded): { reference?: string } {
  const [last] = snapshot.recentSales;
  return last === undefined ? {} : { reference: last.reference };
}

function isButton(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null;
}

/** A sheet over the checkout has the keys for itself. */
function isInSheet(): boolean {
  return document.querySelector('.sheet') !== null;
}
