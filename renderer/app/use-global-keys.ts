import { useEffect } from 'react';
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
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      // With Shift it is the customer's language, heard where that is shown.
      if (event.shiftKey) return;
      const language = terminal.getState().loaded?.snapshot.language;
      const page = pagesByKey[event.key];
      if (language === undefined || (page === undefined && event.key !== 'F8')) return;
      event.preventDefault();
      if (page === undefined) terminal.setLanguage(language === 'en-CA' ? 'fr-CA' : 'en-CA');
      else if (document.querySelector('.sheet') === null) terminal.open(page);
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [terminal]);
}
