import type Database from 'better-sqlite3';
import type { OperatorRole } from '../../shared/domain/operator.ts';
import type { OperatorRow } from './rows.ts';
import type { Store } from './store.ts';

interface StoredOperator {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly pinHash: string;
  readonly isActive: 0 | 1;
  readonly failures: number;
  readonly lockedUntilMs: number;
}

export interface PrintEntry {
  readonly seq: number;
  readonly atMs: number;
  readonly jobId: string;
  readonly state: string;
  readonly detail?: string | undefined;
}

/** A line about the terminal or a transaction that is nobody's delivery: a day closed, a setting changed. */
export interface Note {
  readonly seq: number | null;
  readonly atMs: number;
  readonly what: string;
  readonly actor: string | null;
  readonly detail: object;
}

/** What the journal keeps beside transactions: operators, offer tables, notes in the audit chain. */
export function createRegisters(database: Database.Database, store: Pick<Store, 'audit'>) {
  const all = database.prepare<
    [],
    StoredOperator
  >(`SELECT id, name, role, pin_hash AS pinHash, is_active AS isActive,
    failures, locked_until_ms AS lockedUntilMs FROM operators ORDER BY name`);
  const save = database.prepare(`INSERT INTO operators VALUES (@id, @name, @role, @pinHash, @isActive,
    @failures, @lockedUntilMs) ON CONFLICT(id) DO UPDATE SET name = excluded.name, role = excluded.role,
    pin_hash = excluded.pin_hash, is_active = excluded.is_active, failures = excluded.failures,
    locked_until_ms = excluded.locked_until_ms`);
  const renew = database.prepare<[string, string, string]>(
    'UPDATE operators SET pin_hash = ? WHERE id = ? AND pin_hash = ?',
  );
  const tried = database.prepare<[number, number, string]>(
    'UPDATE operators SET failures = ?, locked_until_ms = ? WHERE id = ?',
  );
  const keepTable = database.prepare<[string, string]>(
    'INSERT INTO offer_tables VALUES (?, ?) ON CONFLICT(hash) DO NOTHING',
  );
  const table = database.prepare<[string], string>('SELECT text FROM offer_tables WHERE hash = ?').pluck();

  return {
    operators: (): OperatorRow[] => all.all().map((row) => ({ ...row, isActive: row.isActive === 1 })),
    /** Adds or changes an operator, with a line about it; a name that is taken throws. */
    saveOperator(row: OperatorRow, note: Omit<Note, 'seq'>): void {
      save.run({ ...row, isActive: row.isActive ? 1 : 0 });
      store.audit({ ...note, seq: null });
    },
    /** Replaces one hash of a PIN by another of the same, with a line about it; false where a new PIN came between. */
    renewPinHash(id: string, from: string, to: string, note: Omit<Note, 'seq'>): boolean {
      if (renew.run(to, id, from).changes === 0) return false;
      store.audit({ ...note, seq: null });
      return true;
    },
    /** Keeps how often a PIN was wrong in a row, so that a restart forgives nothing. */
    operatorTried: (id: string, failures: number, lockedUntilMs: number): void => {
      tried.run(failures, lockedUntilMs, id);
    },
    /** Keeps an offer table under the hash of its text, for returns of what it was computed with. */
    keepOfferTable: (hash: string, text: string): void => {
      keepTable.run(hash, text);
    },
    offerTable: (hash: string): string | undefined => table.get(hash),
    note: (line: Note): void => store.audit(line),
    /** What became of a print job: its own state, told apart from the transaction's. */
    recordPrint({ seq, atMs, ...detail }: PrintEntry): void {
      store.audit({ seq, atMs, what: 'print', actor: null, detail });
    },
  };
}
export type Registers = ReturnType<typeof createRegisters>;
