import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

const GOOD_FOR_MS = 60_000;

/** Approvals by PIN: each a random word, good for one action within a minute, in memory only. `by`: whose or what it is. */
export function createApprovals(clock: Clock) {
  const given = new Map<string, { readonly by: string; readonly untilMs: number }>();
  return {
    give(by: string): string {
      const nowMs = clock.monotonicMs();
      for (const [approval, { untilMs }] of given) if (untilMs <= nowMs) given.delete(approval);
      const approval = randomBytes(32).toString('base64url');
      given.set(approval, { by, untilMs: nowMs + GOOD_FOR_MS });
      return approval;
    },
    /** Who gave it, once; undefined when it is not known, was used, or is too old. */
    take(approval: string): string | undefined {
      const found = given.get(approval);
      given.delete(approval);
      return found !== undefined && clock.monotonicMs() < found.untilMs ? found.by : undefined;
    },
  };
}
export type Approvals = ReturnType<typeof createApprovals>;
