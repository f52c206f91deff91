import type { Language } from '../contract/views.ts';
import { catalogues } from './catalogues.ts';

/**
 * A message whose values are put in as they stand: for programs without a screen, which count nothing and choose no
 * plural. An id without a message stays as it is.
 */
export function plainText(
  language: Language,
  id: string,
  values: Readonly<Record<string, string>> = {},
): string {
  const found = Object.entries(catalogues[language]).find(([known]) => known === id)?.[1];
  return (found ?? id).replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** Quebec sets a space before a colon, and does not break the line there. */
export const colonOf = (language: Language): string => (language === 'fr-CA' ? '\u00a0:' : ':');
