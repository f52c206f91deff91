import { z } from 'zod';

/** Why something in a settings file, a variable, a provisioning file or an offer table is not used. */
export const reasonCodes = [
  // Names.
  'no-such-setting',
  'no-such-setting-meant',
  'no-such-variable-meant',
  'no-such-lock',
  'no-such-lock-meant',
  'policy-part',
  'locked',
  // Kinds and limits of values.
  'missing',
  'text-expected',
  'number-expected',
  'whole-number-expected',
  'yes-no-expected',
  'list-expected',
  'group-expected',
  'number-low',
  'number-high',
  'text-empty',
  'text-short',
  'text-long',
  'list-short',
  'list-long',
  'not-allowed',
  'only-allowed',
  'not-usable',
  // Rules of single settings: a schema gives one of these as its message.
  'https-address',
  'otlp-address',
  'header-name',
  'own-header',
  'header-characters',
  'proxy-address',
  'proxy-password',
  'time-of-day',
  'day',
  'six-digits',
  'card-rule-field',
  'card-rule-payment-card',
  'rule-prefix',
  'symbology',
  'coupon-rule',
  'sponsor-code',
  'offer-code',
  'scope-empty',
  // Files as a whole.
  'file-missing',
  'file-folder',
  'file-device',
  'file-large',
  'file-unreadable',
  'file-zeros',
  'file-empty',
  'file-utf-16',
  'file-not-utf-8',
  'file-no-object',
  'file-deep',
  'copy-not-kept',
  'not-set-aside',
  // JSON.
  'json',
  'json-word',
  'json-number',
  'json-name',
  'json-value',
  'json-colon',
  'json-comma',
  'json-brace',
  'json-bracket',
  'json-end',
  'json-comment',
  'json-no-comments',
  'json-text',
  'json-escape',
  // Provisioning files.
  'provisioning-name',
  'provisioning-value',
  'provisioning-left',
  // Offer tables.
  'offer-table-not-named',
  'location-not-given',
  'offer-table-format',
  'offer-code-twice',
  'base-offer-unknown',
  'window-reversed',
  'offer-id-not-a-number',
  'tier-without-end',
  'tier-never-reached',
  'tier-pays-splitting',
  'base-never-reached',
] as const;

export const ReasonCode = z.enum(reasonCodes);
export type ReasonCode = z.output<typeof ReasonCode>;

/**
 * A code and what its sentence tells besides: limits, allowed values, an operating system's code. Three values have a
 * place of their own in every sentence: `at` (where in the file), `others` (how many more there are), `savedAt` (of the
 * copy that is used in its place). The value of a refused setting or secret is never among them.
 */
export const Reason = z.strictObject({
  code: ReasonCode,
  values: z.record(z.string(), z.string().max(500)),
});
export type Reason = z.output<typeof Reason>;

/** A reason out of plain values. */
export function reason(code: ReasonCode, values: Readonly<Record<string, string | number>> = {}): Reason {
  const told = Object.entries(values).map(([name, value]) => [name, String(value).slice(0, 500)] as const);
  return { code, values: Object.fromEntries(told) };
}
