import { randomUUID } from 'node:crypto';
import type { Handlers } from '../../shared/contract/contract.ts';
import type { OperatorDecision } from '../../shared/contract/operators.ts';
import { pinFaultOf, tidyName, type ApprovingRole, type OperatorRole } from '../../shared/domain/operator.ts';
import type { OperatorRow } from '../journal/rows.ts';
import type { OperatorHandlersDependencies } from './handlers.ts';
import { createApprovals } from './approvals.ts';

type Changes = Pick<
  Handlers,
  | 'operators.setUp'
  | 'operators.add'
  | 'operators.change'
  | 'operators.resetPin'
  | 'operators.provePin'
  | 'operators.changePin'
>;

/** A manager decides on everybody; on IT people, IT may too. Nobody becomes a manager by IT's word. */
function decidersOn(...roles: readonly (OperatorRole | undefined)[]): readonly ApprovingRole[] {
  return roles.every((role) => role === 'it') ? ['manager', 'it'] : ['manager'];
}

/** The calls that change who works here: one at a time, so that two windows can not take the last manager away together. */
export function createChanges(
  dependencies: OperatorHandlersDependencies,
  signIn: (operator: OperatorRow) => Promise<void>,
): Changes {
  const { roster, approvals, pins, session, changed, authorizeAny, hasher, clock } = dependencies;
  /** Apart from approvals: who knows a PIN has not said yes to anything. */
  const proofs = createApprovals(clock);
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const mine = last.then(task);
    last = mine.catch(() => undefined);
    return mine;
  }

  async function addRow(
    chosen: { readonly name: string; readonly role: OperatorRole; readonly pin: string },
    by: { readonly actor: string | null } | 'first',
  ): Promise<{ kind: 'added'; row: OperatorRow } | Extract<OperatorDecision, { kind: 'refused' }>> {
    const { role, pin } = chosen;
    const base = { id: randomUUID(), name: tidyName(chosen.name), role, isActive: true };
    const row = { ...base, failures: 0, lockedUntilMs: 0, pinHash: '' };
    const fault = roster.faultOf(row) ?? pinFaultOf(pin);
    if (fault !== undefined) return { kind: 'refused', fault };
    const complete = { ...row, pinHash: await hasher.hash(pin) };
    const detail = { id: row.id, name: row.name, role, ...(by === 'first' ? { isFirst: true } : {}) };
    const actor = by === 'first' ? row.name : by.actor;
    await roster.save(complete, { what: 'operator-added', actor, detail });
    changed();
    return { kind: 'added', row: complete };
  }

  return {
    'operators.setUp': ({ name, pin, isSigningIn }) =>
      inTurn(async () => {
        if (roster.hasActive('manager')) return { kind: 'already-set-up' };
        const result = await addRow({ name, role: 'manager', pin }, 'first');
        if (result.kind === 'refused') return result;
        if (isSigningIn) await signIn(result.row);
        return { kind: 'set-up', approval: approvals.give(result.row.id) };
      }),

    'operators.add': ({ name, role, pin, approval }) =>
      inTurn(async () => {
        const by = authorizeAny(decidersOn(role), approval);
        if (by.kind === 'approval-needed') return by;
        const result = await addRow({ name, role, pin }, by);
        return result.kind === 'refused' ? result : { kind: 'done' };
      }),

    'operators.change': ({ operatorId, role, isActive, approval, ...input }) =>
      inTurn(async () => {
        const before = roster.find(operatorId);
        const by = authorizeAny(decidersOn(before?.role, role), approval);
        if (by.kind === 'approval-needed') return by;
        if (before === undefined) return { kind: 'refused', fault: 'no-such-operator' };
        const row = { ...before, name: tidyName(input.name), role, isActive };
        const fault = roster.faultOf(row);
        if (fault !== undefined) return { kind: 'refused', fault };
        const fields = (['name', 'role', 'isActive'] as const).filter(
          (field) => before[field] !== row[field],
        );
        if (fields.length === 0) return { kind: 'done' };
        const from = Object.fromEntries(fields.map((field) => [field, before[field]]));
        const to = Object.fromEntries(fields.map((field) => [field, row[field]]));
        const detail = { id: row.id, name: row.name, from, to };
        await roster.save(row, { what: 'operator-changed', actor: by.actor, detail });
        if (!isActive && session.current()?.operatorId === operatorId) session.end();
        changed();
        return { kind: 'done' };
      }),

    'operators.resetPin': ({ operatorId, pin, approval }) =>
      inTurn(async () => {
        const before = roster.find(operatorId);
        const by = authorizeAny(decidersOn(before?.role), approval);
        if (by.kind === 'approval-needed') return by;
        if (before === undefined) return { kind: 'refused', fault: 'no-such-operator' };
        const fault = pinFaultOf(pin);
        if (fault !== undefined) return { kind: 'refused', fault };
        const row = { ...before, pinHash: await hasher.hash(pin), failures: 0, lockedUntilMs: 0 };
        const detail = { id: row.id, name: row.name };
        await roster.save(row, { what: 'operator-pin-reset', actor: by.actor, detail });
        pins.forgive(operatorId);
        // Whoever knew the old one is not signed in by it any longer, unless they chose the new one themselves.
        const isOther = by.actor !== row.name;
        if (isOther && session.current()?.operatorId === operatorId) session.end();
        changed();
        return { kind: 'done' };
      }),

    'operators.provePin': async ({ operatorId, pin }) => {
      const result = await pins.check(operatorId, pin);
      // Of this very hash: a PIN that a manager gave anew meanwhile was not the one keyed.
      return result.kind === 'right'
        ? { kind: 'proven', proof: proofs.give(result.operator.pinHash) }
        : result;
    },

    'operators.changePin': ({ operatorId, pin, proof }) =>
      inTurn(async () => {
        const fault = pinFaultOf(pin);
        if (fault !== undefined) return { kind: 'refused', fault };
        const before = roster.activeOf(operatorId);
        if (before === undefined || proofs.take(proof) !== before.pinHash) return { kind: 'proof-needed' };
        const row = { ...before, pinHash: await hasher.hash(pin) };
        const detail = { id: row.id, name: row.name };
        await roster.save(row, { what: 'operator-pin-changed', actor: row.name, detail });
        changed();
        return { kind: 'done' };
      }),
  };
}
