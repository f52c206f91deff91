import Database from 'better-sqlite3';
import { JournalRefused } from './database.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder for this program, through the operating system's own file lock under SQLite: it can not be left
 * behind by a crash, on any platform. Throws `in-use` when another Milepost has it.
 */
export function lockFolder(file: string): FolderLock {
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('journal_mode = delete');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
      throw new JournalRefused('in-use', 'Another Milepost is running on this data folder', { cause: error });
    }
    throw error;
  }
  return { release: () => database.close() };
}
