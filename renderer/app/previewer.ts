import type { Client } from '../client.ts';
import type { CheckoutAction } from '../features/checkout/checkout-actions.ts';
import { formOf, previewInput } from '../features/checkout/preview.ts';
import type { TerminalState } from './terminal-state.ts';

const ASK_AFTER_MS = 300;

interface PreviewerDependencies {
  readonly client: Client;
  readonly getState: () => TerminalState;
  readonly act: (action: CheckoutAction) => void;
}

/**
 * Asks what the sale being keyed would earn once its form has stood still for a moment: one question at a time, and
 * never the same twice in a row.
 */
export function createPreviewer({ client, getState, act }: PreviewerDependencies) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedForm = '';
  let isAsking = false;

  function currentInput(): ReturnType<typeof previewInput> {
    const { loaded, isConnected } = getState();
    return loaded === null || !isConnected ? null : previewInput(loaded.checkout, loaded.snapshot);
  }

  async function ask(): Promise<void> {
    const input = currentInput();
    if (input === null || isAsking) return;
    const form = formOf(input);
    if (form === askedForm) return;
    askedForm = form;
    isAsking = true;
    const result = await client.call('checkout.preview', input);
    isAsking = false;
    if (result.kind === 'answer') act({ kind: 'previewed', form, reply: result.output });
    // The form may have changed and stood still again meanwhile.
    if (timer === undefined) await ask();
  }

  return {
    /** The form changed: the moment begins anew. */
    changed(): void {
      clearTimeout(timer);
      timer = undefined;
      if (currentInput() === null) {
        // The next sale may look the same, and what is known now may not hold for it.
        askedForm = '';
        return;
      }
      timer = setTimeout(() => {
        timer = undefined;
        void ask();
      }, ASK_AFTER_MS);
    },
    stop(): void {
      clearTimeout(timer);
    },
  };
}
