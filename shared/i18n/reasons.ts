import type { Reason, ReasonCode } from '../domain/reasons.ts';
import type { MessageId } from './catalogues.ts';

const sentences = {
  'no-such-setting': 'reason.no-such-setting',
  'no-such-setting-meant': 'reason.no-such-setting-meant',
  'no-such-variable-meant': 'reason.no-such-variable-meant',
  'no-such-lock': 'reason.no-such-lock',
  'no-such-lock-meant': 'reason.no-such-lock-meant',
  'policy-part': 'reason.policy-part',
  locked: 'reason.locked',
  missing: 'reason.missing',
  'text-expected': 'reason.text-expected',
  'number-expected': 'reason.number-expected',
  'whole-number-expected': 'reason.whole-number-expected',
  'yes-no-expected': 'reason.yes-no-expected',
  'list-expected': 'reason.list-expected',
  'group-expected': 'reason.group-expected',
  'number-low': 'reason.number-low',
  'number-high': 'reason.number-high',
  'text-empty': 'reason.text-empty',
  'text-short': 'reason.text-short',
  'text-long': 'reason.text-long',
  'list-short': 'reason.list-short',
  'list-long': 'reason.list-long',
  'not-allowed': 'reason.not-allowed',
  'not-in-form': 'reason.not-in-form',
  'not-usable': 'reason.not-usable',
  'https-address': 'reason.https-address',
  'otlp-address': 'reason.otlp-address',
  'header-name': 'reason.header-name',
  'own-header': 'reason.own-header',
  'header-characters': 'reason.header-characters',
  'proxy-address': 'reason.proxy-address',
  'proxy-password': 'reason.proxy-password',
  'time-of-day': 'reason.time-of-day',
  day: 'reason.day',
  'six-digits': 'reason.six-digits',
  'card-rule-field': 'reason.card-rule-field',
  'card-rule-payment-card': 'reason.card-rule-payment-card',
  'coupon-rule': 'reason.coupon-rule',
  'offer-code': 'reason.offer-code',
  'scope-empty': 'reason.scope-empty',
  'file-missing': 'reason.file-missing',
  'file-folder': 'reason.file-folder',
  'file-device': 'reason.file-device',
  'file-large': 'reason.file-large',
  'file-unreadable': 'reason.file-unreadable',
  'file-zeros': 'reason.file-zeros',
  'file-empty': 'reason.file-empty',
  'file-utf-16': 'reason.file-utf-16',
  'file-not-utf-8': 'reason.file-not-utf-8',
  'file-no-object': 'reason.file-no-object',
  'file-deep': 'reason.file-deep',
  'copy-not-kept': 'reason.copy-not-kept',
  'not-set-aside': 'reason.not-set-aside',
  json: 'reason.json',
  'json-word': 'reason.json-word',
  'json-number': 'reason.json-number',
  'json-name': 'reason.json-name',
  'json-value': 'reason.json-value',
  'json-colon': 'reason.json-colon',
  'json-comma': 'reason.json-comma',
  'json-brace': 'reason.json-brace',
  'json-bracket': 'reason.json-bracket',
  'json-end': 'reason.json-end',
  'json-comment': 'reason.json-comment',
  'json-text': 'reason.json-text',
  'provisioning-name': 'reason.provisioning-name',
  'provisioning-value': 'reason.provisioning-value',
  'provisioning-left': 'reason.provisioning-left',
  'offer-table-not-named': 'reason.offer-table-not-named',
  'location-not-given': 'reason.location-not-given',
  'offer-table-format': 'reason.offer-table-format',
  'offer-code-twice': 'reason.offer-code-twice',
  'base-offer-unknown': 'reason.base-offer-unknown',
  'window-reversed': 'reason.window-reversed',
  'offer-id-not-a-number': 'reason.offer-id-not-a-number',
  'tier-without-end': 'reason.tier-without-end',
  'tier-never-reached': 'reason.tier-never-reached',
  'tier-pays-splitting': 'reason.tier-pays-splitting',
  'base-never-reached': 'reason.base-never-reached',
} satisfies Record<ReasonCode, MessageId>;

/** Whether a word is the code of a reason: what main sends, and a finding of doctor's carries. */
export function isReasonCode(word: string): word is ReasonCode {
  return Object.hasOwn(sentences, word);
}

/** A reason in words, by whatever says a message in the reader's language. */
export function reasonText(
  { code, values }: Reason,
  say: (id: MessageId, values?: Readonly<Record<string, string>>) => string,
): string {
  const { at, savedAt, others } = values;
  let problem = say(sentences[code], values);
  if (at !== undefined) problem = say('reason.at', { at, problem });
  if (savedAt !== undefined) problem = say('reason.with-copy', { problem, savedAt });
  return others === undefined ? problem : say('reason.with-others', { problem, others });
}
