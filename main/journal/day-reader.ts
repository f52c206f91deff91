import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { JournalRefused, refuseNewer, versionOf } from './database.ts';
import { createDayQueries, type DayQueries } from './day-queries.ts';
import { migrations } from './migrations/migrations.ts';
import { journalFiles } from './open.ts';

/**
 * Opens a terminal's journal for reading only, beside the running terminal, and shows it as it stood at that moment.
 * Throws `JournalRefused` where there is none, or none of this version.
 */
export function openForDays(dataFolder: string): DayQueries & { close(): void } {
  const { database: file } = journalFiles(join(dataFolder, 'journal'));
  if (!existsSync(file)) throw new JournalRefused('unreadable', `There is no journal in ${dataFolder}`);
  const database = new Database(file, { readonly: true });
  try {
    const version = versionOf(database);
    refuseNewer(version);
    if (version < migrations.length) {
      throw new JournalRefused(
        'unreadable',
        'The journal is from an older Milepost: start the terminal once, so that it is brought up to date',
      );
    }
    database.exec('BEGIN');
    return { ...createDayQueries(database), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
