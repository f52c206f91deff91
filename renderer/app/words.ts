export { createWords, createWordsFrom, type Words } from '../../shared/i18n/words.ts';
