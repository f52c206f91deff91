import type { Language } from '../contract/views.ts';
import enCA from './en-CA.json' with { type: 'json' };
import frCA from './fr-CA.json' with { type: 'json' };

/** The name of a message. Both catalogues hold exactly these; a test keeps them equal. */
export type MessageId = keyof typeof enCA;
export type Catalogue = Readonly<Record<MessageId, string>>;

/**
 * Every sentence a person reads, in both languages, as ICU messages. The programme's brand and the words for its unit
 * are settings and come in as placeholders.
 */
export const catalogues: Readonly<Record<Language, Catalogue>> = { 'en-CA': enCA, 'fr-CA': frCA };
