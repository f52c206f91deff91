import { useCallback, useEffect, useRef, useState } from 'react';
import type { DayOverview } from '../../../shared/contract/day.ts';
import { useClient, useEvent } from '../../app/context.tsx';

export interface ListedDay {
  readonly day: string;
  readonly count: number;
  readonly isClosed: boolean;
}

export type Reading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'read'; readonly overview: DayOverview };

/** The days there are, the chosen one, and what it came to; read again when asked and when a sale of it changes. */
export function useDay() {
  const client = useClient();
  const [today, setToday] = useState<string | null>(null);
  const [days, setDays] = useState<readonly ListedDay[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [reading, setReading] = useState<Reading>({ kind: 'reading' });
  const asked = useRef('');
  const day = chosen ?? today;

  const read = useCallback(
    (which: string): Promise<void> => {
      asked.current = which;
      return client.call('day.overview', { day: which }).then((result) => {
        // Another day was chosen meanwhile: its own answer counts.
        if (asked.current !== which) return;
        setReading(
          result.kind === 'failure' ? { kind: 'unreadable' } : { kind: 'read', overview: result.output },
        );
      });
    },
    [client],
  );
  const list = useCallback(
    (): Promise<void> =>
      client.call('day.list', {}).then((result) => {
        if (result.kind === 'failure') {
          setReading({ kind: 'unreadable' });
          return;
        }
        setToday(result.output.today);
        setDays(result.output.days);
      }),
    [client],
  );

  useEffect(() => void list(), [list]);
  useEffect(() => {
    if (day !== null) void read(day);
  }, [day, read]);

  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  useEvent('sale', (sale) => {
    // A drain of thousands is one reading.
    if (sale.transactionDay !== day) return;
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => void read(sale.transactionDay), 300);
  });
  useEvent('reconciliation', (reconciliation) => {
    setReading((before) =>
      before.kind === 'read' && before.overview.day === reconciliation.day
        ? { kind: 'read', overview: { ...before.overview, reconciliation } }
        : before,
    );
    if (reconciliation.state !== 'running' && reconciliation.day === day) void read(reconciliation.day);
  });

  return {
    today,
    days,
    day,
    reading,
    choose(next: string): void {
      setReading({ kind: 'reading' });
      setChosen(next);
    },
    /** Something was decided: the day and the list may both say something else now. */
    async refresh(): Promise<void> {
      if (day !== null) await Promise.all([read(day), list()]);
    },
  };
}
