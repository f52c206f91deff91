import type { Language } from '../../shared/contract/views.ts';
import type { Catalogue } from '../../shared/i18n/catalogues.ts';

/** The messages of one language, as they came in a file of their own. */
export interface LoadedCatalogue {
  readonly language: Language;
  readonly messages: Catalogue;
}

/** Each becomes a file of its own: a window loads the language it is in, and the other one once it stands idle. */
const files = {
  'en-CA': () => import('../../shared/i18n/en-CA.json'),
  'fr-CA': () => import('../../shared/i18n/fr-CA.json'),
} as const satisfies Record<Language, () => Promise<{ default: Catalogue }>>;

/** The files come from this machine: a fetch fails only while the terminal program is away. */
const RELOAD_AFTER_MS = 1_000;

const loading = new Map<Language, Promise<void>>();
const loaded = new Map<Language, LoadedCatalogue>();
const listeners = new Set<() => void>();

/** Loads a language's messages, once however often it is asked for. Never rejects. */
export function loadCatalogue(language: Language): Promise<void> {
  const now = loading.get(language) ?? fetchCatalogue(language);
  loading.set(language, now);
  return now;
}

async function fetchCatalogue(language: Language): Promise<void> {
  try {
    const { default: messages } = await files[language]();
    loaded.set(language, { language, messages });
    for (const listener of listeners) listener();
  } catch {
    // A browser fetches a module once: it comes with the next load. A window without a word has nothing to lose by one.
    if (loaded.size === 0) setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  }
}

/** Those of a language; until they are there those of the other one, or null at the very start. */
export function loadedCatalogue(language: Language): LoadedCatalogue | null {
  return loaded.get(language) ?? [...loaded.values()][0] ?? null;
}

/** Hears of each language that came. Returns the way to stop. */
export function onCatalogue(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The one the page was served in, which is the one the terminal is set to. */
export function pageLanguage(): Language {
  return document.documentElement.lang === 'fr-CA' ? 'fr-CA' : 'en-CA';
}
