import { languages } from '../../../shared/i18n/languages.ts';
import words from './locked-page.json' with { type: 'json' };

/**
 * What a browser without a session sees. In both languages, because nobody has chosen one yet, and without style
 * or script, because neither may be served to whom we do not know.
 */
export function lockedPage(): string {
  const sections = languages.map((language) => {
    const { title, explanation, action } = words[language];
    return `<section lang="${language}"><h1>${title}</h1><p>${explanation}</p><p><strong>${action}</strong></p></section>`;
  });
  return [
    '<!doctype html>',
    '<html lang="en-CA"><head><meta charset="utf-8"><title>Milepost</title>',
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>',
    `<body>${sections.join('<hr>')}</body></html>`,
  ].join('');
}
