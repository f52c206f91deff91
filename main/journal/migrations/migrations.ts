import { sql as journal } from './0001-journal.ts';
import { sql as decisions } from './0002-decisions.ts';
import { sql as reconciliation } from './0003-reconciliation.ts';

/** Every shape the journal ever had, in order: the migration at index n brings a file from version n to n + 1. */
export const migrations: readonly string[] = [journal, decisions, reconciliation];
