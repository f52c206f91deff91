/** The languages of every screen, receipt and sentence. */
export const languages = ['en-CA', 'fr-CA'] as const;

type Language = (typeof languages)[number];

/** There are two. */
export const otherLanguage = (language: Language): Language => (language === 'en-CA' ? 'fr-CA' : 'en-CA');
