import type { Sale } from '../../shared/contract/views.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { maskCollectorNumber } from '../../shared/domain/collector-number.ts';
import type { Outcome, OutcomeReason } from '../../shared/domain/outcome.ts';
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

/**
 * A recorded sale as screens see it, its Collector Number masked. `troubleReason` is what ails the connection now: it
 * explains a sale that was never tried.
 */
export function saleView(
  row: TransactionRow,
  isSending: boolean,
  troubleReason: OutcomeReason | undefined,
): Sale {
  const outcome = outcomeOf(row.state);
  const reason =
    outcome === 'stored' ? (row.reason ?? troubleReason ?? 'waiting') : (row.reason ?? undefined);
  return {
    seq: row.seq,
    saleKey: row.callerKey,
    reference: row.reference,
    collectorMasked: maskCollectorNumber(row.collectorNumber),
    entryMode: row.entryMode,
    preTaxCents: row.preTaxCents,
    postTaxCents: row.postTaxCents,
    transactionDay: row.transactionDay,
    recordedAtMs: row.recordedAtMs,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(row.detail === null ? {} : { reasonDetail: row.detail }),
    ...(row.milesAmount === null ? {} : { milesAmount: row.milesAmount }),
    ...(row.balanceMiles === null ? {} : { balanceMiles: row.balanceMiles }),
    attempts: row.attempts,
    isSending,
    ...(outcome === 'stored' && row.attempts > 0 ? { nextAttemptAtMs: row.dueAtMs } : {}),
  };
}
