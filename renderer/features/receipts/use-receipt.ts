import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { Language } from '../../../shared/contract/views.ts';
import { useClient, useEvent } from '../../app/context.tsx';

type Reply = CallOutput<'receipts.show'> | { readonly kind: 'unreachable' };

export type ReceiptState = Reply | { readonly kind: 'none' } | { readonly kind: 'looking' };

/** The receipt under a reference in one language, kept current while it is shown. */
export function useReceipt(reference: string, language: Language): ReceiptState {
  const client = useClient();
  const [answer, setAnswer] = useState<{ readonly reference: string; readonly reply: Reply }>();
  const latest = useRef('');
  const ask = useCallback(async (): Promise<void> => {
    const asked = `${language} ${reference}`;
    latest.current = asked;
    const result = await client.call('receipts.show', { reference, language });
    // A newer question makes the answer to this one stale.
    if (latest.current !== asked) return;
    setAnswer({ reference, reply: result.kind === 'answer' ? result.output : { kind: 'unreachable' } });
  }, [client, reference, language]);
  const again = (seq: number): void => {
    if (answer?.reply.kind === 'found' && answer.reply.seq === seq) void ask();
  };
  useEvent('sale', ({ seq }) => again(seq));
  useEvent('receipt-printed', ({ seq }) => again(seq));
  useEffect(() => {
    if (reference !== '') void ask();
  }, [ask, reference]);
  if (reference === '') return { kind: 'none' };
  return answer?.reference === reference ? answer.reply : { kind: 'looking' };
}
