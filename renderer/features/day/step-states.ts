import type { DayOverview, Reconciliation } from '../../../shared/contract/day.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { Words } from '../../app/words.ts';

export interface StepState {
  readonly state: string;
  readonly tone: 'quiet' | 'done' | 'attention';
}

/** How each step of closing a day stands, in a word or two. */
export function stepStates(overview: DayOverview, { text }: Pick<Words, 'text'>) {
  const { figures, owedCount, closing, sinceClosing, canReconcile, reconciliation } = overview;
  const count = figures.reduce((total, figure) => total + figure.count, 0);
  const isClosed = closing !== undefined && sinceClosing === 0;
  return {
    totals: { state: text('day.state-of.totals', { count }), tone: 'quiet' },
    owed: {
      state: text('day.state-of.owed', { count: owedCount }),
      tone: owedCount === 0 ? 'done' : 'attention',
    },
    reconcile: canReconcile
      ? reconcileState(reconciliation, text)
      : { state: text('day.state-of.no-reconcile'), tone: 'quiet' },
    sign: isClosed
      ? { state: text('day.state-of.closed'), tone: 'done' }
      : { state: text('day.state-of.open'), tone: 'quiet' },
    files: {
      state: text(closing === undefined ? 'day.state-of.files' : 'day.state-of.files-ready'),
      tone: 'quiet',
    },
  } satisfies Record<string, StepState>;
}

function reconcileState(reconciliation: Reconciliation | undefined, text: Words['text']): StepState {
  if (reconciliation === undefined) return { state: text('day.state-of.reconcile'), tone: 'quiet' };
  const { state, asked, collectors, open } = reconciliation;
  switch (state) {
    case 'running': {
      const percent = Math.floor((asked / Math.max(1, collectors)) * 100);
      return { state: text('day.state-of.running', { percent }), tone: 'quiet' };
    }
    case 'paused':
      return { state: text('day.state-of.paused'), tone: 'attention' };
    case 'cancelled':
      return { state: text('day.state-of.cancelled'), tone: 'quiet' };
    case 'finished':
      return {
        state: text('day.state-of.differences', { count: open }),
        tone: open === 0 ? 'done' : 'attention',
      };
    default:
      return assertNever(state);
  }
}
