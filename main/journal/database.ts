import type Database from 'better-sqlite3';
import { migrations } from './migrations/migrations.ts';

/** Marks a SQLite file as Milepost's journal ("Mile" in ASCII). */
const APPLICATION_ID = 0x4d696c65;

export type JournalRefusal =
  | 'newer-version'
  | 'not-a-journal'
  | 'other-environment'
  | 'in-use'
  | 'not-durable'
  | 'upgrade-failed'
  | 'unreadable';

/** A journal that can not be opened as it stands. Nothing was changed in the file. */
export class JournalRefused extends Error {
  override readonly name = 'JournalRefused';
  readonly code: JournalRefusal;

  constructor(code: JournalRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const pragmas: ReadonlyArray<readonly [name: string, set: string, expected: string | number]> = [
  ['journal_mode', 'wal', 'wal'],
  // After journal_mode, never before: turning on WAL silently lowers FULL to NORMAL, and then a power cut takes
  // confirmed sales with it.
  ['synchronous', 'full', 2],
  ['foreign_keys', 'on', 1],
  ['busy_timeout', '5000', 5000],
  ['trusted_schema', 'off', 0],
  ['cell_size_check', 'on', 1],
  ['wal_autocheckpoint', '1000', 1000],
  ['journal_size_limit', '8388608', 8_388_608],
  ...(process.platform === 'darwin'
    ? ([
        ['fullfsync', 'on', 1],
        ['checkpoint_fullfsync', 'on', 1],
      ] as const)
    : []),
];

/**
 * Sets every pragma the journal stands on and reads it back; throws `not-durable` where one did not take. `isSet` lets
 * a test leave one out.
 */
export function assertPragmas(database: Database.Database, isSet = (_name: string): boolean => true): void {
  for (const [name, set] of pragmas) if (isSet(name)) database.pragma(`${name} = ${set}`);
  // SQLite lowers synchronous when it first reads a WAL file, not when WAL is turned on: read before asking.
  database.prepare('SELECT count(*) FROM sqlite_master').get();
  for (const [name, , expected] of pragmas) {
    const actual: unknown = database.pragma(name, { simple: true });
    if (actual !== expected) {
      throw new JournalRefused(
        'not-durable',
        `The journal needs ${name}=${expected} but has ${String(actual)}`,
      );
    }
  }
}

/** The version of a journal file, read without changing a byte of it; 0 for a new one. */
export function versionOf(database: Database.Database): number {
  const version = Number(database.pragma('user_version', { simple: true }));
  const application = Number(database.pragma('application_id', { simple: true }));
  const isEmpty = database.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0;
  if (version === 0 && isEmpty) return 0;
  if (application !== APPLICATION_ID) {
    throw new JournalRefused('not-a-journal', 'The file is a SQLite database, but not a journal of Milepost');
  }
  return version;
}

/** Refuses a file that a newer Milepost wrote: it is left as it is. */
export function refuseNewer(version: number): void {
  if (version <= migrations.length) return;
  throw new JournalRefused(
    'newer-version',
    `The journal has version ${version}; this Milepost knows ${migrations.length}. Install the newer Milepost again. The file was not touched`,
  );
}

/** Brings the file to the newest version, each step in a transaction of its own. */
export function migrate(database: Database.Database, from: number, steps = migrations): void {
  for (const [index, sql] of steps.entries()) {
    if (index < from) continue;
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
}
