import type { Words } from '../../shared/i18n/words.ts';

export { createWords, createWordsFrom, type Words } from '../../shared/i18n/words.ts';

/** Something to say, kept as what it is and not as a sentence, so that it follows the language of the screen. */
export type Message = Parameters<Words['text']>;
