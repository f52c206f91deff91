import type { OperatorsView } from '../../shared/contract/operators.ts';
import type { ApprovingRole, OperatorMode, OperatorRole } from '../../shared/domain/operator.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Events } from '../events.ts';
import type { Journal } from '../journal/journal.ts';
import type { OperatorRow } from '../journal/rows.ts';
import { createApprovals } from './approvals.ts';
import type { Authority, Authorization } from './authority.ts';
import { createOperatorHandlers } from './handlers.ts';
import { createPinCheck } from './pin-check.ts';
import { createPinHasher, type PinHasherOptions } from './pin-hash.ts';
import { createRoster, type Roster } from './roster.ts';
import { createSession } from './session.ts';

export interface OperatorsOptions extends PinHasherOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  readonly mode: OperatorMode;
  readonly autoLockMinutes: number;
}

/** Who may sell right now, and in whose name it is recorded. */
export type AtCheckout =
  { readonly kind: 'open'; readonly actor: string | null } | { readonly kind: 'sign-in-needed' };

/** The people of the terminal: who they are, who is signed in, and who stands behind an action. */
export async function createOperators(options: OperatorsOptions) {
  const { journal, clock, events, log, mode } = options;
  const roster = await createRoster({ journal, clock });
  const approvals = createApprovals(clock);
  const hasher = createPinHasher(options);
  const pins = createPinCheck({ roster, journal, clock, hasher });
  const session = createSession({
    clock,
    autoLockMs: mode === 'off' ? 0 : options.autoLockMinutes * 60_000,
    onAutoLock: () => {
      log.info('operator-locked', { reason: 'idle' });
      changed();
    },
  });

  const signedIn = (): OperatorRow | undefined => {
    const current = session.current();
    return current === null ? undefined : roster.activeOf(current.operatorId);
  };
  /** Who is signed in and not locked out of the screen: whoever stands here. */
  const present = (): OperatorRow | undefined =>
    session.current()?.isLocked === false ? signedIn() : undefined;

  const view = (): OperatorsView => ({
    mode,
    isSetUp: roster.hasActive('manager'),
    operators: roster.active().map(publicPart),
    signedIn: publicPartOf(signedIn()),
    isLocked: signedIn() !== undefined && present() === undefined,
    itApprovers: [...rolesFor('it', roster)],
  });
  let announced = '';
  const changed = (): void => {
    const next = view();
    const text = JSON.stringify(next);
    if (text !== announced) events.emit('operators', next);
    announced = text;
  };

  /** An approval is used up even where nobody's yes was needed, so that it can not be kept for something else. */
  function authorizeAny(roles: readonly ApprovingRole[], approval: string | undefined): Authorization {
    if (mode === 'off') return { kind: 'authorized', actor: null };
    const approver = approval === undefined ? undefined : roster.activeOf(approvals.take(approval) ?? '');
    const able = roles.flatMap((role) => rolesFor(role, roster));
    for (const operator of [approver, present()]) {
      if (operator !== undefined && able.includes(operator.role)) {
        return { kind: 'authorized', actor: operator.name };
      }
    }
    return { kind: 'approval-needed' };
  }
  const authority: Authority = { authorize: (role, approval) => authorizeAny([role], approval) };

  return {
    authority,
    view,
    atCheckout(): AtCheckout {
      if (mode === 'off') return { kind: 'open', actor: null };
      const operator = present();
      if (operator === undefined && mode === 'everyone') return { kind: 'sign-in-needed' };
      return { kind: 'open', actor: operator?.name ?? null };
    },
    handlers: createOperatorHandlers({
      ...options,
      roster,
      approvals,
      pins,
      hasher,
      session,
      signedIn,
      changed,
      authorizeAny,
    }),
    stop: (): void => session.stop(),
  };
}
export type Operators = Awaited<ReturnType<typeof createOperators>>;

/** Who may do what takes a role: IT's part falls to managers where the store has no IT operator. */
function rolesFor(role: ApprovingRole, roster: Pick<Roster, 'hasActive'>): readonly OperatorRole[] {
  return role === 'it' && !roster.hasActive('it') ? ['manager'] : [role];
}

function publicPart({ id, name, role }: OperatorRow) {
  return { id, name, role };
}
function publicPartOf(row: OperatorRow | undefined) {
  return row === undefined ? null : publicPart(row);
}
