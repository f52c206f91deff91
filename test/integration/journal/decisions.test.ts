import { describe, expect, test } from 'vitest';
import type { Journal } from '../../../main/journal/journal.ts';
import type { OpenQuery, OpenState } from '../../../main/journal/rows.ts';
import {
  noGuards,
  openedJournal,
  recorded,
  settlement,
  someTransaction,
  temporaryFolder,
} from './support.ts';

const decision = { atMs: 5000, actor: 'Ana', why: 'because' };
const opened = (): Promise<Journal> => openedJournal(temporaryFolder());

async function refused(journal: Journal): Promise<number> {
  const seq = await recorded(journal);
  await journal.settle(
    settlement(seq, { kind: 'needs-manager', reason: 'rejected' }, { status: 400, code: 'rejected' }),
  );
  return seq;
}
async function parked(journal: Journal): Promise<number> {
  const seq = await recorded(journal);
  await journal.park(seq, 'may-have-arrived', 2000);
  return seq;
}
const claimAll = (journal: Journal) =>
  journal.claim({ nowMs: Date.now(), limit: 10, busyCollectors: [], first: undefined, mode: 'due' });
const query = (states: readonly OpenState[], changes: Partial<OpenQuery> = {}): OpenQuery => ({
  states,
  search: undefined,
  offset: 0,
  limit: 50,
  ...changes,
});

describe('windows of what is not final', () => {
  test('hold each open state alone or together, oldest first, and nothing that is final', async () => {
    const journal = await opened();
    const due = await recorded(journal);
    const rejected = await refused(journal);
    const accepted = await recorded(journal);
    await journal.settle(settlement(accepted, { kind: 'accepted' }, { status: 202, code: 'accepted' }));
    const credited = await recorded(journal);
    await journal.settle(settlement(credited, { kind: 'credited', milesAmount: 1, balanceMiles: 1 }));
    const later = await recorded(journal);
    const counts = { due: 2, 'needs-manager': 1, accepted: 1 };
    const seqs = async (states: readonly OpenState[]) => {
      const page = await journal.openPage(query(states));
      expect(page.counts).toEqual(counts);
      return [page.rows.map(({ seq }) => seq), page.total];
    };
    expect(await seqs(['due', 'needs-manager', 'accepted'])).toEqual([[due, rejected, accepted, later], 4]);
    expect(await seqs(['due'])).toEqual([[due, later], 2]);
    expect(await seqs(['needs-manager'])).toEqual([[rejected], 1]);
    expect(await seqs(['accepted'])).toEqual([[accepted], 1]);
    expect(await seqs([])).toEqual([[], 0]);
  });

  test('are cut by offset and limit, and lose or double nothing between them', async () => {
    const journal = await opened();
    const all: number[] = [];
    for (let index = 0; index < 25; index += 1) all.push(await recorded(journal));
    const windows: number[] = [];
    for (let offset = 0; offset < 30; offset += 10) {
      const { rows, total } = await journal.openPage(query(['due', 'accepted'], { offset, limit: 10 }));
      expect(total).toBe(25);
      windows.push(...rows.map(({ seq }) => seq));
    }
    expect(windows).toEqual(all);
  });

  test('are searched by the beginning of a reference or the end of a Collector Number', async () => {
    const journal = await opened();
    const wanted = someTransaction({ reference: 'K7Q3M2XVT9PH' });
    const { seq } = await recordedAs(journal, wanted);
    await recorded(journal);
    const found = async (search: string) =>
      (await journal.openPage(query(['due'], { search }))).rows.map((row) => row.seq);
    expect(await found('K7Q3')).toEqual([seq]);
    expect(await found('k7q3m2')).toEqual([seq]);
    expect(await found(wanted.collectorNumber.slice(-6))).toEqual([seq]);
    expect(await found('M2XV')).toEqual([]);
    expect(await found('%')).toHaveLength(2);
  });
});

async function recordedAs(journal: Journal, entry: ReturnType<typeof someTransaction>) {
  const result = await journal.record(entry, noGuards);
  if (result.kind !== 'recorded') throw new Error(result.kind);
  return result.row;
}

