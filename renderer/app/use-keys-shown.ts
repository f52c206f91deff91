import { useEffect } from 'react';

const IDLE_MS = 2_000;
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta']);

/** Marks the document while the keys on the controls are to stand out: a modifier is held, or nobody did anything for 2 s. */
export function useKeysShown(): void {
  useEffect(() => {
    const root = document.documentElement;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      root.toggleAttribute('data-keys-shown', true);
    };
    const rest = (): void => {
      root.toggleAttribute('data-keys-shown', false);
      clearTimeout(timer);
      timer = setTimeout(show, IDLE_MS);
    };
    const onKeyDown = (event: KeyboardEvent): void => (MODIFIERS.has(event.key) ? show() : rest());
    rest();
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('keyup', rest, true);
    document.addEventListener('pointerdown', rest, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('keyup', rest, true);
      document.removeEventListener('pointerdown', rest, true);
    };
  }, []);
}
