import { useEffect, useState } from 'react';
import { useClient } from '../../app/context.tsx';
import type { Back } from './return-form.ts';

const ASK_AFTER_MS = 150;

/** The Miles a return would take back, once its amounts have stood still; undefined while nobody knows. */
export function useTakesBack(seq: number, back: Back | undefined): number | undefined {
  const client = useClient();
  const { eligibleCents, excludedCents } = back ?? {};
  const form = back === undefined ? '' : `${seq} ${back.eligibleCents} ${back.excludedCents}`;
  const [known, setKnown] = useState<{ readonly form: string; readonly milesAmount: number }>();
  useEffect(() => {
    if (eligibleCents === undefined || excludedCents === undefined) return undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const result = await client.call('returns.preview', { seq, eligibleCents, excludedCents });
      if (!isCurrent || result.kind === 'failure' || result.output.kind === 'unknown') return;
      setKnown({ form, milesAmount: result.output.milesAmount });
    };
    const timer = setTimeout(() => void ask(), ASK_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, form, seq, eligibleCents, excludedCents]);
  const isAsked = back !== undefined;
  useEffect(() => {
    if (!isAsked) return undefined;
    return () => void client.call('returns.leave', {});
  }, [client, isAsked]);
  return known?.form === form ? known.milesAmount : undefined;
}
