import { useCallback, useState } from 'react';
import type { Original } from '../../../shared/contract/returns.ts';
import { readReference } from '../../../shared/domain/receipt-code.ts';
import { useClient } from '../../app/context.tsx';

/** Where a search for a sale stands. */
export type Finding =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'found'; readonly originals: readonly Original[] }
  /** `asked`: what there is no sale of here. */
  | { readonly kind: 'not-found'; readonly asked: string }
  | { readonly kind: 'unreadable' | 'not-answered' };

/** A day as it is asked for: `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Finds sales by whatever was keyed or scanned: a reference, or a Collector Number with a day where one is given. */
export function useFinder() {
  const client = useClient();
  const [finding, setFinding] = useState<Finding>({ kind: 'nothing-asked' });
  const find = useCallback(
    async (text: string, transactionDay: string): Promise<readonly Original[]> => {
      if (text.trim() === '') {
        setFinding({ kind: 'nothing-asked' });
        return [];
      }
      setFinding({ kind: 'asking' });
      const day = isDay(transactionDay) ? { transactionDay } : {};
      const result = await client.call(
        'returns.find',
        readReference(text) === undefined
          ? { by: 'collector', collectorText: text, ...day }
          : { by: 'reference', text },
      );
      if (result.kind === 'failure') {
        setFinding({ kind: 'not-answered' });
        return [];
      }
      setFinding(result.output.kind === 'not-found' ? { kind: 'not-found', asked: text } : result.output);
      return result.output.kind === 'found' ? result.output.originals : [];
    },
    [client],
  );
  return { finding, find };
}
