import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { assertPragmas } from '../../../main/journal/database.ts';
import { openJournal } from '../../../main/journal/journal.ts';
import { migrations } from '../../../main/journal/migrations/migrations.ts';
import {
  noGuards,
  openedJournal,
  recorded,
  settlement,
  someTransaction,
  temporaryFolder,
} from './support.ts';

const claimAll = (nowMs: number) => ({
  nowMs,
  limit: 100,
  busyCollectors: [],
  first: undefined,
  mode: 'due' as const,
});
const LATER = Date.parse('2026-06-02T00:00:00Z');

function fingerprint(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('journal.sqlite') && !name.endsWith('-shm'))
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    );
}

describe('recording', () => {
  test('keeps the exact bytes and the key, and gives them to the forwarder', async () => {
    const journal = await openedJournal(temporaryFolder());
    const transaction = someTransaction({ request: new Uint8Array([0, 255, 123, 10, 125]) });
    await journal.record(transaction, noGuards);
    const [claim] = await journal.claim(claimAll(LATER));
    expect(claim?.idempotencyKey).toBe(transaction.idempotencyKey);
    expect([...(claim?.request ?? [])]).toEqual([0, 255, 123, 10, 125]);
  });

  test('the same caller key again finds the first and makes no other, also after a restart', async () => {
    const folder = temporaryFolder();
    const first = await openedJournal(folder);
    const transaction = someTransaction();
    const one = await first.record(transaction, noGuards);
    await first.close();
    const second = await openedJournal(folder);
    const again = await second.record({ ...someTransaction(), callerKey: transaction.callerKey }, noGuards);
    expect(one).toMatchObject({ kind: 'recorded', isRepeat: false });
    expect(again).toMatchObject({
      kind: 'recorded',
      isRepeat: true,
      row: { seq: 1, reference: transaction.reference },
    });
    expect((await second.counts()).due).toBe(1);
  });

  test('many at once get gapless numbers and each its own answer', async () => {
    const journal = await openedJournal(temporaryFolder());
    const transactions = Array.from({ length: 200 }, () => someTransaction());
    const results = await Promise.all(
      transactions.map((transaction) => journal.record(transaction, noGuards)),
    );
    const seqs = results.map((result) => (result.kind === 'recorded' ? result.row.seq : 0));
    expect(seqs).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    const references = results.map((result) => (result.kind === 'recorded' ? result.row.reference : ''));
    expect(references).toEqual(transactions.map(({ reference }) => reference));
  });

  test('one that breaks a rule of the file fails alone, and its neighbours in the commit are kept', async () => {
    const journal = await openedJournal(temporaryFolder());
    const good = someTransaction();
    const clash = someTransaction({ idempotencyKey: good.idempotencyKey });
    const results = await Promise.allSettled([
      journal.record(good, noGuards),
      journal.record(clash, noGuards),
      journal.record(someTransaction(), noGuards),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await journal.recent(10)).map(({ seq }) => seq)).toEqual([2, 1]);
  });

  test('asks about an equal sale within the time, and only then', async () => {
    const journal = await openedJournal(temporaryFolder());
    const first = someTransaction({ recordedAtMs: 1000 });
    const second = { ...someTransaction(), collectorNumber: first.collectorNumber, recordedAtMs: 2000 };
    await journal.record(first, noGuards);
    const asked = await journal.record(second, { dueLimit: 10, equalSinceMs: 1000 });
    const otherAmount = await journal.record(
      { ...second, callerKey: 'other', preTaxCents: 1 },
      { dueLimit: 10, equalSinceMs: 1000 },
    );
    const later = await journal.record(
      { ...someTransaction(), collectorNumber: first.collectorNumber },
      { dueLimit: 10, equalSinceMs: 1001 },
    );
    expect(asked).toMatchObject({ kind: 'already-done', row: { seq: 1 } });
    expect(otherAmount.kind).toBe('recorded');
    expect(later.kind).toBe('recorded');
  });

  test('refuses when as many are stored as the settings allow', async () => {
    const journal = await openedJournal(temporaryFolder());
    await journal.record(someTransaction(), { dueLimit: 1, equalSinceMs: undefined });
    const full = await journal.record(someTransaction(), { dueLimit: 1, equalSinceMs: undefined });
    expect(full).toEqual({ kind: 'not-stored', reason: 'queue-full' });
  });

  test('refuses in plain words when the disk has less left than the reserve, and earlier ones stay', async () => {
    const folder = temporaryFolder();
    const roomy = await openedJournal(folder);
    const known = someTransaction();
    await roomy.record(known, noGuards);
    await roomy.close();
    const opening = await openJournal({
      folder,
      environment: 'training',
      reserveBytes: Number.MAX_SAFE_INTEGER,
    });
    if (opening.kind === 'refused') throw new Error(opening.message);
    const result = await opening.journal.record(someTransaction(), noGuards);
    const found = await opening.journal.record(
      { ...someTransaction(), callerKey: known.callerKey },
      noGuards,
    );
    const left = await opening.journal.recent(10);
    await opening.journal.close();
    expect(result).toEqual({ kind: 'not-stored', reason: 'disk-full' });
    expect(found).toMatchObject({ kind: 'recorded', isRepeat: true });
    expect(left).toHaveLength(1);
  });
});

