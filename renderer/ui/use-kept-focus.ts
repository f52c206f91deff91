import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the focus in a part of the page whose content changes under it: where the element that had it is gone, the first
 * field or button takes it, so that who works with keys alone never starts again from the top.
 */
export function useKeptFocus<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  const last = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const element = part.current;
    if (element === null) return undefined;
    const remember = ({ target }: FocusEvent): void => {
      last.current = target instanceof Element ? target : null;
    };
    element.addEventListener('focusin', remember);
    const keep = (): void => {
      const lost = last.current;
      if (lost === null || document.activeElement !== document.body) return;
      // What is open over the page has the focus for itself.
      if (document.querySelector('.sheet') !== null) return;
      if (lost instanceof HTMLElement && lost.isConnected) lost.focus();
      else element.querySelector<HTMLElement>('input, button:not(:disabled)')?.focus();
    };
    // A field that took the focus in this very drawing was not heard.
    if (element.contains(document.activeElement)) last.current = document.activeElement;
    // What this drawing took away, and then what goes without one: a sheet that gives the focus back to what is gone.
    keep();
    const watcher = new MutationObserver(keep);
    watcher.observe(document.body, { childList: true, subtree: true });
    return () => {
      element.removeEventListener('focusin', remember);
      watcher.disconnect();
    };
  });
  return part;
}
