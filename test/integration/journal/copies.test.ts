import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import {
  noGuards,
  openedJournal,
  recorded,
  settlement,
  someTransaction,
  temporaryFolder,
} from './support.ts';

const program = fileURLToPath(new URL('../../../main/journal/program.ts', import.meta.url));
const DAY_MS = 86_400_000;
const START = Date.parse('2026-01-01T12:00:00Z');

/** `npm run journal -- …`, with its exit code and its one line. */
async function journalCommand(...args: string[]): Promise<{ code: number; output: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
    return { code: 0, output: stdout };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, output: failed.stdout + failed.stderr };
  }
}

describe('a backup', () => {
  test('is made while sales are recorded, is whole, and only the newest are kept', async () => {
    const [folder, backups] = [temporaryFolder(), temporaryFolder()];
    const journal = await openedJournal(folder);
    for (let count = 0; count < 50; count += 1) await recorded(journal);
    const during = Promise.all(Array.from({ length: 100 }, () => recorded(journal)));
    const made = await journal.backUp(backups, 2, START);
    await during;
    expect(made.transactions).toBeGreaterThanOrEqual(50);
    await journal.backUp(backups, 2, START + DAY_MS);
    const last = await journal.backUp(backups, 2, START + 2 * DAY_MS);
    expect(last.transactions).toBe(150);
    expect(readdirSync(backups).toSorted()).toEqual([
      'journal-2026-01-02T12-00-00-000Z.sqlite',
      'journal-2026-01-03T12-00-00-000Z.sqlite',
    ]);
  });

  test('is restored by one command; what came after it is brought over from the journal it replaces', async () => {
    const [folder, backups] = [temporaryFolder(), temporaryFolder()];
    const journal = await openedJournal(folder);
    for (let count = 0; count < 5; count += 1) await recorded(journal);
    const backup = await journal.backUp(backups, 7, START);
    const later = someTransaction();
    await journal.record(later, noGuards);
    await journal.settle(settlement(2, { kind: 'credited', milesAmount: 3, balanceMiles: 9 }));
    const busy = await journalCommand('restore', folder, backup.file);
    expect(busy).toMatchObject({ code: 2, output: expect.stringContaining('Another Milepost is running') });
    await journal.close();
    const done = await journalCommand('restore', folder, backup.file);
    expect(done.output).toContain('"kept":6,"lost":0');
    const again = await openedJournal(folder);
    expect(again.recovery).toBeUndefined();
    expect(await again.recent(10)).toHaveLength(6);
    expect(await again.find(later.callerKey)).toBeDefined();
    // The newer word on a delivery wins over the backup's older one.
    expect(await again.row(2)).toMatchObject({ state: 'credited', milesAmount: 3 });
  });

  test('brings everything back when the journal is gone; what was not final counts as possibly sent', async () => {
    const [folder, backups] = [temporaryFolder(), temporaryFolder()];
    const journal = await openedJournal(folder);
    for (let count = 0; count < 5; count += 1) await recorded(journal);
    const backup = await journal.backUp(backups, 7, START);
    await journal.close();
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    expect((await journalCommand('restore', folder, backup.file)).code).toBe(0);
    const again = await openedJournal(folder);
    expect(await again.recent(10)).toHaveLength(5);
    expect((await again.row(1)).maybeSentAtMs).toBe((await again.row(1)).recordedAtMs);
  });

  test('that is no whole journal is not restored, and nothing is touched', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    await recorded(journal);
    await journal.close();
    const junk = join(temporaryFolder(), 'junk.sqlite');
    writeFileSync(junk, 'no database');
    expect((await journalCommand('restore', folder, junk)).code).not.toBe(0);
    expect(await (await openedJournal(folder)).recent(10)).toHaveLength(1);
  });
});

