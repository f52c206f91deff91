import { useLayoutEffect } from 'react';
import { otherLanguage } from '../../shared/i18n/languages.ts';
import { useTerminal } from './context.tsx';
import type { Page } from './page.ts';

/** Keys that do the same on every page. */
const pagesByKey: Readonly<Record<string, Page>> = {
  F2: { name: 'return' },
  F3: { name: 'board' },
  F10: { name: 'menu' },
};

/** Opens pages and changes the language by key, wherever the focus is; not while a sheet is open. */
export function useGlobalKeys(): void {
  const terminal = useTerminal();
  // As soon as the window is drawn: a key pressed at its first sight counts.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      // With Shift it is the customer's language, heard where that is shown.
      if (event.shiftKey) return;
      const language = terminal.getState().loaded?.snapshot.language;
      const page = pagesByKey[event.key];
      if (language === undefined || (page === undefined && event.key !== 'F8')) return;
      event.preventDefault();
      if (page === undefined) terminal.setLanguage(otherLanguage(language));
      else if (document.querySelector('.sheet') === null) terminal.open(page);
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [terminal]);
}
