import { useCallback, useEffect, useRef, useState } from 'react';
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
  const latest = useRef(0);
  const text = JSON.stringify(input);
  const ask = useCallback(async (): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    const reply = await client.call(name, JSON.parse(text) as CallInput<Name>);
    // Asked again meanwhile, or no longer shown.
    if (mine !== latest.current) return;
    setAsked(reply.kind === 'answer' ? { kind: 'answer', output: reply.output } : { kind: 'failed' });
  }, [client, name, text]);
  // Nothing waits for it but the screen; a call never rejects.
  const again = useCallback(() => void ask(), [ask]);
  useEffect(() => {
    again();
    return () => {
      latest.current += 1;
    };
  }, [again]);
  return [asked, again];
}
