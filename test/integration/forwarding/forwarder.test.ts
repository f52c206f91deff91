import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ConnectionState } from '../../../shared/contract/views.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createConnection } from '../../../main/forwarding/connection.ts';
import { createForwarder } from '../../../main/forwarding/forwarder.ts';
import type { Journal } from '../../../main/journal/journal.ts';
import type { TransactionRow } from '../../../main/journal/rows.ts';
import { createManualClock } from '../../unit/manual-clock.ts';
import { openedJournal, recorded, settlement, temporaryFolder } from '../journal/support.ts';
import { answered, createFarEnd, unanswered } from './far-end.ts';

const HOUR_MS = 3_600_000;
const anyCollector = (): string => makeCollectorNumber(Math.random);

async function createRig(options: { journal?: Journal; returnSpreadMs?: number } = {}) {
  const journal = options.journal ?? (await openedJournal(temporaryFolder()));
  const time = createManualClock();
  const farEnd = createFarEnd();
  const states: ConnectionState[] = [];
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const random = (): number => 0.5;
  const backoff = { firstMs: 1000, capMs: 300_000 };
  const { clock } = time;
  const connection = createConnection({
    clock,
    random,
    log,
    parallel: 4,
    backoff,
    returnSpreadMs: options.returnSpreadMs ?? 0,
    onChange: (state) => states.push(state),
  });
  const changes: Array<{ seq: number; row: TransactionRow | undefined }> = [];
  const forwarder = createForwarder({
    journal,
    client: farEnd.client,
    connection,
    clock,
    random,
    log,
    policy: { backoff, keyLifetimeMs: 24 * HOUR_MS, requestTimeoutMs: 30_000, backlogPerSecond: 1000 },
    onTransaction: (seq, row) => changes.push({ seq, row }),
  });
  onTestFinished(async () => {
    const stopped = forwarder.stop(0);
    time.advance(1);
    await stopped;
  });
  const record = (collectorNumber = anyCollector()): Promise<number> =>
    recorded(journal, {
      collectorNumber,
      recordedAtMs: clock.nowMs(),
      request: new TextEncoder().encode(JSON.stringify({ collectorNumber })),
    });
  /** Lets time pass in small steps until a fact holds: the journal answers in its own thread. */
  const until = (fact: () => boolean | Promise<boolean>, stepMs = 0): Promise<void> =>
    vi.waitFor(
      async () => {
        if (stepMs > 0) time.advance(stepMs);
        if (!(await fact())) throw new Error('not yet');
      },
      { timeout: 10_000, interval: 5 },
    );
  const stateOf = async (seq: number): Promise<string> => (await journal.row(seq)).state;
  return { journal, time, farEnd, states, lines, forwarder, connection, changes, record, until, stateOf };
}

