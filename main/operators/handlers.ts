import type { Handlers } from '../../shared/contract/contract.ts';
import type { operatorsCalls } from '../../shared/contract/operators.ts';
import type { ApprovingRole } from '../../shared/domain/operator.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import { JournalUnavailable, type Journal } from '../journal/journal.ts';
import type { OperatorRow } from '../journal/rows.ts';
import type { Approvals } from './approvals.ts';
import type { Authorization } from './authority.ts';
import { createChanges } from './changes.ts';
import type { PinCheck } from './pin-check.ts';
import type { PinHasher } from './pin-hash.ts';
import type { Roster } from './roster.ts';
import type { createSession } from './session.ts';

export interface OperatorHandlersDependencies {
  readonly journal: Pick<Journal, 'note'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly hasher: PinHasher;
  readonly roster: Roster;
  readonly approvals: Approvals;
  readonly pins: PinCheck;
  readonly session: ReturnType<typeof createSession>;
  readonly signedIn: () => OperatorRow | undefined;
  /** Something that windows show may have changed. */
  readonly changed: () => void;
  readonly authorizeAny: (roles: readonly ApprovingRole[], approval: string | undefined) => Authorization;
}

type OperatorHandlers = Pick<Handlers, keyof typeof operatorsCalls>;

/** Answers every call on operators. A PIN is looked at here and goes nowhere else. */
export function createOperatorHandlers(dependencies: OperatorHandlersDependencies): OperatorHandlers {
  const { journal, clock, log, roster, approvals, pins, session, signedIn, changed } = dependencies;
  const note = (what: string, { id, name }: OperatorRow): Promise<void> =>
    journal.note({ seq: null, atMs: clock.nowMs(), what, actor: name, detail: { id } });

  /** Leaving must work on a disk that does not; what can not be written down there stands in the log. */
  async function noteLeaving(what: string, operator: OperatorRow | undefined): Promise<void> {
    changed();
    if (operator === undefined) return;
    try {
      await note(what, operator);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      log.warn('operator-not-noted', { kind: what, reason: error.reason });
    }
  }

  async function signIn(operator: OperatorRow): Promise<void> {
    const before = signedIn();
    const isUnlock = before?.id === operator.id;
    if (before !== undefined && !isUnlock) await note('operator-signed-out', before);
    await note(isUnlock ? 'operator-unlocked' : 'operator-signed-in', operator);
    session.start(operator.id);
    changed();
  }

  return {
    ...createChanges(dependencies, signIn),
    'operators.signIn': async ({ operatorId, pin }) => {
      const result = await pins.check(operatorId, pin);
      if (result.kind !== 'right') return result;
      await signIn(result.operator);
      return { kind: 'signed-in' };
    },
    'operators.signOut': async () => {
      const operator = signedIn();
      session.end();
      await noteLeaving('operator-signed-out', operator);
      return {};
    },
    'operators.lock': async () => {
      session.lock();
      await noteLeaving('operator-locked', signedIn());
      return {};
    },
    'operators.active': () => {
      session.active();
      return {};
    },
    'operators.approve': async ({ operatorId, pin }) => {
      // Nobody's PIN is tried for a yes that would be worth nothing.
      if (roster.activeOf(operatorId)?.role === 'cashier') return { kind: 'no-such-operator' };
      const result = await pins.check(operatorId, pin);
      if (result.kind !== 'right') return result;
      await note('operator-approved', result.operator);
      return { kind: 'approved', approval: approvals.give(operatorId) };
    },
    'operators.list': () => ({
      operators: roster.all().map(({ id, name, role, isActive }) => ({
        id,
        name,
        role,
        isActive,
        isLockedOut: pins.waitMs(id) > 0,
      })),
    }),
  };
}
