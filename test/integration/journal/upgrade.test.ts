import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { versionOf } from '../../../main/journal/database.ts';
import { migrations } from '../../../main/journal/migrations/migrations.ts';
import { upgrade } from '../../../main/journal/upgrade.ts';
import { openedJournal, recorded, temporaryFolder } from './support.ts';

async function olderJournal(): Promise<string> {
  const folder = temporaryFolder();
  const journal = await openedJournal(folder);
  for (let count = 0; count < 3; count += 1) await recorded(journal);
  await journal.close();
  return join(folder, 'journal.sqlite');
}

describe('an upgrade', () => {
  test('copies the file first, carries out the new steps, and keeps every row', async () => {
    const file = await olderJournal();
    const database = new Database(file);
    upgrade(database, file, [...migrations, 'ALTER TABLE transactions ADD COLUMN note TEXT']);
    expect(versionOf(database)).toBe(migrations.length + 1);
    expect(database.prepare('SELECT count(*) FROM transactions WHERE note IS NULL').pluck().get()).toBe(3);
    database.close();
    const copy = new Database(`${file}.before-${migrations.length}`, { readonly: true });
    expect(copy.prepare('SELECT count(*) FROM transactions').pluck().get()).toBe(3);
    expect(versionOf(copy)).toBe(migrations.length);
    copy.close();
  });

  test('that loses a row is taken back whole', async () => {
    const file = await olderJournal();
    const database = new Database(file);
    const careless = 'DROP TRIGGER audit_never_vanishes; DELETE FROM audit WHERE id = 2;';
    expect(() => upgrade(database, file, [...migrations, careless])).toThrow('audit held 3 rows and then 2');
    expect(versionOf(database)).toBe(migrations.length);
    expect(database.prepare('SELECT count(*) FROM audit').pluck().get()).toBe(3);
    database.close();
  });

  test('of a file that is new makes no copy', () => {
    const file = join(temporaryFolder(), 'journal.sqlite');
    const database = new Database(file);
    upgrade(database, file);
    database.close();
    expect(existsSync(`${file}.before-0`)).toBe(false);
  });
});
