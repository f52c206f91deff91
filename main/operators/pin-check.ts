import type { PinRefusal } from '../../shared/contract/operators.ts';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { OperatorRow } from '../journal/rows.ts';
import { FREE_FAILURES, lockoutLeftMs, lockoutMs } from './lockout.ts';
import type { PinHasher } from './pin-hash.ts';
import type { Roster } from './roster.ts';

/** So many wrong PINs within this time, over all operators: whoever tries one name after another waits too. */
const WRONG_PER_WINDOW = 10;
const WINDOW_MS = 60_000;

export type PinResult = { readonly kind: 'right'; readonly operator: OperatorRow } | PinRefusal;

/**
 * Checks PINs, one at a time however many windows ask. A try is written down as wrong before it is looked at, so that
 * pulling the plug in between is no free guess; a right one takes that back. Lockouts run on the monotonic clock: setting
 * the terminal's clock shortens none.
 */
export function createPinCheck(options: {
  readonly roster: Roster;
  readonly journal: Pick<Journal, 'note'>;
  readonly clock: Clock;
  readonly hasher: PinHasher;
}) {
  const { roster, journal, clock, hasher } = options;
  const lockedUntil = new Map<string, number>();
  for (const { id, failures, lockedUntilMs } of roster.all()) {
    const leftMs = lockoutLeftMs(failures, lockedUntilMs, clock.nowMs());
    if (leftMs > 0) lockedUntil.set(id, clock.monotonicMs() + leftMs);
  }
  let wrongAt: number[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const waitMs = (id: string): number =>
    Math.ceil(Math.max(0, (lockedUntil.get(id) ?? 0) - clock.monotonicMs()));

  async function check(operatorId: string, pin: string): Promise<PinResult> {
    const operator = roster.activeOf(operatorId);
    if (operator === undefined) return { kind: 'no-such-operator' };
    const locked = waitMs(operatorId);
    if (locked > 0) return { kind: 'locked-out', waitMs: locked };
    const nowMs = clock.monotonicMs();
    wrongAt = wrongAt.filter((atMs) => nowMs - atMs < WINDOW_MS);
    const [oldest] = wrongAt;
    if (oldest !== undefined && wrongAt.length >= WRONG_PER_WINDOW) {
      return { kind: 'too-many-tries', waitMs: Math.ceil(WINDOW_MS - (nowMs - oldest)) };
    }

    const failures = operator.failures + 1;
    const lockMs = lockoutMs(failures);
    await roster.tried(operatorId, failures, lockMs === 0 ? 0 : clock.nowMs() + lockMs);
    const verdict = await hasher.check(pin, operator.pinHash);
    if (verdict.kind === 'pepper-gone') {
      // Nothing was guessed, so nothing is held against anybody.
      await roster.tried(operatorId, operator.failures, operator.lockedUntilMs);
      return { kind: 'pin-lapsed' };
    }
    if (verdict.kind === 'right') {
      await roster.tried(operatorId, 0, 0);
      lockedUntil.delete(operatorId);
      if (!verdict.isStale) return { kind: 'right', operator };
      const pinHash = await hasher.hash(pin);
      await roster.renewPin(operator, pinHash);
      return { kind: 'right', operator: { ...operator, pinHash } };
    }
    wrongAt.push(clock.monotonicMs());
    if (lockMs === 0) return { kind: 'pin-wrong', triesLeft: FREE_FAILURES - failures, waitMs: 0 };
    lockedUntil.set(operatorId, clock.monotonicMs() + lockMs);
    const { id, name } = operator;
    const detail = { id, name, failures, seconds: lockMs / 1000 };
    await journal.note({ seq: null, atMs: clock.nowMs(), what: 'operator-locked-out', actor: null, detail });
    return { kind: 'pin-wrong', triesLeft: 0, waitMs: lockMs };
  }

  return {
    /** How much longer nobody may try this operator's PIN; 0 when they may. */
    waitMs,
    check(operatorId: string, pin: string): Promise<PinResult> {
      const mine = last.then(() => check(operatorId, pin));
      last = mine.catch(() => undefined);
      return mine;
    },
    /** A new PIN forgives the wrong ones. */
    forgive: (operatorId: string): boolean => lockedUntil.delete(operatorId),
  };
}
export type PinCheck = ReturnType<typeof createPinCheck>;
