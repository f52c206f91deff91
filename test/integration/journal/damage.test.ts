import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournal, type Journal } from '../../../main/journal/journal.ts';
import { openedJournal, recorded, settlement, someTransaction, temporaryFolder } from './support.ts';

const SALES = 20;
const WAL_HEADER = 32;
const FRAME = 4096 + 24;

const files = (folder: string) => ({
  database: join(folder, 'journal.sqlite'),
  wal: join(folder, 'journal.sqlite-wal'),
  anchor: join(folder, 'journal.anchor'),
});

/** A journal as a power cut leaves it: sales in the WAL, the program gone. `change` damages the copy. */
async function afterPowerCut(change: (folder: string) => void): Promise<string> {
  const [origin, folder] = [temporaryFolder(), temporaryFolder()];
  const journal = await openedJournal(origin);
  for (let count = 0; count < SALES; count += 1) await recorded(journal);
  await journal.settle(settlement(1, { kind: 'credited', milesAmount: 1, balanceMiles: 2 }));
  for (const [name, file] of Object.entries(files(origin))) {
    copyFileSync(file, files(folder)[name as keyof ReturnType<typeof files>]);
  }
  change(folder);
  return folder;
}

function canRead(file: string, seq: number): boolean {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare('SELECT request FROM transactions WHERE seq = ?').get(seq) !== undefined;
  } catch {
    return false;
  } finally {
    database.close();
  }
}

async function opened(folder: string): Promise<Journal> {
  const opening = await openJournal({ folder, environment: 'training', reserveBytes: 0 });
  if (opening.kind === 'refused') throw new Error(opening.message);
  onTestFinished(() => opening.journal.close());
  return opening.journal;
}

/** The same, with everything in the database file and no WAL, as after a clean stop. */
async function afterCleanStop(change: (file: string) => void): Promise<string> {
  const folder = temporaryFolder();
  const journal = await openedJournal(folder);
  for (let count = 0; count < SALES; count += 1) await recorded(journal);
  await journal.close();
  change(files(folder).database);
  return folder;
}

describe('after a power cut', () => {
  test('a whole file opens as it was, nothing set aside', async () => {
    const folder = await afterPowerCut(() => undefined);
    const journal = await opened(folder);
    expect(journal.recovery).toBeUndefined();
    expect(await journal.recent(100)).toHaveLength(SALES);
  });

  test.each([1, 5, 60])(
    'a WAL cut %i frames before its end is noticed, counted, kept whole, and its rest brought over',
    async (frames) => {
      const folder = await afterPowerCut((copy) => {
        const { wal } = files(copy);
        truncateSync(wal, readFileSync(wal).length - frames * FRAME);
      });
      const before = readFileSync(files(folder).wal);
      const journal = await opened(folder);
      const { recovery } = journal;
      expect(recovery?.folder).toContain('damaged-');
      expect((recovery?.kept ?? 0) + (recovery?.lost ?? 0)).toBe(SALES);
      const kept = await journal.recent(100);
      expect(kept).toHaveLength(recovery?.kept ?? -1);
      expect(readFileSync(join(recovery?.folder ?? '', 'journal.sqlite-wal')).equals(before)).toBe(true);
    },
  );

  test.each(Array.from({ length: 24 }, (_, index) => index))(
    'one bit flipped in the WAL (%i) never goes unnoticed',
    async (index) => {
      const folder = await afterPowerCut((copy) => {
        const { wal } = files(copy);
        const bytes = readFileSync(wal);
        const at = WAL_HEADER + Math.floor(((bytes.length - WAL_HEADER) * (index + 0.5)) / 24);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (index % 8));
        writeFileSync(wal, bytes);
      });
      const journal = await opened(folder);
      expect(journal.recovery).toBeDefined();
      expect((journal.recovery?.kept ?? 0) + (journal.recovery?.lost ?? 0)).toBe(SALES);
    },
  );

  test('a missing WAL is noticed', async () => {
    const folder = await afterPowerCut((copy) => rmSync(files(copy).wal));
    expect((await opened(folder)).recovery).toMatchObject({ kept: 0, lost: SALES });
  });

  test('garbage behind the last commit is none of its business', async () => {
    const folder = await afterPowerCut((copy) => {
      const { wal } = files(copy);
      writeFileSync(wal, Buffer.concat([readFileSync(wal), Buffer.alloc(3 * FRAME + 17, 0xa5)]));
    });
    expect((await opened(folder)).recovery).toBeUndefined();
  });

  test('a torn anchor is no damage: it can only be behind', async () => {
    const folder = await afterPowerCut((copy) => truncateSync(files(copy).anchor, 700));
    expect((await opened(folder)).recovery).toBeUndefined();
    const without = await afterPowerCut((copy) => rmSync(files(copy).anchor));
    expect((await opened(without)).recovery).toBeUndefined();
  });
});

