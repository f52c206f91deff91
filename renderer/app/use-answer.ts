import { useCallback, useEffect, useState } from 'react';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/contract.ts';
import { useClient } from './context.tsx';

export type Asked<Name extends CallName> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'answer'; readonly output: CallOutput<Name> };

/** Asks main once the component stands, and again when told to; the last answer stays until the next has come. */
export function useAnswer<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): readonly [Asked<Name>, () => void] {
  const client = useClient();
  const [asked, setAsked] = useState<Asked<Name>>({ kind: 'waiting' });
  const [round, setRound] = useState(0);
  const text = JSON.stringify(input);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const reply = await client.call(name, JSON.parse(text) as CallInput<Name>);
      if (!isCurrent) return;
      setAsked(reply.kind === 'answer' ? { kind: 'answer', output: reply.output } : { kind: 'failed' });
    };
    // Nothing waits for it but the screen; a call never rejects.
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [client, name, text, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return [asked, again];
}
