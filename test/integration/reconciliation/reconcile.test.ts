import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DifferenceKind } from '../../../main/journal/day-rows.ts';
import type { Journal } from '../../../main/journal/journal.ts';
import { PLANTED_DAY, plantDay, reconcilerOver } from '../../bench/reconcile/planted.ts';
import { differenceView } from '../../../main/reconciliation/views.ts';
import { openedJournal, temporaryFolder } from '../journal/support.ts';
import { credited, DAY, dayTransaction } from './day-support.ts';

const SALES = 400;
const decision = { atMs: 1, actor: 'Ann', why: 'looked into it' };

async function planted(sales = SALES, ofEachKind = 5) {
  const folder = temporaryFolder();
  const day = await plantDay(folder, sales, ofEachKind);
  onTestFinished(async () => {
    await day.client.close();
    await day.journal.close();
    await day.simulator.stop();
  });
  return { ...day, folder };
}

function running(...args: Parameters<typeof reconcilerOver>) {
  const over = reconcilerOver(...args);
  onTestFinished(() => over.forwarder.stop(0));
  return over;
}

async function found(journal: Journal, kind: DifferenceKind): Promise<string[]> {
  const latest = await journal.latestReconciliation(PLANTED_DAY);
  const all = await journal.differences(latest?.id ?? 0, 1000, 0);
  return all
    .filter((each) => each.kind === kind)
    .map(({ reference }) => reference ?? '')
    .toSorted();
}

async function expectPlanted(journal: Journal, plan: Awaited<ReturnType<typeof planted>>['planted']) {
  expect(await found(journal, 'missing-there')).toEqual(plan.missingThere.toSorted());
  expect(await found(journal, 'missing-here')).toEqual(plan.missingHere.toSorted());
  expect(await found(journal, 'different')).toEqual(plan.different.toSorted());
  expect(await found(journal, 'not-asked')).toEqual([]);
  for (const reference of plan.accepted) {
    expect(await journal.byReference(reference)).toMatchObject({ state: 'credited', milesAmount: 5 });
  }
}

