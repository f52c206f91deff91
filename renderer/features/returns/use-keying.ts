import { useEffect } from 'react';
import { useClient } from '../../app/context.tsx';

/** Main asks for no more: it waits far longer than this for the next key. */
const TELL_EVERY_MS = 60_000;

/**
 * Tells main that a return or a correction is being keyed here, and when it no longer is: no update is installed under
 * somebody's hands. Told again while it is worked on, so that a form left standing does not count for ever.
 */
export function useKeying(isKeying: boolean): void {
  const client = useClient();
  useEffect(() => {
    if (!isKeying) return undefined;
    let toldAt = -Infinity;
    const tell = (): void => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      void client.call('returns.keying', { isOpen: true });
    };
    tell();
    const ending = new AbortController();
    window.addEventListener('keydown', tell, { signal: ending.signal });
    window.addEventListener('pointerdown', tell, { signal: ending.signal });
    return () => {
      ending.abort();
      void client.call('returns.keying', { isOpen: false });
    };
  }, [client, isKeying]);
}
