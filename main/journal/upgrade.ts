import { existsSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { JournalRefused, migrate, versionOf } from './database.ts';
import { migrations } from './migrations/migrations.ts';
import { syncFile } from './sync.ts';

/** How many rows every table holds: what no migration may change. */
function countRows(database: Database.Database): ReadonlyMap<string, number> {
  const tables = database
    .prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all();
  return new Map(
    tables.map((name) => [name, Number(database.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())]),
  );
}

/**
 * Brings a journal to the newest version. An older file is first copied whole to `<file>.before-<version>`; then every
 * step runs in one transaction that is taken back unless each table that was there holds as many rows as before.
 */
export function upgrade(database: Database.Database, file: string, steps = migrations): void {
  const from = versionOf(database);
  if (from === steps.length) return;
  if (from === 0) {
    migrate(database, 0, steps);
    return;
  }
  const copy = `${file}.before-${from}`;
  if (existsSync(copy)) rmSync(copy);
  database.prepare('VACUUM INTO ?').run(copy);
  syncFile(copy);
  database.transaction(() => {
    const before = countRows(database);
    migrate(database, from, steps);
    const after = countRows(database);
    for (const [table, count] of before) {
      if (after.get(table) === count) continue;
      throw new JournalRefused(
        'upgrade-failed',
        `The journal could not be brought to version ${steps.length}: ${table} held ${count} rows and then ${after.get(table) ?? 0}. It is as it was; a copy lies at ${copy}`,
      );
    }
  })();
}