describe('a reconciliation', () => {
  test('finds exactly what was planted, credits what shows up, and says what it came to', async () => {
    const { journal, client, planted: plan } = await planted();
    const { reconciler, progress } = running(journal, client);
    await reconciler.start(PLANTED_DAY, null);
    await reconciler.idle();
    await expectPlanted(journal, plan);
    expect(progress.at(-1)).toMatchObject({
      state: 'finished',
      collectors: SALES,
      asked: SALES,
      matched: SALES - 10,
      credited: 5,
      differences: 15,
      open: 15,
    });
    const [line] = await journal.lines('reconciliation-finished', 1);
    expect(JSON.parse(line?.detail ?? '')).toMatchObject({ day: PLANTED_DAY, asked: SALES });
  });

  test('that is killed goes on where it was: nothing twice, and little asked again', async () => {
    const { journal, client, simulator, folder, planted: plan } = await planted();
    await journal.close();
    const { url, tokenUrl, clientId, clientSecret, caPem } = simulator;
    const program = fileURLToPath(new URL('reconcile-process.ts', import.meta.url));
    const words = JSON.stringify({ folder, url, tokenUrl, clientId, clientSecret, caPem });
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) if (Number(line) >= 100) break;
    child.kill('SIGKILL');
    await exited;
    const again = await openedJournal(folder);
    const before = await again.unfinishedReconciliation();
    expect(before).toMatchObject({ state: 'running', actor: 'Ann' });
    expect(before?.asked).toBeGreaterThanOrEqual(100);
    expect(before?.asked).toBeLessThan(SALES);
    let asked = 0;
    const counting = {
      send: client.send,
      close: client.close,
      readHistory: (...args: Parameters<typeof client.readHistory>) => {
        asked += 1;
        return client.readHistory(...args);
      },
    };
    const { reconciler, progress } = running(again, counting);
    await reconciler.resume();
    await reconciler.idle();
    expect(asked).toBe(SALES - (before?.asked ?? 0));
    expect(progress.at(-1)).toMatchObject({
      state: 'finished',
      asked: SALES,
      matched: SALES - 10,
      credited: 5,
    });
    await expectPlanted(again, plan);
  });

  test('pauses where nobody answers, keeps what it has, and goes on when asked', async () => {
    const { journal, client, simulator, planted: plan } = await planted(120, 5);
    let left = 40;
    const failing = {
      send: client.send,
      close: client.close,
      readHistory: (...args: Parameters<typeof client.readHistory>) => {
        left -= 1;
        return left < 0
          ? Promise.resolve({
              kind: 'refused',
              status: 503,
              code: undefined,
              message: undefined,
              retryAfterMs: 1,
            } as const)
          : client.readHistory(...args);
      },
    };
    const first = running(journal, failing);
    await first.reconciler.start(PLANTED_DAY, null);
    await first.reconciler.idle();
    expect(first.progress.at(-1)).toMatchObject({
      state: 'paused',
      reason: 'no-answer',
      reasonDetail: 'HTTP 503',
    });
    const paused = await journal.latestReconciliation(PLANTED_DAY);
    expect(paused?.asked).toBeGreaterThan(0);
    await first.forwarder.stop(0);
    // One failure that passes is nobody's business.
    simulator.setFaults({ history: { next: ['500', 'drop'] } });
    const second = running(journal, client);
    const started = await second.reconciler.start(PLANTED_DAY, null);
    expect(started).toMatchObject({ kind: 'started', row: { id: paused?.id } });
    await second.reconciler.idle();
    expect(second.progress.at(-1)).toMatchObject({ state: 'finished', asked: 120 });
    await expectPlanted(journal, plan);
  });

  test('is cancelled by a person, and a new one begins from the start', async () => {
    const { journal, client } = await planted(120, 5);
    const { reconciler, progress } = running(journal, client, { perSecond: 50 });
    await reconciler.start(PLANTED_DAY, null);
    expect(await reconciler.start('2026-03-01', null)).toEqual({ kind: 'other-day', day: PLANTED_DAY });
    await vi.waitFor(() => expect(progress.length).toBeGreaterThan(0), { timeout: 10_000 });
    await reconciler.cancel();
    const cancelled = await journal.latestReconciliation(PLANTED_DAY);
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    const started = await reconciler.start(PLANTED_DAY, null);
    expect(started).toMatchObject({ kind: 'started', row: { state: 'running', asked: 0 } });
    await reconciler.cancel();
  });

  test('holds up no sale: a Collector whose turn is taken is asked when it is free', async () => {
    const { journal, client, simulator } = await planted(20, 1);
    const { reconciler, forwarder, progress } = running(journal, client);
    const [collector = ''] = simulator.practiceCollectors;
    const busy = Promise.withResolvers<undefined>();
    const turn = forwarder.withTurn(collector, () => busy.promise);
    await reconciler.start(PLANTED_DAY, null);
    await new Promise(setImmediate);
    expect(progress.some(({ state }) => state === 'finished')).toBe(false);
    busy.resolve(undefined);
    await turn;
    await reconciler.idle();
    expect(progress.at(-1)).toMatchObject({ state: 'finished', asked: 20 });
    expect(await found(journal, 'not-asked')).toEqual([]);
    expect(simulator.ledger().stats.parallelViolations).toBe(0);
  });
});