describe('sending', () => {
  test('a stored sale is sent with its key and bytes, and 200 is credited', async () => {
    const rig = await createRig();
    const seq = await rig.record();
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 1);
    expect(rig.forwarder.isSending(seq)).toBe(true);
    const reading = { body: 'json', milesAmount: 1, balanceMiles: 343 } as const;
    rig.farEnd.waiting[0]?.answer(answered(200, { reading }));
    await rig.until(async () => (await rig.stateOf(seq)) === 'credited');
    expect(await rig.journal.row(seq)).toMatchObject({ milesAmount: 1, balanceMiles: 343, attempts: 1 });
    expect(rig.connection.state()).toEqual({ kind: 'reachable' });
  });

  test('no more than four at once, and never two for one Collector', async () => {
    const rig = await createRig();
    const twice = anyCollector();
    await rig.record(twice);
    await rig.record(twice);
    for (let count = 0; count < 8; count += 1) await rig.record();
    rig.forwarder.start();
    let most = 0;
    await rig.until(async () => {
      const collectors = rig.farEnd.waiting.map(({ collector }) => collector);
      expect(new Set(collectors).size).toBe(collectors.length);
      most = Math.max(most, collectors.length);
      rig.farEnd.waiting.at(-1)?.answer(answered(200));
      return (await rig.journal.counts()).due === 0;
    });
    expect(most).toBe(4);
    expect(rig.farEnd.seen).toHaveLength(10);
  });

  test.each([
    [answered(202), 'accepted', null],
    [answered(400, { reading: { body: 'json', code: 'BAD' } }), 'needs-manager', 'rejected'],
    [answered(422), 'needs-manager', 'rejected'],
    [answered(500), 'due', 'airmiles-failing'],
    [answered(503), 'due', 'maintenance'],
    [answered(429), 'due', 'rate-limited'],
    [answered(408), 'due', 'airmiles-failing'],
    [answered(409), 'due', 'airmiles-failing'],
    [answered(404), 'due', 'airmiles-failing'],
    [answered(302), 'due', 'airmiles-failing'],
    [unanswered({ kind: 'answer-unreadable' }, true), 'due', 'answer-unreadable'],
    [unanswered({ kind: 'timeout' }, true), 'due', 'timeout'],
    [unanswered({ kind: 'connection-lost', code: 'ECONNRESET' }, true), 'due', 'connection-lost'],
  ])('what comes back decides (%#)', async (answer, state, reason) => {
    const rig = await createRig();
    const seq = await rig.record();
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 1);
    rig.farEnd.waiting[0]?.answer(answer);
    await rig.until(async () => (await rig.journal.row(seq)).attempts === 1);
    expect(await rig.journal.row(seq)).toMatchObject({ state, reason });
  });

  test('what is unknown is sent again later, with the same key and the same bytes', async () => {
    const rig = await createRig();
    const seq = await rig.record();
    rig.forwarder.start();
    for (const answer of [answered(500), unanswered({ kind: 'timeout' }, true), answered(200)]) {
      await rig.until(() => rig.farEnd.waiting.length === 1, 200);
      rig.farEnd.waiting[0]?.answer(answer);
      await rig.until(() => rig.farEnd.waiting.length === 0);
    }
    await rig.until(async () => (await rig.stateOf(seq)) === 'credited');
    const [first, ...others] = rig.farEnd.seen;
    expect(others).toHaveLength(2);
    for (const other of others) {
      expect(other.idempotencyKey).toBe(first?.idempotencyKey);
      expect(other.body).toEqual(first?.body);
    }
  });

  test('Retry-After is honoured', async () => {
    const rig = await createRig();
    const seq = await rig.record();
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 1);
    rig.farEnd.waiting[0]?.answer(answered(503, { retryAfterMs: 120_000 }));
    await rig.until(async () => (await rig.journal.row(seq)).attempts === 1);
    const { dueAtMs } = await rig.journal.row(seq);
    expect(dueAtMs - rig.time.clock.nowMs()).toBe(120_000);
  });

  test('a sale somebody waits for overtakes the backlog', async () => {
    const rig = await createRig({ returnSpreadMs: HOUR_MS });
    for (let count = 0; count < 3; count += 1) await rig.record();
    rig.forwarder.start();
    const fresh = await rig.record();
    rig.forwarder.sendFirst(fresh);
    await rig.until(() => rig.forwarder.isSending(fresh));
    expect(rig.farEnd.waiting).toHaveLength(1);
  });
});

describe('a key that AIR MILES may have forgotten', () => {
  async function triedThrice(mayHaveArrived: boolean) {
    const rig = await createRig();
    const seq = await rig.record();
    rig.forwarder.start();
    for (let count = 1; count <= 3; count += 1) {
      await rig.until(() => rig.farEnd.waiting.length === 1, 1000);
      rig.farEnd.waiting[0]?.answer(
        mayHaveArrived ? answered(500) : unanswered({ kind: 'dns', host: 'x', code: 'ENOTFOUND' }, false),
      );
      await rig.until(async () => (await rig.journal.row(seq)).attempts === count);
    }
    return { ...rig, seq };
  }

  test('is never sent blindly: the sale needs a manager, because it may have arrived', async () => {
    const rig = await triedThrice(true);
    rig.time.advance(25 * HOUR_MS);
    await rig.until(async () => (await rig.stateOf(rig.seq)) === 'needs-manager', 1000);
    expect((await rig.journal.row(rig.seq)).reason).toBe('may-have-arrived');
    expect(rig.farEnd.seen).toHaveLength(3);
  });

  test('has no limit while nothing may have arrived', async () => {
    const rig = await triedThrice(false);
    rig.time.advance(30 * 24 * HOUR_MS);
    await rig.until(() => rig.farEnd.waiting.length === 1, 1000);
    rig.farEnd.waiting[0]?.answer(answered(200));
    await rig.until(async () => (await rig.stateOf(rig.seq)) === 'credited');
  });
});

