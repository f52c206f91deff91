import { useEffect, useRef, type RefObject } from 'react';

/** Puts the focus on the first element that matches, once, when the part of the page it is in appears. */
export function useFirstFocus<Part extends HTMLElement>(selector: string): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => {
    part.current?.querySelector<HTMLElement>(selector)?.focus();
  }, [selector]);
  return part;
}
