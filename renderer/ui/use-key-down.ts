import { useLayoutEffect, useRef } from 'react';

/**
 * Hears every key pressed in the window while the part of the page it is in is shown: never while that part is hidden
 * behind a page whose code is still being fetched, where a key would do what nobody sees. `first`: before any control
 * hears it.
 */
export function useKeyDown(onKeyDown: (event: KeyboardEvent) => void, turn: 'first' | 'last'): void {
  const latest = useRef(onKeyDown);
  useLayoutEffect(() => {
    latest.current = onKeyDown;
  });
  // What is hidden keeps its other effects.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => latest.current(event);
    document.addEventListener('keydown', hear, turn === 'first');
    return () => document.removeEventListener('keydown', hear, turn === 'first');
  }, [turn]);
}
