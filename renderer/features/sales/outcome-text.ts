import type { Sale } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { CloseReason, Outcome, OutcomeReason } from '../../../shared/domain/outcome.ts';
import { takesBack } from '../../../shared/domain/transaction-kind.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Look } from '../../ui/Shape.tsx';

/** The word each outcome owns, the same on every surface. */
export const outcomeText: Readonly<Record<Outcome, MessageId>> = {
  credited: 'outcome.credited',
  accepted: 'outcome.accepted',
  stored: 'outcome.stored',
  'needs-manager': 'outcome.needs-manager',
};

/** How it is drawn: what was closed here has no colour, whatever it was before. */
export const lookOf = ({ outcome, closedAs }: Pick<Sale, 'outcome' | 'closedAs'>): Look =>
  closedAs === undefined ? outcome : 'closed';

/** The word for where it stands: its outcome's, or how it was closed, or that Miles were taken back. */
export function outcomeWord({
  kind,
  outcome,
  closedAs,
}: Pick<Sale, 'kind' | 'outcome' | 'closedAs'>): MessageId {
  if (closedAs !== undefined) return closedText[closedAs].word;
  if (outcome !== 'credited') return outcomeText[outcome];
  // One that earned nothing was never credited, and says so.
  if (kind === 'record') return 'outcome.recorded';
  return takesBack(kind) ? 'outcome.taken-back' : outcomeText[outcome];
}

/** What happened, what it means for the sale, and what to do. */
export function detailText(
  sale: Pick<Sale, 'outcome' | 'reason' | 'isSending'> & Partial<Pick<Sale, 'kind' | 'closedAs'>>,
): MessageId {
  const { kind = 'issue', closedAs } = sale;
  if (closedAs !== undefined) return closedText[closedAs].detail;
  if (kind === 'record' && sale.outcome !== 'needs-manager')
    return sale.outcome === 'stored' ? 'detail.recorded-stored' : 'detail.recorded';
  const isReturn = takesBack(kind);
  switch (sale.outcome) {
    case 'credited':
      return isReturn ? 'detail.return.credited' : 'detail.credited';
    case 'accepted':
      return isReturn ? 'detail.return.accepted' : 'detail.accepted';
    case 'stored': {
      const reason = sale.reason ?? 'waiting';
      // A sale that was just pressed has no history to tell yet; a later try keeps saying why there is one.
      if (reason !== 'waiting') return reasonText[reason];
      if (isReturn) return 'detail.return.waiting';
      return sale.isSending ? 'detail.sending' : reasonText[reason];
    }
    case 'needs-manager':
      if (sale.reason === 'may-have-arrived')
        return isReturn ? 'detail.return.may-have-arrived' : reasonText[sale.reason];
      return isReturn ? 'detail.return.rejected' : reasonText[sale.reason ?? 'rejected'];
    default:
      return assertNever(sale.outcome);
  }
}

const closedText: Readonly<Record<CloseReason, { readonly word: MessageId; readonly detail: MessageId }>> = {
  'returned-unsent': { word: 'outcome.closed.returned-unsent', detail: 'detail.closed.returned-unsent' },
  corrected: { word: 'outcome.closed.corrected', detail: 'detail.closed.corrected' },
  cancelled: { word: 'outcome.closed.cancelled', detail: 'detail.closed.cancelled' },
  'written-off': { word: 'outcome.closed.written-off', detail: 'detail.closed.written-off' },
};

const reasonText: Readonly<Record<OutcomeReason, MessageId>> = {
  waiting: 'detail.waiting',
  'no-network': 'detail.no-network',
  dns: 'detail.dns',
  'connection-refused': 'detail.connection-refused',
  'connection-lost': 'detail.connection-lost',
  'tls-untrusted': 'detail.tls-untrusted',
  'tls-expired': 'detail.tls-expired',
  'proxy-refused': 'detail.proxy-refused',
  timeout: 'detail.timeout',
  'token-refused': 'detail.token-refused',
  'client-not-allowed': 'detail.client-not-allowed',
  'rate-limited': 'detail.rate-limited',
  maintenance: 'detail.maintenance',
  'airmiles-failing': 'detail.airmiles-failing',
  'answer-unreadable': 'detail.answer-unreadable',
  rejected: 'detail.rejected',
  'may-have-arrived': 'detail.may-have-arrived',
};

/** Whether goods of it can be brought back: it gave Miles, and nothing here has closed it. */
export function canComeBack({ kind, closedAs }: Sale): boolean {
  return (kind === 'issue' || kind === 'post') && closedAs === undefined;
}
