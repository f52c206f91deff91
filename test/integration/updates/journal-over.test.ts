import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { inspectJournal } from '../../../main/journal/inspect.ts';
import { migrations } from '../../../main/journal/migrations/migrations.ts';
import { compareWithCopy, putCopyBack } from '../../../main/journal/put-back.ts';
import { rehearseUpgrade } from '../../../main/journal/rehearse.ts';
import { upgrade } from '../../../main/journal/upgrade.ts';
import { openedJournal, recorded, temporaryFolder } from '../journal/support.ts';

const NOW = Date.parse('2026-06-01T03:00:00Z');
/** What the next version will do to a journal; one that does it well, and two that do not. */
const next = [...migrations, 'ALTER TABLE transactions ADD COLUMN note TEXT'];
const careless = [...migrations, 'DROP TRIGGER audit_never_vanishes; DELETE FROM audit WHERE id = 2;'];
const broken = [...migrations, 'ALTER TABLE transaktions ADD COLUMN note TEXT'];

/** A journal with seven sales, three of them sent. */
async function someJournal() {
  const folder = temporaryFolder();
  const journal = await openedJournal(join(folder, 'journal'));
  for (let count = 0; count < 7; count += 1) await recorded(journal);
  await journal.claim({ nowMs: NOW, limit: 3, busyCollectors: [], first: undefined, mode: 'probe' });
  await journal.close();
  return { folder: join(folder, 'journal'), updates: join(folder, 'updates') };
}

const file = (folder: string): string => join(folder, 'journal.sqlite');

/** As the new version does when it opens the journal for good. */
function bringOver(folder: string, then?: (database: Database.Database) => void): void {
  const database = new Database(file(folder));
  upgrade(database, file(folder), next);
  then?.(database);
  database.close();
}

async function rehearsed({ folder, updates }: { folder: string; updates: string }): Promise<string> {
  const rehearsal = await rehearseUpgrade(folder, updates, NOW, next);
  if (rehearsal.kind !== 'passed') throw new Error(rehearsal.kind);
  return rehearsal.copy;
}

describe('the rehearsal of an upgrade', () => {
  test('brings a copy over and counts, and leaves the journal byte for byte', async () => {
    const { folder, updates } = await someJournal();
    const before = readFileSync(file(folder));
    const rehearsal = await rehearseUpgrade(folder, updates, NOW, next);
    expect(rehearsal).toMatchObject({ kind: 'passed', lastSeq: 7 });
    expect(readFileSync(file(folder)).equals(before)).toBe(true);
    const copies = readdirSync(updates).filter((name) => !/-(wal|shm)$/.test(name));
    expect(copies).toEqual([expect.stringMatching(/^journal-2026-06-01T03-00-00-000Z\.sqlite$/)]);
  });

  test.each([
    ['loses a row', careless, /audit held 7 rows and then 6/],
    ['can not be carried out', broken, /no such table: transaktions/],
  ])('that %s fails, and leaves the journal byte for byte', async (_, steps, problem) => {
    const { folder, updates } = await someJournal();
    const before = readFileSync(file(folder));
    const rehearsal = await rehearseUpgrade(folder, updates, NOW, steps);
    expect(rehearsal).toEqual({ kind: 'failed', problem: expect.stringMatching(problem) });
    expect(readFileSync(file(folder)).equals(before)).toBe(true);
    expect(existsSync(join(updates, 'rehearsal'))).toBe(false);
  });

  test('of a damaged journal is none: the ordinary start mends it', async () => {
    const { folder, updates } = await someJournal();
    truncateSync(file(folder), 20_000);
    expect((await rehearseUpgrade(folder, updates, NOW, next)).kind).toBe('not-rehearsed');
    writeFileSync(file(folder), 'not a database at all');
    expect((await rehearseUpgrade(folder, updates, NOW, next)).kind).toBe('not-rehearsed');
  });

  test('of a journal from a newer version is none, and where there is no journal neither', async () => {
    const { folder, updates } = await someJournal();
    bringOver(folder);
    expect((await rehearseUpgrade(folder, updates, NOW)).kind).toBe('not-rehearsed');
    expect((await rehearseUpgrade(temporaryFolder(), updates, NOW)).kind).toBe('no-journal');
  });
});

describe('going back to the copy', () => {
  test('is not needed where the journal was not brought over', async () => {
    const places = await someJournal();
    const copy = await rehearsed(places);
    expect(compareWithCopy(places.folder, copy)).toBe('not-needed');
  });

  test('gives the version before a journal it opens, whole, with every sale; the newer file is kept', async () => {
    const places = await someJournal();
    const { folder } = places;
    const copy = await rehearsed(places);
    bringOver(folder);
    expect(compareWithCopy(folder, copy)).toBe('same');
    const { aside } = putCopyBack(folder, copy, NOW);
    expect(await inspectJournal(folder)).toMatchObject({
      kind: 'whole',
      transactions: 7,
      auditLines: 7,
      due: 7,
    });
    const kept = new Database(join(aside, 'journal.sqlite'), { readonly: true });
    expect(kept.pragma('user_version', { simple: true })).toBe(next.length);
    expect(kept.prepare('SELECT count(*) FROM transactions').pluck().get()).toBe(7);
    kept.close();
    const journal = await openedJournal(folder);
    expect(journal.recovery).toBeUndefined();
    expect(await recorded(journal)).toBe(8);
  });

  test.each<[string, (database: Database.Database) => void]>([
    [
      'a sale was sent',
      (database) => database.exec('UPDATE deliveries SET maybe_sent_at_ms = 5 WHERE seq = 5'),
    ],
    [
      'an attempt came to nothing',
      (database) => database.exec(`INSERT INTO attempts VALUES (1, 1, 1, 1, 503, 'x', NULL, NULL)`),
    ],
    [
      'something was noted',
      (database) =>
        database.exec(
          `INSERT INTO audit SELECT 8, NULL, 1, 'settings-changed', NULL, '{}', hash, hash FROM audit WHERE id = 7`,
        ),
    ],
  ])('is not done when %s since', async (_, then) => {
    const places = await someJournal();
    const copy = await rehearsed(places);
    bringOver(places.folder, then);
    expect(compareWithCopy(places.folder, copy)).toBe('recorded-since');
  });

  test('is not done without a whole copy', async () => {
    const places = await someJournal();
    const copy = await rehearsed(places);
    bringOver(places.folder);
    truncateSync(copy, 20_000);
    expect(compareWithCopy(places.folder, copy)).toBe('unreadable');
    expect(compareWithCopy(places.folder, undefined)).toBe('unreadable');
    expect(compareWithCopy(places.folder, `${copy}.gone`)).toBe('unreadable');
  });

  test('cut short before the copy took its place is done again at the next start', async () => {
    const places = await someJournal();
    const { folder } = places;
    const copy = await rehearsed(places);
    bringOver(folder);
    putCopyBack(folder, copy, NOW);
    writeFileSync(
      file(folder),
      readFileSync(join(folder, 'newer-2026-06-01T03-00-00-000Z', 'journal.sqlite')),
    );
    expect(compareWithCopy(folder, copy)).toBe('same');
    putCopyBack(folder, copy, NOW + 1000);
    expect(await inspectJournal(folder)).toMatchObject({ kind: 'whole', transactions: 7, due: 7 });
  });
});