describe('taking turns', () => {
  test('one at a time for a Collector, in order; others are not held up', async () => {
    const journal = await openedJournal(temporaryFolder());
    const { collectorNumber } = someTransaction();
    await recorded(journal, { collectorNumber });
    await recorded(journal, { collectorNumber });
    await recorded(journal);
    const first = await journal.claim(claimAll(LATER));
    expect(first.map(({ seq }) => seq)).toEqual([1, 3]);
    const busy = await journal.claim({
      ...claimAll(LATER),
      busyCollectors: first.map((claim) => claim.collectorNumber),
    });
    expect(busy).toEqual([]);
    await journal.settle(settlement(1, { kind: 'accepted' }, { status: 202, code: 'accepted' }));
    expect(
      (await journal.claim({ ...claimAll(LATER), busyCollectors: [first[1]?.collectorNumber ?? ''] })).map(
        ({ seq }) => seq,
      ),
    ).toEqual([2]);
  });

  test('one that waits keeps the later ones of its Collector waiting; one that needs a manager does not', async () => {
    const journal = await openedJournal(temporaryFolder());
    const { collectorNumber } = someTransaction();
    await recorded(journal, { collectorNumber });
    await recorded(journal, { collectorNumber });
    await journal.claim(claimAll(LATER));
    await journal.settle(
      settlement(1, { kind: 'due', reason: 'timeout', dueAtMs: LATER + 1000, surelyNotSent: false }),
    );
    expect(await journal.claim(claimAll(LATER))).toEqual([]);
    await journal.park(1, 'may-have-arrived', LATER);
    expect((await journal.claim(claimAll(LATER))).map(({ seq }) => seq)).toEqual([2]);
  });

  test('a return waits for its sale, and while that needs a manager holds up nobody but itself', async () => {
    const journal = await openedJournal(temporaryFolder());
    const { collectorNumber } = someTransaction();
    await recorded(journal, { collectorNumber });
    await recorded(journal, { collectorNumber, kind: 'return', originalSeq: 1 });
    await recorded(journal, { collectorNumber });
    expect((await journal.claim(claimAll(LATER))).map(({ seq }) => seq)).toEqual([1]);
    await journal.settle(settlement(1, { kind: 'needs-manager', reason: 'rejected' }, { status: 400 }));
    expect((await journal.claim(claimAll(LATER))).map(({ seq }) => seq)).toEqual([3]);
  });

  test('a return goes once its sale was credited', async () => {
    const journal = await openedJournal(temporaryFolder());
    const { collectorNumber } = someTransaction();
    await recorded(journal, { collectorNumber });
    await recorded(journal, { collectorNumber, kind: 'return', originalSeq: 1 });
    await journal.claim(claimAll(LATER));
    await journal.settle(settlement(1, { kind: 'credited', milesAmount: 1, balanceMiles: 2 }));
    expect((await journal.claim(claimAll(LATER))).map(({ seq }) => seq)).toEqual([2]);
  });

  test('a turn is marked as possibly sent before it is given, and unmarked when it surely was not', async () => {
    const journal = await openedJournal(temporaryFolder());
    const seq = await recorded(journal);
    const [claim] = await journal.claim(claimAll(LATER));
    expect(claim?.maybeSentBeforeMs).toBeNull();
    expect((await journal.row(seq)).maybeSentAtMs).toBe(LATER);
    await journal.settle(
      settlement(seq, { kind: 'due', reason: 'dns', dueAtMs: LATER, surelyNotSent: true }),
    );
    expect((await journal.row(seq)).maybeSentAtMs).toBeNull();
    await journal.claim(claimAll(LATER));
    await journal.settle(
      settlement(seq, { kind: 'due', reason: 'timeout', dueAtMs: LATER, surelyNotSent: false }),
    );
    const [again] = await journal.claim(claimAll(LATER + 5));
    expect(again?.maybeSentBeforeMs).toBe(LATER);
  });

  test('the sale somebody waits for comes before the backlog', async () => {
    const journal = await openedJournal(temporaryFolder());
    for (let count = 0; count < 5; count += 1) await recorded(journal);
    const claims = await journal.claim({ ...claimAll(LATER), limit: 2, first: 5 });
    expect(claims.map(({ seq }) => seq)).toEqual([5, 1]);
  });

  test('a probe takes the oldest, due or not', async () => {
    const journal = await openedJournal(temporaryFolder());
    const seq = await recorded(journal);
    await journal.claim(claimAll(LATER));
    await journal.settle(
      settlement(seq, { kind: 'due', reason: 'dns', dueAtMs: LATER * 2, surelyNotSent: true }),
    );
    expect(await journal.claim(claimAll(LATER))).toEqual([]);
    expect(await journal.claim({ ...claimAll(LATER), mode: 'probe', limit: 1 })).toHaveLength(1);
  });

  test('due times beyond any backoff come back after the clock was set back', async () => {
    const journal = await openedJournal(temporaryFolder());
    await recorded(journal, { recordedAtMs: LATER });
    expect(await journal.claim(claimAll(1000))).toEqual([]);
    await journal.clampDueTimes(1000);
    expect(await journal.claim(claimAll(1000))).toHaveLength(1);
  });
});

