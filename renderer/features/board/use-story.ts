import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { useClient, useEvent } from '../../app/context.tsx';

const REFRESH_MS = 300;

type Shown = { readonly kind: 'loading' } | { readonly kind: 'failed' } | CallOutput<'board.story'>;

/**
 * The story of one transaction, kept current. While another one is on its way the last stays in sight: its buttons act
 * on what is shown.
 */
export function useStory(seq: number): { readonly shown: Shown; readonly reload: () => Promise<void> } {
  const client = useClient();
  const [shown, setShown] = useState<Shown>({ kind: 'loading' });
  const wanted = useRef(seq);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const reload = useCallback(async (): Promise<void> => {
    const asked = wanted.current;
    const result = await client.call('board.story', { seq: asked });
    if (asked !== wanted.current) return;
    setShown((before) =>
      result.kind === 'answer' ? result.output : before.kind === 'story' ? before : { kind: 'failed' },
    );
  }, [client]);
  useEffect(() => {
    wanted.current = seq;
    void reload();
  }, [seq, reload]);
  // Its returns and its sale are in it too, so whatever changed may have changed it.
  useEvent('transaction', () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void reload();
    }, REFRESH_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return { shown, reload };
}
