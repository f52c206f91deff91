import { useEffect } from 'react';
import { languages } from '../../shared/i18n/languages.ts';
import { lateSheets } from '../features/operators/late-sheets.ts';
import { openSound } from '../ui/sound.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { latePages } from './late-pages.ts';

/** The sheets that stand over any page, the other language, page after page; then the loudspeaker. */
const pieces: readonly (() => Promise<void>)[] = [
  ...Object.values(lateSheets).map(({ load }) => load),
  ...languages.map((language) => () => loadCatalogue(language)),
  ...Object.values(latePages).map(({ load }) => load),
  async () => openSound(),
];

/**
 * Once the checkout stands, fetches what it did not need yet, one piece each time the window is idle: a page then opens
 * at once, and no fetch comes between a key and what it shows.
 */
export function useFetchAhead(isReady: boolean): void {
  useEffect(() => {
    if (!isReady) return undefined;
    const left = [...pieces];
    let idle = requestIdleCallback(fetchNext);
    function fetchNext(): void {
      const load = left.shift();
      if (load === undefined) return;
      void load().then(() => {
        idle = requestIdleCallback(fetchNext);
      });
    }
    return () => {
      left.length = 0;
      cancelIdleCallback(idle);
    };
  }, [isReady]);
}
