/**
 * What may stand in a log, a report or a bundle. One redactor is in front of everything that is written for people:
 * it takes out long numbers, tokens, keys and the frames of cards by their shape, and this terminal's own secrets by
 * their value.
 */
export interface Redactor {
  /** From now on this very text is never let through. Short ones are left: they would blot out innocent words. */
  hide(secret: string): void;
  redact(text: string): string;
}

/** Dates and times are let pass: support needs them, and no number of a person is written so. */
const DATE = '(?<!\\d|\\d-)20\\d\\d-[01]\\d-[0-3]\\d(?!\\d|-\\d)';
const TIME = '(?<=T)\\d\\d-\\d\\d-\\d\\d-\\d{3}(?=Z)';
const LONG_DIGIT_RUN = new RegExp(`(${DATE}|${TIME})|\\d(?:[\\s-]?\\d){7,}`, 'g');
const TOKEN = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi;
const WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
const PEM = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g;
/** Track one and two of a magnetic stripe, as a reader sends them. */
const CARD_FRAME = /%[A-Z]\d[^?\r\n]{4,}\??|;\d[^?\r\n]{4,}\?/g;
const NAMED_SECRET =
  /\b(pin|client_secret|password|access_token|secret)(["']?\s*[=:]\s*["']?)[^\s"'&,}]{3,}/gi;

const SHORTEST_HIDDEN = 6;

export function createRedactor(): Redactor {
  const hidden = new Set<string>();
  return {
    hide(secret) {
      if (secret.length < SHORTEST_HIDDEN) return;
      hidden.add(secret);
      // The same, as JSON, an address and Basic authentication would write it.
      hidden.add(JSON.stringify(secret).slice(1, -1));
      hidden.add(encodeURIComponent(secret));
    },
    redact(text) {
      let clean = text;
      for (const secret of hidden) clean = clean.replaceAll(secret, '[secret]');
      return clean
        .replaceAll(PEM, '[key]')
        .replaceAll(CARD_FRAME, '[card]')
        .replaceAll(TOKEN, '$1 [token]')
        .replaceAll(WEB_TOKEN, '[token]')
        .replaceAll(NAMED_SECRET, '$1$2[secret]')
        .replaceAll(
          LONG_DIGIT_RUN,
          (digits, moment: string | undefined) => moment ?? `····${digits.slice(-4)}`,
        );
    },
  };
}
