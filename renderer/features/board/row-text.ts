import type { Sale } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { OutcomeReason } from '../../../shared/domain/outcome.ts';
import { takesBack, type TransactionKind } from '../../../shared/domain/transaction-kind.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Words } from '../../app/words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago, in its largest unit. A clock that was set back makes nothing older than now. */
export function ageText(recordedAtMs: number, nowMs: number, { text }: Words): string {
  const ageMs = Math.max(0, nowMs - recordedAtMs);
  if (ageMs < HOUR_MS) return text('board.age.minutes', { count: Math.floor(ageMs / MINUTE_MS) });
  if (ageMs < DAY_MS) return text('board.age.hours', { count: Math.floor(ageMs / HOUR_MS) });
  return text('board.age.days', { count: Math.floor(ageMs / DAY_MS) });
}

/** What it asks for, where it is not a sale. */
export const kindText: Readonly<Record<TransactionKind, MessageId | null>> = {
  issue: null,
  post: null,
  return: 'board.kind.return',
  reverse: 'board.kind.return',
  'post-event': 'board.kind.correction',
  'reverse-event': 'board.kind.correction',
  record: 'board.kind.record',
};

/** Why it is not final, in a few plain words. */
export function reasonText(sale: Sale, { text }: Words): string {
  const kind = kindText[sale.kind];
  const why = text(sale.outcome === 'accepted' ? 'board.reason.accepted' : reasons[reasonOf(sale)]);
  return kind === null ? why : [text(kind), why].join(' · ');
}

const reasonOf = ({ outcome, reason }: Sale): OutcomeReason =>
  reason ?? (outcome === 'needs-manager' ? 'rejected' : 'waiting');

/** What happens next, or who has to do what. */
export function nextText(sale: Sale, { text, time }: Words): string {
  switch (sale.outcome) {
    case 'accepted':
      return text('board.next.posts');
    case 'needs-manager':
      if (sale.reason === 'may-have-arrived') return text('board.next.check');
      return text(kindText[sale.kind] === null ? 'board.next.correct' : 'board.next.decide');
    case 'stored':
      if (sale.isSending) return text('board.next.sending');
      if (sale.nextAttemptAtMs !== undefined)
        return text('board.next.at', { time: time(sale.nextAttemptAtMs) });
      return text(takesBack(sale.kind) ? 'board.next.after-sale' : 'board.next.by-itself');
    case 'credited':
      return text('board.next.nothing');
    default:
      return assertNever(sale.outcome);
  }
}

/** Miles as they count: less, where they are taken back. */
export const signedMiles = ({ kind }: Pick<Sale, 'kind'>, milesAmount: number): number =>
  takesBack(kind) ? -milesAmount : milesAmount;

export const reasons: Readonly<Record<OutcomeReason, MessageId>> = {
  waiting: 'board.reason.waiting',
  'no-network': 'board.reason.no-network',
  dns: 'board.reason.dns',
  'connection-refused': 'board.reason.connection-refused',
  'connection-lost': 'board.reason.connection-lost',
  'tls-untrusted': 'board.reason.tls-untrusted',
  'tls-expired': 'board.reason.tls-expired',
  'proxy-refused': 'board.reason.proxy-refused',
  timeout: 'board.reason.timeout',
  'token-refused': 'board.reason.token-refused',
  'client-not-allowed': 'board.reason.client-not-allowed',
  'rate-limited': 'board.reason.rate-limited',
  maintenance: 'board.reason.maintenance',
  'airmiles-failing': 'board.reason.airmiles-failing',
  'answer-unreadable': 'board.reason.answer-unreadable',
  rejected: 'board.reason.rejected',
  'may-have-arrived': 'board.reason.may-have-arrived',
};
