import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { assertPragmas, JournalRefused, migrate, refuseNewer, versionOf } from './database.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import type { OpenOptions } from './protocol.ts';
import { createStore, type Store } from './store.ts';

export interface OpenFile {
  readonly database: Database.Database;
  readonly store: Store;
  readonly epoch: string;
  /** Audit lines the anchor knows and the file does not: commits that went missing. 0 is well. */
  readonly missingTail: number;
  close(): void;
}

export const journalFiles = (folder: string) => ({
  database: join(folder, 'journal.sqlite'),
  anchor: join(folder, 'journal.anchor'),
  lock: join(folder, 'lock.sqlite'),
});

/** Looks at an existing file through a read-only connection: a refused file keeps every byte, its WAL included. */
function refuseWhatIsNotOurs(file: string): void {
  let database: Database.Database;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw new JournalRefused('unreadable', 'The journal file can not be read', { cause: error });
  }
  try {
    refuseNewer(versionOf(database));
  } finally {
    database.close();
  }
}

function identity(database: Database.Database, environment: string): string {
  const read = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const write = database.prepare('INSERT INTO meta VALUES (?, ?)');
  const known = read.get('environment');
  if (known === undefined) {
    write.run('environment', environment);
    write.run('epoch', randomUUID());
  } else if (known !== environment) {
    throw new JournalRefused(
      'other-environment',
      `This journal belongs to the ${known} environment and the settings say ${environment}. Use another data folder, or correct the settings`,
    );
  }
  const epoch = read.get('epoch');
  if (epoch === undefined) throw new JournalRefused('unreadable', 'The journal has no epoch');
  return epoch;
}

let lock: FolderLock | undefined;

/**
 * Opens (or makes) the journal in `folder`. Throws `JournalRefused` for a file that is newer, foreign, of another
 * environment or in use by a running Milepost; nothing of such a file is changed.
 */
export function openFile(options: OpenOptions): OpenFile {
  const { folder, environment, bootId } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = journalFiles(folder);
  lock ??= lockFolder(files.lock);
  if (existsSync(files.database)) refuseWhatIsNotOurs(files.database);
  const database = new Database(files.database);
  try {
    assertPragmas(database);
    migrate(database, versionOf(database));
    const epoch = database.transaction(() => identity(database, environment)).immediate();
    const store = createStore({ database, anchorFile: files.anchor, epoch, bootId });
    const before = store.anchorBefore;
    const missingTail =
      before?.epoch === epoch ? Math.max(0, before.lastAuditId - store.mark().lastAuditId) : 0;
    return {
      database,
      store,
      epoch,
      missingTail,
      close: () => {
        store.close();
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