describe('verify', () => {
  test('says whole, and names the first missing or changed line', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    for (let count = 0; count < 30; count += 1) await recorded(journal);
    // Beside a running terminal.
    expect(await journalCommand('verify', folder)).toEqual({
      code: 0,
      output: '{"kind":"whole","transactions":30,"auditLines":30}\n',
    });
    await journal.close();
    const change = (sql: string): void => {
      const file = new Database(join(folder, 'journal.sqlite'));
      file.exec(
        'DROP TRIGGER IF EXISTS audit_never_changes; DROP TRIGGER IF EXISTS transactions_never_vanish;',
      );
      file.pragma('foreign_keys = off');
      file.exec(sql);
      file.close();
    };
    change(`UPDATE audit SET what = 'credited' WHERE id = 20`);
    expect((await journalCommand('verify', folder)).output).toBe(
      '{"kind":"broken","chain":"audit","at":20,"problem":"changed"}\n',
    );
    change('DELETE FROM transactions WHERE seq = 12');
    expect(await journalCommand('verify', folder)).toEqual({
      code: 1,
      output: '{"kind":"broken","chain":"transactions","at":12,"problem":"missing"}\n',
    });
  });

  test('notices a tail that went missing, by the anchor', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    for (let count = 0; count < 3; count += 1) await recorded(journal);
    await journal.close();
    const file = new Database(join(folder, 'journal.sqlite'));
    file.exec('DROP TRIGGER audit_never_vanishes; DELETE FROM audit WHERE id = 3');
    file.close();
    expect((await journalCommand('verify', folder)).output).toContain('"at":3,"problem":"cut-off"');
  });
});

describe('the archive', () => {
  test('takes what is final and older, in order, whole; the rest stays and the chain goes on', async () => {
    const [folder, archives] = [temporaryFolder(), temporaryFolder()];
    const journal = await openedJournal(folder);
    for (let count = 0; count < 10; count += 1)
      await recorded(journal, { recordedAtMs: START + count * DAY_MS });
    // The seventh still waits: it and everything after it stays, however old.
    for (const seq of [1, 2, 3, 4, 5, 6, 8, 9, 10])
      await journal.settle(settlement(seq, { kind: 'accepted' }));
    expect(await journal.archive(archives, START)).toBeUndefined();
    expect(await journal.archive(archives, START + 3 * DAY_MS)).toMatchObject({ transactions: 3 });
    expect(await journal.archive(archives, START + 400 * DAY_MS)).toMatchObject({ transactions: 3 });
    expect(await journal.archive(archives, START + 400 * DAY_MS)).toBeUndefined();
    expect((await journal.recent(20)).map(({ seq }) => seq)).toEqual([10, 9, 8, 7]);
    expect(await recorded(journal)).toBe(11);
    await journal.close();
    expect((await journalCommand('verify', folder)).code).toBe(0);
    expect(readdirSync(archives).filter((name) => name.endsWith('.sqlite'))).toHaveLength(2);
    const again = await openedJournal(folder);
    expect(again.recovery).toBeUndefined();
    expect(await recorded(again)).toBe(12);
    const guarded = new Database(join(folder, 'journal.sqlite'));
    expect(() => guarded.exec('DELETE FROM transactions')).toThrow(/never/);
    guarded.close();
  });

  test('leaves a sale that a later return builds on', async () => {
    const [folder, archives] = [temporaryFolder(), temporaryFolder()];
    const journal = await openedJournal(folder);
    for (let count = 0; count < 4; count += 1) await recorded(journal, { recordedAtMs: START });
    await recorded(journal, { kind: 'return', originalSeq: 3, recordedAtMs: START + 10 * DAY_MS });
    for (const seq of [1, 2, 3, 4, 5]) await journal.settle(settlement(seq, { kind: 'accepted' }));
    expect(await journal.archive(archives, START + DAY_MS)).toMatchObject({ transactions: 2 });
  });

  test('that can not be written takes nothing out', async () => {
    const [folder, archives] = [temporaryFolder(), temporaryFolder()];
    const journal = await openedJournal(folder);
    await recorded(journal, { recordedAtMs: START });
    await journal.settle(settlement(1, { kind: 'accepted' }));
    const blocked = join(archives, 'blocked');
    writeFileSync(blocked, 'a file where the folder should be');
    await expect(journal.archive(blocked, START + DAY_MS)).rejects.toThrow();
    expect(await journal.recent(5)).toHaveLength(1);
    expect(existsSync(blocked)).toBe(true);
    mkdirSync(join(archives, 'free'));
  });
});
