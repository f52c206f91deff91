import type { ConnectionState, Sale } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { maskCollectorNumber } from '../../shared/domain/collector-number.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { DeliveryState, TransactionRow } from '../journal/rows.ts';

function outcomeOf(state: DeliveryState): Outcome {
  switch (state) {
    case 'credited':
    case 'accepted':
    case 'needs-manager':
      return state;
    case 'due':
    case 'cancelled':
    case 'written-off':
      return 'stored';
    default:
      return assertNever(state);
  }
}

/** A return names the sale it takes back; only one keyed from the paper has none. Corrections by hand are no returns. */
export const isWithoutOriginal = ({
  kind,
  originalSeq,
}: Pick<TransactionRow, 'kind' | 'originalSeq'>): boolean =>
  (kind === 'return' || kind === 'reverse') && originalSeq === null;

/**
 * A recorded sale as screens see it, its Collector Number masked. `trouble` is what ails the connection now: it
 * explains a sale that has no reason of its own.
 */
export function saleView(
  row: TransactionRow,
  isSending: boolean,
  trouble: Pick<Extract<ConnectionState, { kind: 'trouble' }>, 'reason' | 'detail'> | undefined,
): Sale {
  const outcome = outcomeOf(row.state);
  const isExplained = row.reason !== null || outcome !== 'stored' || row.closedAs !== null;
  const reason = isExplained ? (row.reason ?? undefined) : (trouble?.reason ?? 'waiting');
  const detail = isExplained ? (row.detail ?? undefined) : trouble?.detail;
  return {
    seq: row.seq,
    saleKey: row.callerKey,
    kind: row.kind,
    reference: row.reference,
    collectorMasked: maskCollectorNumber(row.collectorNumber),
    entryMode: row.entryMode,
    preTaxCents: row.preTaxCents,
    postTaxCents: row.postTaxCents,
    transactionDay: row.transactionDay,
    recordedAtMs: row.recordedAtMs,
    outcome,
    ...(row.closedAs === null ? {} : { closedAs: row.closedAs }),
    ...(isWithoutOriginal(row) ? { isWithoutOriginal: true as const } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(detail === undefined ? {} : { reasonDetail: detail }),
    ...(row.milesAmount === null ? {} : { milesAmount: row.milesAmount }),
    ...(row.balanceMiles === null ? {} : { balanceMiles: row.balanceMiles }),
    attempts: row.attempts,
    isSending,
    ...(row.state === 'due' && row.attempts > 0 ? { nextAttemptAtMs: row.dueAtMs } : {}),
  };
}
