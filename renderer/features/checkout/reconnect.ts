import type { Draft, Snapshot } from '../../../shared/contract/views.ts';
import type { IssueState } from './checkout-state.ts';

export type ReconnectDecision = 'take-main' | 'keep-local';

/**
 * Which draft goes on after main was away. The local one is newest while main still holds its key. With another key in
 * main, either the local sale was recorded (then it is done), or main lost it (then the cashier's work wins).
 */
export function decideReconnect(
  draft: Draft,
  issue: IssueState,
  snapshot: Pick<Snapshot, 'draft' | 'recentSales'>,
): ReconnectDecision {
  if (draft.saleKey === snapshot.draft.saleKey) return 'keep-local';
  if (snapshot.recentSales.some((sale) => sale.saleKey === draft.saleKey)) return 'take-main';
  const isInFlight = issue.kind === 'sending' || issue.kind === 'interrupted';
  return isInFlight || !isBlank(draft) ? 'keep-local' : 'take-main';
}

/** Whether nothing was keyed yet. */
function isBlank(draft: Draft): boolean {
  return draft.collectorText === '' && draft.amountText === '' && Object.keys(draft.taxTexts).length === 0;
}
