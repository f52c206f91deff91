import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { readAnchor, type AnchorMark } from './anchor.ts';
import { assertPragmas, JournalRefused, refuseNewer, versionOf } from './database.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import type { OpenOptions } from './protocol.ts';
import {
  asideFolder,
  copyReadable,
  readNote,
  setAside,
  writeNote,
  type Recovery,
  type RecoveryNote,
} from './recover.ts';
import { createDayQueries, type DayQueries } from './day-queries.ts';
import { createDecisions, type Decisions } from './decisions.ts';
import { createLookups, type Lookups } from './lookups.ts';
import { createReconciling, type Reconciling } from './reconciling.ts';
import { createRegisters, type Registers } from './registers.ts';
import { createStore, type Store } from './store.ts';
import { syncFile, syncFolder, syncFolderAndParents } from './sync.ts';
import { upgrade } from './upgrade.ts';
import { verifyChains } from './verify.ts';

export interface OpenFile {
  readonly database: Database.Database;
  readonly store: Store;
  readonly decisions: Decisions;
  readonly lookups: Lookups;
  readonly registers: Registers;
  readonly days: DayQueries;
  readonly reconciling: Reconciling;
  /** The file that was there was damaged: this one is new, with everything readable of it. */
  readonly recovery: Recovery | undefined;
  close(): void;
}

export const journalFiles = (folder: string) => ({
  database: join(folder, 'journal.sqlite'),
  anchor: join(folder, 'journal.anchor'),
  lock: join(folder, 'lock.sqlite'),
  note: join(folder, 'recovery.json'),
});

/** What moves when a journal is set aside: its main file last, so that its absence says that all have moved. */
const filesOf = (files: ReturnType<typeof journalFiles>): readonly string[] => [
  `${files.database}-shm`,
  files.anchor,
  `${files.database}-wal`,
  files.database,
];

/** The journal's folder lies in the data folder, and that in one that may have been made for it. */
const PARENTS_SYNCED = 3;
/** Enough to find a torn or cut end at once; the whole chain is for `verify`. */
const LINKS_CHECKED_AT_START = 2000;

/** The file can be opened no more, or its end is not what it was: it is set aside and its rows brought over. */
class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged';
}

function isDamage(error: unknown): boolean {
  if (error instanceof JournalDamaged) return true;
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/**
 * A file whose very first commit was cut short by a power cut, before it came to WAL: only a connection that may write
 * can take that commit back, and there is nothing in the file yet.
 */
function wasCutShortAtBirth(database: Database.Database): boolean {
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY')) return true;
    throw error;
  }
}

/**
 * Looks at an existing file through a read-only connection, which neither writes a page nor empties the WAL: a file that
 * is refused or set aside keeps every byte.
 */
function inspect(file: string, anchor: AnchorMark | undefined): void {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    if (wasCutShortAtBirth(database)) return;
    const version = versionOf(database);
    refuseNewer(version);
    const epoch =
      version === 0
        ? undefined
        : database.prepare<[], string>(`SELECT value FROM meta WHERE name = 'epoch'`).pluck().get();
    if (anchor !== undefined && epoch !== anchor.epoch) {
      throw new JournalDamaged('The journal is not the one its anchor was written for');
    }
    if (epoch === undefined) return;
    const verification = verifyChains(database, epoch, anchor, LINKS_CHECKED_AT_START);
    if (verification.kind === 'broken') {
      const { chain, at, problem } = verification;
      throw new JournalDamaged(`The ${chain} of the journal: ${problem} at ${at}`);
    }
  } finally {
    database.close();
  }
}

function environmentMismatch(known: string, environment: string): JournalRefused {
  return new JournalRefused(
    'other-environment',
    `This journal belongs to the ${known} environment and the settings say ${environment}. Use another data folder, or correct the settings`,
  );
}

function identity(database: Database.Database, environment: string): string {
  const read = database.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const write = database.prepare('INSERT INTO meta VALUES (?, ?)');
  const known = read.get('environment');
  if (known === undefined) {
    write.run('environment', environment);
    write.run('epoch', randomUUID());
  } else if (known !== environment) {
    throw environmentMismatch(known, environment);
  }
  const epoch = read.get('epoch');
  if (epoch === undefined) throw new JournalDamaged('The journal has lost its epoch');
  return epoch;
}