describe('trouble on the way', () => {
  test('refused credentials hold the whole queue, cost no attempt, and are tried again', async () => {
    const rig = await createRig();
    const seqs = [await rig.record(), await rig.record(), await rig.record()];
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 3);
    for (const waiting of rig.farEnd.waiting.slice()) waiting.answer(answered(401));
    await rig.until(() => seqs.every((seq) => !rig.forwarder.isSending(seq)));
    expect(rig.connection.state()).toMatchObject({ kind: 'trouble', reason: 'token-refused', isHeld: true });
    rig.time.advance(1000);
    expect(rig.farEnd.seen).toHaveLength(3);
    await rig.until(() => rig.farEnd.waiting.length === 1, 1000);
    for (const seq of seqs)
      expect(await rig.journal.row(seq)).toMatchObject({
        attempts: 0,
        maybeSentAtMs: seq === 1 ? expect.any(Number) : null,
      });
    rig.farEnd.waiting[0]?.answer(answered(200));
    await rig.until(async () => {
      rig.farEnd.waiting[0]?.answer(answered(200));
      return (await rig.journal.counts()).due === 0;
    }, 100);
  });

  test('three faults in a row close the way; one probe at a time until it opens', async () => {
    const rig = await createRig();
    for (let count = 0; count < 6; count += 1) await rig.record();
    rig.forwarder.start();
    const noWay = unanswered({ kind: 'connection-refused' }, false);
    await rig.until(() => rig.farEnd.waiting.length === 4);
    for (const waiting of rig.farEnd.waiting.slice()) waiting.answer(noWay);
    await rig.until(() => rig.farEnd.waiting.length === 0);
    expect(rig.connection.probeAtMs()).toBeDefined();
    expect(rig.connection.state()).toMatchObject({
      kind: 'trouble',
      reason: 'connection-refused',
      isHeld: false,
    });
    await rig.until(() => rig.farEnd.waiting.length > 0, 100);
    expect(rig.farEnd.waiting).toHaveLength(1);
    rig.farEnd.waiting[0]?.answer(answered(200));
    await rig.until(async () => {
      rig.farEnd.waiting[0]?.answer(answered(200));
      return (await rig.journal.counts()).due === 0;
    }, 1000);
    expect(rig.connection.state()).toEqual({ kind: 'reachable' });
  });

  test('"send now" does not wait for a backoff', async () => {
    const rig = await createRig();
    const seq = await rig.record();
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 1);
    rig.farEnd.waiting[0]?.answer(answered(503, { retryAfterMs: 200_000 }));
    await rig.until(async () => (await rig.journal.row(seq)).attempts === 1);
    await rig.forwarder.sendNow();
    await rig.until(() => rig.farEnd.waiting.length === 1);
  });

  test.each([12 * HOUR_MS, -12 * HOUR_MS])('a clock that jumps by %i ms holds nothing up', async (jumpMs) => {
    const rig = await createRig();
    const seq = await rig.record();
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 1);
    rig.farEnd.waiting[0]?.answer(answered(500));
    await rig.until(async () => (await rig.journal.row(seq)).attempts === 1);
    rig.time.jump(jumpMs);
    const before = rig.time.clock.monotonicMs();
    await rig.until(() => rig.farEnd.waiting.length === 1, 5000);
    expect(rig.time.clock.monotonicMs() - before).toBeLessThan(HOUR_MS);
  });
});

describe('after a start with a clock that had run hours ahead', () => {
  test('what was due then is due now, and the later ones of its Collector follow', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    const rig = await createRig({ journal });
    const collector = anyCollector();
    const first = await rig.record(collector);
    await journal.claim({ nowMs: 0, limit: 1, busyCollectors: [], first, mode: 'probe' });
    const dueAtMs = rig.time.clock.nowMs() + 12 * HOUR_MS;
    await journal.settle(
      settlement(first, { kind: 'due', reason: 'timeout', dueAtMs, surelyNotSent: false }),
    );
    // Due since long ago, and waiting for the first.
    await rig.record(collector);
    rig.forwarder.start();
    const before = rig.time.clock.monotonicMs();
    await rig.until(() => rig.farEnd.waiting.length === 1, 5000);
    expect(rig.time.clock.monotonicMs() - before).toBeLessThan(HOUR_MS);
  });
});

