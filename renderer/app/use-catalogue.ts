import { useEffect, useSyncExternalStore } from 'react';
import type { Language } from '../../shared/contract/views.ts';
import { loadCatalogue, loadedCatalogue, onCatalogue, type LoadedCatalogue } from './load-catalogue.ts';

/** The messages of a language, fetched where they are not there yet; see `loadedCatalogue` for what stands until then. */
export function useCatalogue(language: Language): LoadedCatalogue | null {
  useEffect(() => {
    void loadCatalogue(language);
  }, [language]);
  return useSyncExternalStore(onCatalogue, () => loadedCatalogue(language));
}
