import type { Sale } from '../../../shared/contract/views.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { Outcome, OutcomeReason } from '../../../shared/domain/outcome.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';

/** The word each outcome owns, the same on every surface. */
export const outcomeText: Readonly<Record<Outcome, MessageId>> = {
  credited: 'outcome.credited',
  accepted: 'outcome.accepted',
  stored: 'outcome.stored',
  'needs-manager': 'outcome.needs-manager',
};

/** The word for a sale: one that earned nothing was never credited, and says so. */
export const saleOutcomeText = ({ kind, outcome }: Pick<Sale, 'kind' | 'outcome'>): MessageId =>
  kind === 'record' && outcome === 'credited' ? 'outcome.recorded' : outcomeText[outcome];

/** What happened, what it means for the sale, and what to do. */
export function detailText(sale: Pick<Sale, 'kind' | 'outcome' | 'reason' | 'isSending'>): MessageId {
  if (sale.kind === 'record' && sale.outcome !== 'needs-manager')
    return sale.outcome === 'stored' ? 'detail.recorded-stored' : 'detail.recorded';
  switch (sale.outcome) {
    case 'credited':
      return 'detail.credited';
    case 'accepted':
      return 'detail.accepted';
    case 'stored':
      // A sale that was just pressed has no history to tell yet; a later try keeps saying why there is one.
      return sale.isSending && (sale.reason ?? 'waiting') === 'waiting'
        ? 'detail.sending'
        : reasonText[sale.reason ?? 'waiting'];
    case 'needs-manager':
      return reasonText[sale.reason ?? 'rejected'];
    default:
      return assertNever(sale.outcome);
  }
}

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