describe('a turn that was lent', () => {
  const task = (rig: Awaited<ReturnType<typeof createRig>>, collectorNumber: string) => {
    const ended = Promise.withResolvers<string>();
    const signals: AbortSignal[] = [];
    const turn = rig.forwarder.withTurn(collectorNumber, (signal) => {
      signals.push(signal);
      return ended.promise;
    });
    return { turn, end: () => ended.resolve('done'), signals, fail: ended.reject };
  };
  async function startedRig(options: Parameters<typeof createRig>[0] = {}) {
    const rig = await createRig(options);
    rig.forwarder.start();
    return rig;
  }

  test('holds back what is recorded for its Collector, which goes right after, not with the backlog', async () => {
    const rig = await startedRig({ returnSpreadMs: HOUR_MS });
    const [collector, other] = [anyCollector(), anyCollector()];
    const lent = task(rig, collector);
    await rig.until(() => lent.signals.length === 1);
    const held = await rig.record(collector);
    rig.forwarder.sendFirst(held);
    rig.forwarder.sendFirst(await rig.record(other));
    await rig.until(() => rig.farEnd.waiting.some((waiting) => waiting.collector === other));
    rig.time.advance(1000);
    await rig.until(async () => (await rig.journal.row(held)).maybeSentAtMs === null);
    expect(rig.farEnd.seen).toHaveLength(1);
    lent.end();
    expect(await lent.turn).toEqual({ kind: 'had', result: 'done' });
    await rig.until(() => rig.forwarder.isSending(held));
    expect(rig.farEnd.seen).toHaveLength(2);
  });

  test('is refused while the Collector’s own sale is on the wire, and while another has it', async () => {
    const rig = await startedRig();
    const collector = anyCollector();
    rig.forwarder.sendFirst(await rig.record(collector));
    await rig.until(() => rig.farEnd.waiting.length === 1);
    const refused = task(rig, collector);
    expect(await refused.turn).toEqual({ kind: 'taken' });
    expect(refused.signals).toEqual([]);
    rig.farEnd.waiting[0]?.answer(answered(200));
    await rig.until(async () => (await rig.journal.counts()).due === 0);
    const lent = task(rig, collector);
    await rig.until(() => lent.signals.length === 1);
    expect(await task(rig, collector).turn).toEqual({ kind: 'taken' });
    lent.end();
    await lent.turn;
  });

  test('comes back when the task fails, and its failure is the caller’s', async () => {
    const rig = await startedRig();
    const collector = anyCollector();
    const lent = task(rig, collector);
    lent.fail(new Error('broken'));
    await expect(lent.turn).rejects.toThrow('broken');
    const seq = await rig.record(collector);
    rig.forwarder.sendFirst(seq);
    await rig.until(() => rig.forwarder.isSending(seq));
  });

  test('ends with the forwarder, which waits for it', async () => {
    const rig = await startedRig();
    const lent = task(rig, anyCollector());
    await rig.until(() => lent.signals.length === 1);
    const stopped = rig.forwarder.stop(100);
    rig.time.advance(100);
    expect(lent.signals[0]?.aborted).toBe(true);
    let isStopped = false;
    const noted = stopped.then(() => (isStopped = true));
    await rig.journal.counts();
    expect(isStopped).toBe(false);
    lent.end();
    await noted;
    expect(await task(rig, anyCollector()).turn).toEqual({ kind: 'taken' });
  });
});

describe('stopping', () => {
  test('cuts short what is on the wire, counts it as possibly arrived, and it goes again with the next start', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    const rig = await createRig({ journal });
    const seq = await rig.record();
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 1);
    const stopped = rig.forwarder.stop(100);
    rig.time.advance(100);
    await stopped;
    expect(await journal.row(seq)).toMatchObject({
      state: 'due',
      attempts: 0,
      maybeSentAtMs: expect.any(Number),
    });
    await journal.close();
    const next = await createRig({ journal: await openedJournal(folder) });
    next.forwarder.start();
    await next.until(() => next.farEnd.waiting.length === 1);
    expect(next.farEnd.seen[0]?.idempotencyKey).toBe(rig.farEnd.seen[0]?.idempotencyKey);
  });

  test('gives back what was claimed and never sent', async () => {
    const rig = await createRig();
    for (let count = 0; count < 6; count += 1) await rig.record();
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 4);
    await rig.until(async () =>
      (await Promise.all([5, 6].map((seq) => rig.journal.row(seq)))).every(
        (row) => row.maybeSentAtMs !== null,
      ),
    );
    const stopped = rig.forwarder.stop(0);
    rig.time.advance(1);
    await stopped;
    const marks = await Promise.all([1, 5, 6].map(async (seq) => (await rig.journal.row(seq)).maybeSentAtMs));
    expect(marks).toEqual([expect.any(Number), null, null]);
  });

  test('no line of the log holds a Collector Number', async () => {
    const rig = await createRig();
    const collector = anyCollector();
    await rig.record(collector);
    rig.forwarder.start();
    await rig.until(() => rig.farEnd.waiting.length === 1);
    rig.farEnd.waiting[0]?.answer(answered(400, { reading: { body: 'json', message: `no ${collector}` } }));
    await rig.until(() => rig.lines.some((line) => line.includes('attempt-ended')));
    expect(rig.lines.join('')).not.toContain(collector);
  });
});