describe('a damaged file', () => {
  test.each([
    ['its header zeroed', (bytes: Buffer) => bytes.fill(0, 0, 100)],
    ['emptied', () => Buffer.alloc(0)],
    ['not a database at all', () => Buffer.from('hello '.repeat(2000))],
  ])('with %s is set aside and a new one begun, which counts what was lost', async (_, change) => {
    const folder = await afterCleanStop((file) => writeFileSync(file, change(readFileSync(file))));
    const journal = await opened(folder);
    expect(journal.recovery).toMatchObject({ kept: 0, lost: SALES });
    expect(await recorded(journal)).toBe(1);
  });

  test('with one page gone keeps every sale that is still whole', async () => {
    const folder = await afterCleanStop((file) => {
      const bytes = readFileSync(file);
      // A leaf of the transactions: the page whose loss makes a sale in the middle unreadable.
      const isLeaf = Array.from({ length: bytes.length / 4096 }, (_, page) => page).find((page) => {
        const copy = Buffer.from(bytes).fill(0, page * 4096, (page + 1) * 4096);
        writeFileSync(file, copy);
        return page > 1 && canRead(file, 1) && !canRead(file, SALES);
      });
      expect(isLeaf).toBeDefined();
    });
    const journal = await opened(folder);
    const { kept = 0, lost = 0 } = journal.recovery ?? {};
    expect(kept + lost).toBe(SALES);
    expect(kept).toBeGreaterThan(0);
    expect(lost).toBeGreaterThan(0);
  });

  test('with one figure of a sale changed does not bring that sale over, and every other', async () => {
    const folder = await afterCleanStop((file) => {
      const hand = new Database(file);
      hand.exec('DROP TRIGGER transactions_never_change');
      hand.exec('UPDATE transactions SET pre_tax_cents = 99 WHERE seq = 7');
      hand.close();
    });
    expect((await opened(folder)).recovery).toMatchObject({ kept: SALES - 1, lost: 1 });
  });

  test('that vanished altogether is missed, because its anchor is still there', async () => {
    const folder = await afterCleanStop((file) => rmSync(file));
    expect((await opened(folder)).recovery).toMatchObject({ kept: 0, lost: SALES });
  });

  test('of another environment is refused as it is', async () => {
    const folder = await afterCleanStop((file) => writeFileSync(file, 'gone'));
    const before = readdirSync(folder).toSorted();
    const opening = await openJournal({ folder, environment: 'production', reserveBytes: 0 });
    expect(opening).toMatchObject({ kind: 'refused', code: 'other-environment' });
    expect(readdirSync(folder).toSorted()).toEqual(before);
  });
});

describe('a recovery cut short', () => {
  test.each([0, 1, 2, 3])(
    'after %i files had moved is taken up again and loses nothing more',
    async (moved) => {
      const folder = await afterPowerCut((copy) => {
        const { wal } = files(copy);
        truncateSync(wal, readFileSync(wal).length - FRAME);
      });
      const aside = join(folder, 'damaged-earlier');
      mkdirSync(aside);
      writeFileSync(join(folder, 'recovery.json'), JSON.stringify({ aside, atMs: 1 }));
      for (const name of ['journal.anchor', 'journal.sqlite-wal', 'journal.sqlite'].slice(0, moved)) {
        renameSync(join(folder, name), join(aside, name));
      }
      // A new journal that did not get far.
      if (moved === 3) writeFileSync(files(folder).database, 'half');
      const journal = await opened(folder);
      expect(journal.recovery).toEqual({ folder: aside, kept: SALES, lost: 0 });
      expect(existsSync(join(folder, 'recovery.json'))).toBe(false);
    },
  );
});

describe('what is brought over', () => {
  test('keeps key, bytes, delivery and attempts, gets a gapless chain in a new epoch, and goes on being sent', async () => {
    const origin = temporaryFolder();
    const first = await openedJournal(origin);
    const waiting = someTransaction();
    await recorded(first);
    await first.record(waiting, { dueLimit: 10, equalSinceMs: undefined });
    await first.settle(settlement(1, { kind: 'credited', milesAmount: 7, balanceMiles: 70 }));
    await first.close();
    // The anchor says more than the file holds.
    const { database, anchor } = files(origin);
    const saved = readFileSync(database);
    const again = await openedJournal(origin);
    await recorded(again);
    await again.close();
    writeFileSync(database, saved);
    for (const leftover of ['-wal', '-shm'])
      if (existsSync(`${database}${leftover}`)) rmSync(`${database}${leftover}`);
    expect(existsSync(anchor)).toBe(true);

    const journal = await opened(origin);
    expect(journal.recovery).toMatchObject({ kept: 2, lost: 1 });
    expect(await journal.row(1)).toMatchObject({ state: 'credited', milesAmount: 7, attempts: 1 });
    const claims = await journal.claim({
      nowMs: Date.now(),
      limit: 9,
      busyCollectors: [],
      first: undefined,
      mode: 'due',
    });
    expect(claims).toHaveLength(1);
    expect(claims[0]).toMatchObject({ seq: 2, idempotencyKey: waiting.idempotencyKey });
    expect(Buffer.from(claims[0]?.request ?? []).equals(Buffer.from(waiting.request))).toBe(true);
    const found = await journal.record(
      { ...someTransaction(), callerKey: waiting.callerKey },
      { dueLimit: 10, equalSinceMs: undefined },
    );
    expect(found).toMatchObject({ kind: 'recorded', isRepeat: true });
    await journal.close();
    const file = new Database(database, { readonly: true });
    const recovered = file.prepare(`SELECT count(*) FROM audit WHERE what = 'recovered'`).pluck().get();
    file.close();
    expect(recovered).toBe(1);
    // A second start finds it whole.
    const next = await opened(origin);
    expect(next.recovery).toBeUndefined();
  });
});
