export { createWords, type Words } from '../../shared/i18n/words.ts';
