import { useEffect, useRef, type RefObject } from 'react';

/**
 * Puts the focus on the first element that matches, once, when the part of the page it is in appears; not where something
 * in it has taken the focus itself.
 */
export function useFirstFocus<Part extends HTMLElement>(selector: string): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => {
    if (part.current?.contains(document.activeElement) === true) return;
    part.current?.querySelector<HTMLElement>(selector)?.focus();
  }, [selector]);
  return part;
}