describe('the file', () => {
  test('a second program on the same folder is refused, and gets in once the first has closed', async () => {
    const folder = temporaryFolder();
    const first = await openedJournal(folder);
    const second = await openJournal({ folder, environment: 'training', reserveBytes: 0 });
    expect(second).toMatchObject({ kind: 'refused', code: 'in-use' });
    await first.close();
    const third = await openedJournal(folder);
    expect(await third.recent(1)).toEqual([]);
  });

  test('of another environment is refused and left as it was', async () => {
    const folder = temporaryFolder();
    const training = await openedJournal(folder);
    await recorded(training);
    await training.close();
    const opening = await openJournal({ folder, environment: 'production', reserveBytes: 0 });
    expect(opening).toMatchObject({ kind: 'refused', code: 'other-environment' });
    const again = await openedJournal(folder);
    expect(await again.recent(10)).toHaveLength(1);
  });

  test('from a newer version is refused, and not a byte of it or its WAL changes', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    await recorded(journal);
    await journal.close();
    const newer = new Database(join(folder, 'journal.sqlite'));
    newer.pragma(`user_version = ${migrations.length + 1}`);
    newer.exec('CREATE TABLE tomorrow(x)');
    // The connection stays open, so that a WAL with the newer version in it lies beside the file.
    const before = fingerprint(folder);
    const opening = await openJournal({ folder, environment: 'training', reserveBytes: 0 });
    const after = fingerprint(folder);
    newer.close();
    expect(opening).toMatchObject({ kind: 'refused', code: 'newer-version' });
    expect(before.some((line) => line.startsWith('journal.sqlite-wal'))).toBe(true);
    expect(after).toEqual(before);
  });

  test('that is another program’s database is refused', async () => {
    const folder = temporaryFolder();
    const other = new Database(join(folder, 'journal.sqlite'));
    other.exec('CREATE TABLE something(x)');
    other.close();
    const before = fingerprint(folder);
    const opening = await openJournal({ folder, environment: 'training', reserveBytes: 0 });
    expect(opening).toMatchObject({ kind: 'refused', code: 'not-a-journal' });
    expect(fingerprint(folder)).toEqual(before);
  });

  test('is refused where WAL quietly took away synchronous=FULL', () => {
    const database = new Database(join(temporaryFolder(), 'any.sqlite'));
    expect(() => assertPragmas(database)).not.toThrow();
    database.close();
    const careless = new Database(join(temporaryFolder(), 'any.sqlite'));
    expect(() => assertPragmas(careless, (name) => name !== 'synchronous')).toThrow(
      'synchronous=2 but has 1',
    );
    careless.close();
  });

  test('lets no one change or delete what was recorded', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    const seq = await recorded(journal);
    await journal.claim(claimAll(LATER));
    await journal.settle(settlement(seq, { kind: 'accepted' }));
    await journal.close();
    const file = new Database(join(folder, 'journal.sqlite'));
    for (const statement of [
      'UPDATE transactions SET pre_tax_cents = 1',
      'DELETE FROM transactions',
      'DELETE FROM deliveries',
      'UPDATE attempts SET code = 1',
      'DELETE FROM attempts',
      'UPDATE audit SET what = 1',
      'DELETE FROM audit',
    ]) {
      expect(() => file.exec(statement), statement).toThrow(/never/);
    }
    file.close();
  });

  test('has its migrations unchanged: a landed one is never edited', () => {
    const hashes = migrations.map((sql) => createHash('sha256').update(sql).digest('hex').slice(0, 16));
    expect(hashes).toMatchInlineSnapshot(`
      [
        "fb34f22500de6adc",
        "1ee043ab5cb0d5ad",
        "9ac8de8f9478a7a3",
      ]
    `);
  });
});
