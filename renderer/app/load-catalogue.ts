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
const RETRY_AFTER_MS = 1_000;

const loading = new Map<Language, Promise<void>>();
const loaded = new Map<Language, LoadedCatalogue>();
const listeners = new Set<() => void>();

/** Loads a language's messages, once however often it is asked for; tries again until they are there. */
export function loadCatalogue(language: Language): Promise<void> {
  const now = loading.get(language) ?? fetchUntilThere(language);
  loading.set(language, now);
  return now;
}

function fetchUntilThere(language: Language): Promise<void> {
  return files[language]().then(
    ({ default: messages }) => {
      loaded.set(language, { language, messages });
      for (const listener of listeners) listener();
    },
    async () => {
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      return fetchUntilThere(language);
    },
  );
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

/** Before main has said which language is set, the one the machine is in. */
export function browserLanguage(): Language {
  return navigator.language.startsWith('fr') ? 'fr-CA' : 'en-CA';
}
