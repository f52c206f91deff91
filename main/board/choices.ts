import type { DecisionKind } from '../../shared/contract/board.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { Story, TransactionRow } from '../journal/rows.ts';

/** A look that found nothing holds so long: what comes later in the day could be there by then. */
const CHECK_HOLDS_MS = 3_600_000;

/** The line of the audit chain that says that AIR MILES was asked and has nothing of it. */
export const CHECKED = 'checked';

/** Whether AIR MILES was asked since it was handed to a person, lately, and did not have it. */
function wasNotFound({ lines }: Story, nowMs: number): boolean {
  const last = lines.findLast(({ what }) => what === CHECKED || what === 'needs-manager');
  return last?.what === CHECKED && nowMs - last.atMs <= CHECK_HOLDS_MS;
}

const isSale = ({ kind }: TransactionRow): boolean => kind === 'issue' || kind === 'post';

/** What a person can do about a transaction as it stands, the likeliest first. The journal has the last word on each. */
export function choicesOf(
  story: Story,
  about: {
    readonly nowMs: number;
    readonly isSending: boolean;
    readonly hasOpenReturns: boolean;
    readonly canCheck: boolean;
  },
): DecisionKind[] {
  const { row } = story;
  const check: DecisionKind[] = about.canCheck ? ['check'] : [];
  switch (row.state) {
    case 'due': {
      const isUnsent = row.maybeSentAtMs === null && !about.isSending && !about.hasOpenReturns;
      return [...(about.isSending ? [] : ['send-now' as const]), ...(isUnsent ? ['cancel' as const] : [])];
    }
    case 'needs-manager':
      if (row.reason === 'rejected')
        return [...(isSale(row) ? ['correct' as const] : []), ...check, 'write-off'];
      return [
        ...(wasNotFound(story, about.nowMs) ? ['send-again' as const] : []),
        ...check,
        'write-off' as const,
      ];
    case 'accepted':
      return check;
    case 'credited':
    case 'cancelled':
    case 'written-off':
      return [];
    default:
      return assertNever(row.state);
  }
}
