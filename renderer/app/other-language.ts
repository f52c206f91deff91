import type { Language } from '../../shared/contract/views.ts';

/** There are two. */
export const otherLanguage = (language: Language): Language => (language === 'en-CA' ? 'fr-CA' : 'en-CA');