function openWhole(options: OpenOptions, anchor: AnchorMark | undefined): OpenFile {
  const { folder, environment, bootId } = options;
  const files = journalFiles(folder);
  const isNew = !existsSync(files.database);
  // An anchor without its journal: the journal is gone, and the anchor knows how much was in it.
  if (isNew && anchor !== undefined) throw new JournalDamaged('The journal file is missing');
  if (!isNew) inspect(files.database, anchor);
  const database = new Database(files.database);
  try {
    refuseNewer(versionOf(database));
    assertPragmas(database);
    upgrade(database, files.database);
    const epoch = database.transaction(() => identity(database, environment)).immediate();
    // Its WAL is a new file at every start, and its folders may be new: their names are synced before anything in them
    // is promised.
    syncFolderAndParents(folder, PARENTS_SYNCED);
    // A commit that a kill caught between its writing and its sync is found again: it must be on the disk before it is
    // told.
    const wal = `${files.database}-wal`;
    if (existsSync(wal)) syncFile(wal);
    const store = createStore({ database, anchorFile: files.anchor, environment, epoch, bootId });
    const decisions = createDecisions(database, store);
    const close = (): void => {
      store.close();
      database.close();
    };
    return {
      database,
      store,
      decisions,
      lookups: createLookups(database),
      registers: createRegisters(database, store),
      days: createDayQueries(database),
      reconciling: createReconciling(database, store, decisions),
      recovery: undefined,
      close,
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Carries out a recovery, or the rest of one that was cut short, and forgets its note. */
function recover(options: OpenOptions, note: RecoveryNote): OpenFile {
  const { folder, environment } = options;
  const files = journalFiles(folder);
  setAside(note.aside, filesOf(files));
  const anchor = readAnchor(join(note.aside, basename(files.anchor)));
  // Rows of one environment must never come into a journal of another.
  if (anchor !== undefined && anchor.environment !== environment) {
    throw environmentMismatch(anchor.environment, environment);
  }
  const opened = openWhole(options, undefined);
  const { database, store } = opened;
  const recovery = database
    .transaction((): Recovery => {
      const damaged = join(note.aside, basename(files.database));
      const { kept, lost } = copyReadable({ damaged, anchor, backup: note.backup }, environment, store);
      const detail = { kept, lost, from: basename(note.aside), backup: note.backup };
      store.audit({ seq: null, atMs: note.atMs, what: 'recovered', actor: null, detail });
      return { folder: note.aside, kept, lost };
    })
    .immediate();
  store.writeAnchor();
  syncFolder(folder);
  rmSync(files.note);
  return { ...opened, recovery };
}

let lock: FolderLock | undefined;

/**
 * Opens (or makes) the journal in `folder`. Throws `JournalRefused` for a file that is newer, foreign, of another
 * environment or in use by a running Milepost; nothing of such a file is changed. With `canRecover` a damaged one is
 * set aside whole and everything readable of it brought into a new one; `backup` does so on purpose, with that file's rows.
 */
export function openFile(options: OpenOptions, canRecover: boolean, backup?: string): OpenFile {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const files = journalFiles(options.folder);
  lock ??= lockFolder(files.lock);
  const cutShort = readNote(files.note);
  if (cutShort !== undefined) return recover(options, cutShort);
  const atMs = Date.now();
  const aside = asideFolder(options.folder, atMs);
  if (backup !== undefined) return recover(options, writeNote(files.note, { aside, atMs, backup }));
  const anchor = readAnchor(files.anchor);
  try {
    return openWhole(options, anchor);
  } catch (error) {
    if (!canRecover || !isDamage(error)) throw error;
    if (anchor !== undefined && anchor.environment !== options.environment) {
      throw environmentMismatch(anchor.environment, options.environment);
    }
    return recover(options, writeNote(files.note, { aside, atMs }));
  }
}
