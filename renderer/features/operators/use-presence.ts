import { useEffect } from 'react';
import { useClient, useTerminal } from '../../app/context.tsx';

const TELL_EVERY_MS = 10_000;

/** Tells main that somebody is here, so that it does not lock under their hands; Ctrl+L locks. */
export function usePresence(): void {
  const client = useClient();
  const terminal = useTerminal();
  useEffect(() => {
    let toldAtMs = -TELL_EVERY_MS;
    const isHere = (): boolean => {
      const operators = terminal.getState().loaded?.snapshot.operators;
      return operators !== undefined && operators.signedIn !== null && !operators.isLocked;
    };
    const tell = (): void => {
      if (performance.now() - toldAtMs < TELL_EVERY_MS || !isHere()) return;
      toldAtMs = performance.now();
      void client.call('operators.active', {});
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      tell();
      if (event.key.toLowerCase() !== 'l' || !event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      if (!event.repeat && isHere()) void client.call('operators.lock', {});
    };
    window.addEventListener('keydown', onKeyDown, true);
    window.addEventListener('pointerdown', tell, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('pointerdown', tell, true);
    };
  }, [client, terminal]);
}
