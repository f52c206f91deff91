import type { Handlers } from '../../../shared/contract/contract.ts';
import type { PartnerClient } from '../../airmiles/client.ts';
import type { Clock } from '../../clock.ts';
import type { TransactionRow } from '../../journal/rows.ts';
import type { Metrics } from './metrics.ts';

/** A client whose every call is counted. */
export function measuredClient(client: PartnerClient, metrics: Metrics): PartnerClient {
  return {
    ...client,
    async send(request, signal) {
      const answer = await client.send(request, signal);
      // What this terminal itself stopped waiting for says nothing about the far end.
      if (!signal.aborted) metrics.call(answer);
      return answer;
    },
  };
}

/** Sales whose press was seen in this run and that are not final yet; older ones have no press to count from. */
const PRESSES_KEPT = 1000;

/** Measures from the press: to the disk, and to the account. */
export function createPressWatch(metrics: Metrics, clock: Clock) {
  const pressedAtMs = new Map<number, number>();
  const told = new Map<number, string>();
  return {
    /** Stands in front of the call that issues. */
    watch:
      (issue: Handlers['checkout.issue']): Handlers['checkout.issue'] =>
      async (input) => {
        const startMs = clock.monotonicMs();
        const reply = await issue(input);
        if (reply.kind === 'recorded' && !reply.isRepeat) {
          metrics.stored(clock.monotonicMs() - startMs);
          pressedAtMs.set(reply.sale.seq, startMs);
          const [oldest] = pressedAtMs.keys();
          if (pressedAtMs.size > PRESSES_KEPT && oldest !== undefined) pressedAtMs.delete(oldest);
        }
        return reply;
      },
    /** Hears what becomes of each transaction. */
    changed(seq: number, { state }: TransactionRow): void {
      if (state === 'due' || told.get(seq) === state) return;
      told.set(seq, state);
      const [first] = told.keys();
      if (told.size > PRESSES_KEPT && first !== undefined) told.delete(first);
      metrics.outcome(state);
      const startMs = pressedAtMs.get(seq);
      if (state === 'credited' && startMs !== undefined) metrics.credited(clock.monotonicMs() - startMs);
      pressedAtMs.delete(seq);
    },
  };
}

export type PressWatch = ReturnType<typeof createPressWatch>;
