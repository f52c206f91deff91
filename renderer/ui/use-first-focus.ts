import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Puts the focus on the first element that matches, once, when the part of the page it is in appears; not where something
 * in it has taken the focus itself, and nowhere with null.
 */
export function useFirstFocus<Part extends HTMLElement>(selector: string | null): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useLayoutEffect(() => {
    if (selector === null || part.current?.contains(document.activeElement) === true) return;
    part.current?.querySelector<HTMLElement>(selector)?.focus();
  }, [selector]);
  return part;
}
