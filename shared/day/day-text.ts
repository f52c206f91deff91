import type { Owed } from '../contract/day.ts';
import type { Language } from '../contract/views.ts';
import type { DayGroup, DayState } from '../domain/day-totals.ts';
import type { OutcomeReason } from '../domain/outcome.ts';
import type { MessageId } from '../i18n/catalogues.ts';

/** Words for a day's figures, the same on the page and on its report. */
export const groupText: Readonly<Record<DayGroup, MessageId>> = {
  issued: 'day.group.issued',
  returned: 'day.group.returned',
  corrected: 'day.group.corrected',
  recorded: 'day.group.recorded',
};

export const stateText: Readonly<Record<DayState, MessageId>> = {
  credited: 'day.state.credited',
  accepted: 'day.state.accepted',
  stored: 'day.state.stored',
  parked: 'day.state.parked',
  closed: 'day.state.closed',
};

const reasonText: Readonly<Record<OutcomeReason, MessageId>> = {
  waiting: 'owed.waiting',
  'no-network': 'status.trouble.no-network',
  dns: 'status.trouble.dns',
  'connection-refused': 'status.trouble.connection-refused',
  'connection-lost': 'status.trouble.connection-lost',
  'tls-untrusted': 'status.trouble.tls-untrusted',
  'tls-expired': 'status.trouble.tls-expired',
  'proxy-refused': 'status.trouble.proxy-refused',
  timeout: 'owed.timeout',
  'token-refused': 'status.trouble.token-refused',
  'client-not-allowed': 'status.trouble.client-not-allowed',
  'rate-limited': 'status.trouble.rate-limited',
  maintenance: 'status.trouble.maintenance',
  'airmiles-failing': 'owed.airmiles-failing',
  'answer-unreadable': 'status.trouble.answer-unreadable',
  rejected: 'owed.rejected',
  'may-have-arrived': 'owed.may-have-arrived',
};

/** Why something is not final yet, in a few words. */
export const owedReason = ({ outcome, reason }: Pick<Owed, 'outcome' | 'reason'>): MessageId =>
  outcome === 'accepted' ? 'owed.accepted' : reasonText[reason ?? 'waiting'];

/** The word of its outcome. */
export const owedState: Readonly<Record<Owed['outcome'], MessageId>> = {
  credited: 'outcome.credited',
  accepted: 'outcome.accepted',
  stored: 'outcome.stored',
  'needs-manager': 'outcome.needs-manager',
};

/** A day as people say it: `November 24, 2026`, `24 novembre 2026`. */
export const dayName = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day));