test('a difference of a return keyed without its sale is marked', async () => {
  const journal = await openedJournal(temporaryFolder());
  const sale = await dayTransaction(journal, { STANDARD: 5 }, {}, credited(5));
  const keyed = await dayTransaction(journal, { STANDARD: 1 }, { kind: 'reverse' }, credited(1));
  const known = { kind: 'reverse', originalSeq: sale } as const;
  const back = await dayTransaction(journal, { STANDARD: 1 }, known, credited(1));
  const { id } = await journal.beginReconciliation(DAY, 1, null);
  const { collectorNumber } = await journal.row(sale);
  const difference = { collectorNumber, reference: null, milesHere: -1, milesThere: null, detail: null };
  const differences = [
    { ...difference, kind: 'missing-there', seq: keyed },
    { ...difference, kind: 'missing-there', seq: back },
    { ...difference, kind: 'missing-here', seq: null },
  ] as const;
  const step = { id, lastCollector: '', asked: 1, matched: 0, awaited: 0, found: [] };
  await journal.reconciled({ ...step, differences }, decision);
  const shown = (await journal.differences(id, 10, 0)).map(differenceView);
  expect(shown.map(({ isWithoutOriginal }) => isWithoutOriginal)).toEqual([true, undefined, undefined]);
});

describe('a difference is repaired in one step', () => {
  async function differing() {
    const day = await planted(40, 2);
    const { reconciler, forwarder } = running(day.journal, day.client);
    await reconciler.start(PLANTED_DAY, null);
    await reconciler.idle();
    const latest = await day.journal.latestReconciliation(PLANTED_DAY);
    const all = await day.journal.differences(latest?.id ?? 0, 100, 0);
    return { ...day, forwarder, of: (kind: DifferenceKind) => all.filter((each) => each.kind === kind) };
  }

  test('missing there: sent again with the same key, it arrives once', async () => {
    const { journal, simulator, forwarder, of } = await differing();
    const [first] = of('missing-there');
    const before = simulator.ledger().entries.length;
    expect(await journal.repair(first?.id ?? 0, 'send-again', decision)).toMatchObject({ kind: 'done' });
    forwarder.sendFirst(first?.seq ?? 0);
    await vi.waitFor(
      async () =>
        expect(await journal.row(first?.seq ?? 0)).toMatchObject({ state: 'credited', milesAmount: 5 }),
      { timeout: 10_000 },
    );
    const { entries } = simulator.ledger();
    expect(entries.length).toBe(before + 1);
    expect(
      entries.filter(({ checkoutTransactionId }) => checkoutTransactionId === first?.reference),
    ).toHaveLength(1);
    expect(await journal.repair(first?.id ?? 0, 'send-again', decision)).toMatchObject({
      kind: 'not-possible',
    });
  });

  test('missing there: left to the board, it waits for a manager', async () => {
    const { journal, of } = await differing();
    const [first] = of('missing-there');
    await journal.repair(first?.id ?? 0, 'park', decision);
    expect(await journal.row(first?.seq ?? 0)).toMatchObject({
      state: 'needs-manager',
      reason: 'may-have-arrived',
    });
    expect(await journal.sendAgain(first?.seq ?? 0, decision)).toMatchObject({ kind: 'done' });
  });

  test('different: their figure is taken, and both stand in the audit chain with who and why', async () => {
    const { journal, of } = await differing();
    const [first] = of('different');
    expect(first).toMatchObject({ milesHere: 7, milesThere: 5 });
    await journal.repair(first?.id ?? 0, 'take-theirs', decision);
    expect(await journal.row(first?.seq ?? 0)).toMatchObject({ milesAmount: 5 });
    const story = await journal.story(first?.seq ?? 0);
    const line = story?.lines.at(-1);
    expect(line).toMatchObject({ what: 'miles-corrected', actor: 'Ann' });
    expect(JSON.parse(line?.detail ?? '')).toEqual({ why: 'looked into it', milesHere: 7, milesThere: 5 });
  });

  test('missing here: noted with a reason, and nothing else is possible', async () => {
    const { journal, of } = await differing();
    const [first] = of('missing-here');
    expect(await journal.repair(first?.id ?? 0, 'send-again', decision)).toMatchObject({
      kind: 'not-possible',
    });
    expect(await journal.repair(first?.id ?? 0, 'note', decision)).toMatchObject({
      kind: 'done',
      difference: { repairedAs: 'note' },
    });
    const [line] = await journal.lines('difference-noted', 1);
    expect(JSON.parse(line?.detail ?? '')).toMatchObject({ why: 'looked into it', kind: 'missing-here' });
  });
});
