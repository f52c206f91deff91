import { setTimeout as delay } from 'node:timers/promises';
import { JournalUnavailable } from '../journal/journal.ts';
import type { Claim, TransactionRow } from '../journal/rows.ts';
import { createAttempt, type AttemptPolicy, type SendingParts } from './attempt.ts';
import { createTokenBucket } from './token-bucket.ts';

export interface ForwardingPolicy extends AttemptPolicy {
  /** Stored transactions a second, on average. */
  readonly backlogPerSecond: number;
}

export interface ForwarderDependencies extends SendingParts<ForwardingPolicy> {
  /** A transaction went on the wire, came off it, or its delivery changed; `row` where it was just read. */
  readonly onTransaction: (seq: number, row: TransactionRow | undefined) => void;
}

export interface Forwarder {
  start(): void;
  /** A sale was just recorded and somebody is waiting for it: its turn comes before the backlog's. */
  sendFirst(seq: number): void;
  /** Everything stored is due now, and a closed way is tried again. */
  sendNow(): Promise<void>;
  /** The machine's network changed: a wait may be over sooner. */
  networkChanged(): void;
  isSending(seq: number): boolean;
  /**
   * Runs a task of one's own about a Collector in that Collector's turn, so that nothing stored is sent beside it; what
   * is recorded meanwhile goes right after. `signal` ends it when the forwarder stops. Refused, not queued, where the
   * turn is taken.
   */
  withTurn<Result>(
    collectorNumber: string,
    task: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Turn<Result>>;
  /** Takes no more turns and waits for what is on the wire, `waitMs` at the most. */
  stop(waitMs: number): Promise<void>;
}

export type Turn<Result> = { readonly kind: 'had'; readonly result: Result } | { readonly kind: 'taken' };

const LONGEST_SLEEP_MS = 30_000;
/** Claims taken ahead of the wire, so that the next request need not wait for a commit. */
const CLAIMS_AHEAD = 32;
/** The wall clock moved against the one that never jumps: somebody or something set it. */
const CLOCK_STEP_MS = 1000;
/** Due, yet not taken: its Collector's turn is taken, or it waits for its sale. */
const HELD_UP_MS = 250;

/** Sends what the journal holds. In flight lives in memory only; what is not final after a crash is simply due again. */
export function createForwarder(dependencies: ForwarderDependencies): Forwarder {
  const { journal, connection, clock, log, policy, onTransaction } = dependencies;
  const bucket = createTokenBucket(policy.backlogPerSecond, policy.backlogPerSecond, clock.monotonicMs());
  const sending = new Set<number>();
  const busyCollectors = new Set<string>();
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  let ready: Claim[] = [];
  let urgent: number[] = [];
  /** Turns lent to tasks, and the sales somebody waits for that came upon one. */
  let lentTurns = 0;
  const behindLent: number[] = [];
  /** Until claims are taken, nobody knows whose turns they take. */
  let claiming: Promise<void> | undefined;
  let cancelTimer = (): void => undefined;
  let isRunning = false;
  let isTakingTurns = false;
  let isWoken = false;
  let clockOffsetMs: number | undefined;

  const attempt = createAttempt({
    ...dependencies,
    onSent(seq) {
      sending.add(seq);
      onTransaction(seq, undefined);
    },
    onAnswered(seq) {
      // The wire is free from here on; the Collector's turn ends with the commit.
      sending.delete(seq);
      wake();
    },
  });

  const isProbing = (): boolean => connection.probeAtMs() !== undefined;

  function sleep(delayMs: number): void {
    cancelTimer();
    if (!isRunning) return;
    cancelTimer = clock.after(Math.min(Math.max(delayMs, 1), LONGEST_SLEEP_MS), wake);
  }

  function wake(): void {
    isWoken = true;
    // What is claimed already goes on the free wire also while a commit is waited for; after all answers of this turn.
    setImmediate(sendReady);
    if (isTakingTurns || !isRunning) return;
    isTakingTurns = true;
    inBackground(
      takeTurns().finally(() => {
        isTakingTurns = false;
        if (isWoken) wake();
      }),
    );
  }

  /** The one place where a promise is let go: what fails is logged, and `stop` waits for it. */
  function inBackground(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => log.error('forwarder-failed', {}, error))
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  async function takeTurns(): Promise<void> {
    isWoken = false;
    try {
      await followClock();
      sendReady();
      if (isProbing() && ready.length > 0) await giveBackReady();
      const ahead = isProbing() ? 0 : CLAIMS_AHEAD;
      const room = connection.allowed() + ahead - sending.size - ready.length;
      // In groups: a claim is a commit, and one for every sale would be half of the disk's work.
      const isLow = ready.length <= ahead / 2;
      if (room > 0 && (isLow || urgent.length > 0)) {
        const claimed = claim(room);
        claiming = Promise.allSettled([claimed]).then(() => (claiming = undefined));
        await claimed;
      }
      sendReady();
      sleep(await untilNextMs());
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      log.warn('forwarder-waits-for-journal', { reason: error.reason });
      sleep(policy.backoff.firstMs);
    }
  }

  /**
   * A clock that was set back, now or while the terminal was off, must not leave anything waiting for hours that were
   * already over: no wait is longer than the longest backoff. Each due time counts, not only the next one, because a
   * transaction far ahead keeps the later ones of its Collector waiting.
   */
  async function followClock(): Promise<void> {
    const offsetMs = clock.nowMs() - clock.monotonicMs();
    if (clockOffsetMs !== undefined && Math.abs(offsetMs - clockOffsetMs) < CLOCK_STEP_MS) return;
    clockOffsetMs = offsetMs;
    await journal.clampDueTimes(clock.nowMs() + policy.backoff.capMs);
  }

  async function claim(room: number): Promise<void> {
    const monotonicMs = clock.monotonicMs();
    const first = isProbing() ? undefined : urgent.shift();
    if (urgent.length > 0) isWoken = true;
    const isPaced = !isProbing() && monotonicMs < connection.backlogFromMs();
    const fromBacklog = isPaced ? 0 : Math.min(room, bucket.available(monotonicMs));
    const limit = first === undefined ? fromBacklog : Math.max(1, fromBacklog);
    if (limit === 0) return;
    const claims = await journal.claim({
      nowMs: clock.nowMs(),
      limit,
      busyCollectors: [...busyCollectors],
      first,
      mode: isProbing() ? 'probe' : 'due',
    });
    if (first !== undefined && lentTurns > 0 && !claims.some((taken) => taken.seq === first))
      behindLent.push(first);
    bucket.take(claims.filter((taken) => taken.seq !== first).length);
    for (const taken of claims) busyCollectors.add(taken.collectorNumber);
    const isFirstTaken = first !== undefined && claims[0]?.seq === first;
    ready = isFirstTaken ? [...claims.slice(0, 1), ...ready, ...claims.slice(1)] : [...ready, ...claims];
  }

  /** The way is closed: what was claimed ahead and never sent is not to count as possibly sent. */
  async function giveBackReady(): Promise<void> {
    const unsent = ready;
    ready = [];
    await journal.release(unsent);
    for (const { collectorNumber } of unsent) busyCollectors.delete(collectorNumber);
  }

  function sendReady(): void {
    while (isRunning && sending.size < connection.allowed()) {
      const taken = ready.shift();
      if (taken === undefined) return;
      inBackground(takeTurn(taken));
    }
  }

  /** One Collector's turn, from the wire to the commit. */
  async function takeTurn(taken: Claim): Promise<void> {
    let row: TransactionRow | undefined;
    try {
      row = await attempt.make(taken, stopping.signal);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      // The answer could not be written down: the same key and bytes are sent again, which has no further effect.
      log.warn('outcome-not-written', { seq: taken.seq, reason: error.reason });
      if (isRunning)
        await delay(policy.backoff.firstMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    } finally {
      sending.delete(taken.seq);
      busyCollectors.delete(taken.collectorNumber);
      onTransaction(taken.seq, row);
      wake();
    }
  }

  async function untilNextMs(): Promise<number> {
    const probeAtMs = connection.probeAtMs();
    // What is on the wire wakes the forwarder when it comes back.
    if (sending.size >= connection.allowed() && sending.size > 0) return LONGEST_SLEEP_MS;
    if (probeAtMs !== undefined) return Math.max(probeAtMs - clock.monotonicMs(), HELD_UP_MS);
    const dueAtMs = await journal.nextDueAtMs();
    if (dueAtMs === null) return LONGEST_SLEEP_MS;
    const pacedMs = Math.max(connection.backlogFromMs() - clock.monotonicMs(), bucket.delayMs());
    return Math.max(dueAtMs - clock.nowMs(), pacedMs, HELD_UP_MS);
  }

  return {
    start() {
      isRunning = true;
      wake();
    },
    sendFirst(seq) {
      const isClaimed = ready.find((taken) => taken.seq === seq);
      if (isClaimed === undefined) urgent.push(seq);
      else ready = [isClaimed, ...ready.filter((taken) => taken !== isClaimed)];
      connection.nudge();
      wake();
    },
    async sendNow() {
      connection.reopen();
      await journal.makeAllDue(clock.nowMs());
      wake();
    },
    networkChanged() {
      connection.nudge();
      wake();
    },
    isSending: (seq) => sending.has(seq),
    async withTurn(collectorNumber, task) {
      while (claiming !== undefined) await claiming;
      if (!isRunning || busyCollectors.has(collectorNumber)) return { kind: 'taken' };
      busyCollectors.add(collectorNumber);
      lentTurns += 1;
      const work = task(stopping.signal).finally(() => {
        lentTurns -= 1;
        busyCollectors.delete(collectorNumber);
        urgent.unshift(...behindLent.splice(0));
        wake();
      });
      // `stop` waits for it; a failure is the caller's.
      inBackground(Promise.allSettled([work]).then(() => undefined));
      return { kind: 'had', result: await work };
    },
    async stop(waitMs) {
      isRunning = false;
      cancelTimer();
      const cancel = clock.after(waitMs, () => stopping.abort());
      await Promise.allSettled(underWay);
      cancel();
      await Promise.allSettled([giveBackReady()]);
      urgent = [];
    },
  };
}
