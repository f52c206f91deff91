export { createWords, type TextValues, type Words } from '../../shared/i18n/words.ts';
