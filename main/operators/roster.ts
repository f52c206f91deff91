import type { OperatorFault } from '../../shared/contract/operators.ts';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { OperatorRow } from '../journal/rows.ts';

interface RosterNote {
  readonly what: string;
  readonly actor: string | null;
  readonly detail: object;
}

/** Everybody who works here, as the journal holds them; what changes is on the disk before it is known here. */
export async function createRoster({ journal, clock }: { readonly journal: Journal; readonly clock: Clock }) {
  const rows = new Map<string, OperatorRow>();
  for (const row of await journal.operators()) rows.set(row.id, row);

  const activeOf = (id: string): OperatorRow | undefined => {
    const row = rows.get(id);
    return row?.isActive === true ? row : undefined;
  };
  const all = (): OperatorRow[] => [...rows.values()].toSorted((a, b) => a.name.localeCompare(b.name));

  return {
    all,
    active: (): OperatorRow[] => all().filter(({ isActive }) => isActive),
    find: (id: string): OperatorRow | undefined => rows.get(id),
    activeOf,
    hasActive: (role: OperatorRow['role']): boolean => all().some((row) => row.isActive && row.role === role),
    /** What keeps a changed or new row from being kept: its name, or that no manager would be left. */
    faultOf(row: OperatorRow): OperatorFault | undefined {
      if (row.name === '') return 'name-empty';
      const lower = row.name.toLocaleLowerCase();
      const isTaken = all().some((other) => other.id !== row.id && other.name.toLocaleLowerCase() === lower);
      if (isTaken) return 'name-taken';
      const before = activeOf(row.id);
      const staysManager = row.isActive && row.role === 'manager';
      if (before?.role !== 'manager' || staysManager) return undefined;
      const isAnotherLeft = all().some(
        (other) => other.id !== row.id && other.isActive && other.role === 'manager',
      );
      return isAnotherLeft ? undefined : 'last-manager';
    },
    /** Keeps a row, with a line about it in the audit chain. */
    async save(row: OperatorRow, note: RosterNote): Promise<void> {
      await journal.saveOperator(row, { ...note, atMs: clock.nowMs() });
      rows.set(row.id, row);
    },
    /** Keeps the same PIN under the pepper in force, unless another PIN was given in between. */
    async renewPin({ id, name, pinHash }: OperatorRow, next: string): Promise<void> {
      const note = { atMs: clock.nowMs(), what: 'operator-pin-rehashed', actor: name, detail: { id } };
      if (!(await journal.renewPinHash(id, pinHash, next, note))) return;
      const row = rows.get(id);
      if (row?.pinHash === pinHash) rows.set(id, { ...row, pinHash: next });
    },
    /** Keeps how often the PIN was wrong in a row. */
    async tried(id: string, failures: number, lockedUntilMs: number): Promise<void> {
      await journal.operatorTried(id, failures, lockedUntilMs);
      const row = rows.get(id);
      if (row !== undefined) rows.set(id, { ...row, failures, lockedUntilMs });
    },
  };
}
export type Roster = Awaited<ReturnType<typeof createRoster>>;
