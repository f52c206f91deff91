import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { Language } from '../../../shared/contract/views.ts';
import { useClient, useEvent } from '../../app/context.tsx';

type Found = Extract<CallOutput<'receipts.show'>, { kind: 'found' }>;

export type ReceiptState =
  | { readonly kind: 'none' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unreachable' }
  | Found;

/** The receipt under a reference in one language, kept current while it is shown. */
export function useReceipt(reference: string, language: Language): ReceiptState {
  const client = useClient();
  const [state, setState] = useState<ReceiptState>({ kind: reference === '' ? 'none' : 'looking' });
  const [round, setRound] = useState(0);
  const again = (seq: number): void => {
    if (state.kind === 'found' && state.seq === seq) setRound((before) => before + 1);
  };
  useEvent('sale', ({ seq }) => again(seq));
  useEvent('receipt-printed', ({ seq }) => again(seq));
  useEffect(() => {
    let isCurrent = true;
    if (reference === '') setState({ kind: 'none' });
    else {
      void client.call('receipts.show', { reference, language }).then((result) => {
        if (isCurrent) setState(result.kind === 'answer' ? result.output : { kind: 'unreachable' });
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [client, reference, language, round]);
  return state;
}