describe('what is never sent can be cancelled', () => {
  test('and a claim after it finds nothing', async () => {
    const journal = await opened();
    const seq = await recorded(journal);
    expect(await journal.cancel(seq, 'cancelled', decision)).toMatchObject({
      kind: 'done',
      row: { state: 'cancelled', closedAs: 'cancelled' },
    });
    expect(await claimAll(journal)).toEqual([]);
  });

  test('but not once a claim has taken it: it may be on its way', async () => {
    const journal = await opened();
    const seq = await recorded(journal);
    const [claims, cancelled] = await Promise.all([
      claimAll(journal),
      journal.cancel(seq, 'cancelled', decision),
    ]);
    expect(claims).toHaveLength(1);
    expect(cancelled).toMatchObject({ kind: 'not-possible', row: { state: 'due' } });
  });
});

describe('a decision made twice', () => {
  test('is carried out once', async () => {
    const journal = await opened();
    const seq = await refused(journal);
    const twice = await Promise.all([journal.writeOff(seq, decision), journal.writeOff(seq, decision)]);
    expect(twice.map(({ kind }) => kind)).toEqual(['done', 'not-possible']);
    const { lines } = (await journal.story(seq)) ?? { lines: [] };
    expect(lines.filter(({ what }) => what === 'written-off')).toMatchObject([{ actor: 'Ana' }]);
  });

  test('of two kinds leaves the first', async () => {
    const journal = await opened();
    const seq = await parked(journal);
    const [found, again] = await Promise.all([
      journal.foundCredited(seq, 7, decision),
      journal.sendAgain(seq, decision),
    ]);
    expect(found).toMatchObject({ kind: 'done', row: { state: 'credited', milesAmount: 7 } });
    expect(again).toMatchObject({ kind: 'not-possible', row: { state: 'credited' } });
  });
});

describe('a refused transaction', () => {
  test('is corrected in one commit; the same key again finds the first', async () => {
    const journal = await opened();
    const seq = await refused(journal);
    const entry = someTransaction({ reference: 'K7Q3M2XVT9PH' });
    const [first, second] = await Promise.all([
      journal.correct(seq, entry, noGuards, decision),
      journal.correct(seq, entry, noGuards, decision),
    ]);
    expect(first).toMatchObject({ kind: 'recorded', isRepeat: false, row: { state: 'due' } });
    expect(second).toMatchObject({ kind: 'recorded', isRepeat: true });
    expect(await journal.row(seq)).toMatchObject({ state: 'cancelled', closedAs: 'corrected' });
    const last = (await journal.story(seq))?.lines.at(-1);
    expect(JSON.parse(last?.detail ?? '')).toMatchObject({ reason: 'corrected', by: 'K7Q3M2XVT9PH' });
  });

  test('is not corrected with another key once it was corrected, and nothing is recorded', async () => {
    const journal = await opened();
    const seq = await refused(journal);
    await journal.correct(seq, someTransaction(), noGuards, decision);
    const late = someTransaction();
    expect(await journal.correct(seq, late, noGuards, decision)).toEqual({ kind: 'not-possible' });
    expect(await journal.find(late.callerKey)).toBeUndefined();
  });

  test('is not sent again as it stands', async () => {
    const journal = await opened();
    const seq = await refused(journal);
    expect(await journal.sendAgain(seq, decision)).toMatchObject({ kind: 'not-possible' });
  });

  test('takes the returns that wait for it along when it is written off', async () => {
    const journal = await opened();
    const seq = await refused(journal);
    const waiting = await recorded(journal, { kind: 'return', originalSeq: seq });
    await journal.writeOff(seq, decision);
    expect(await journal.row(waiting)).toMatchObject({ state: 'written-off', closedAs: 'written-off' });
  });
});

describe('a transaction nobody answered for', () => {
  test('is sent again with the same key, its lifetime begun anew', async () => {
    const journal = await opened();
    const seq = await parked(journal);
    const before = (await journal.story(seq))?.row;
    expect(await journal.sendAgain(seq, { ...decision, atMs: 9000 })).toMatchObject({
      kind: 'done',
      row: { state: 'due', reason: null, maybeSentAtMs: 9000, reference: before?.reference },
    });
    expect(await claimAll(journal)).toMatchObject([{ seq, maybeSentBeforeMs: 9000 }]);
  });
});
