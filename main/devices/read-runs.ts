import { z } from 'zod';
import { Observation, ScanEvent } from '../../shared/contract/devices.ts';
import { entryModes } from '../../shared/domain/collector-number.ts';
import type { Clock } from '../clock.ts';
import type { Observation as ReadObservation, Reading, Scan } from '../../shared/domain/scan/scan.ts';

const Count = z.int().min(1).max(10_000);

/**
 * Readings in a row that differ in nothing but the Collector Number, told as one. A person's scans are runs of one; a
 * line at full speed brings hundreds of readings at once, and telling each of them by itself is what took the time.
 */
export const ReadRun = z.discriminatedUnion('kind', [
  /** Nothing to tell a person: a scale's weight, a card's arrival in a slot. */
  z.strictObject({ kind: z.literal('silent'), observation: Observation, count: Count }),
  z.strictObject({ kind: z.literal('same'), observation: Observation, count: Count, scan: ScanEvent }),
  z.strictObject({
    kind: z.literal('collectors'),
    observation: Observation,
    entryMode: z.enum(entryModes),
    collectorNumbers: z.array(z.string().max(64)).min(1).max(10_000),
  }),
]);
export type ReadRun = z.output<typeof ReadRun>;

/** How many readings a run stands for. */
export function countOf(run: ReadRun): number {
  return run.kind === 'collectors' ? run.collectorNumbers.length : run.count;
}

/** Calls `take` with each scan of a run, in order. */
export function eachScan(run: ReadRun, take: (scan: Scan) => void): void {
  if (run.kind === 'collectors') {
    const { entryMode } = run;
    for (const collectorNumber of run.collectorNumbers)
      take({ kind: 'collector', collectorNumber, entryMode });
  } else if (run.kind === 'same') for (let told = 0; told < run.count; told += 1) take(run.scan);
}

/** Adds a reading to the runs so far: to the last one where it fits, as a new one otherwise. */
export function addReading(runs: ReadRun[], { scan, observation }: Reading): void {
  const last = runs.at(-1);
  if (last !== undefined && isSameObservation(last.observation, observation)) {
    if (last.kind === 'silent' && scan === undefined) return void (last.count += 1);
    if (last.kind === 'same' && isSameScan(last.scan, scan)) return void (last.count += 1);
    if (last.kind === 'collectors' && scan?.kind === 'collector' && scan.entryMode === last.entryMode)
      return void last.collectorNumbers.push(scan.collectorNumber);
  }
  runs.push(runOf(scan, observation));
}

function runOf(scan: Scan | undefined, observation: ReadObservation): ReadRun {
  if (scan === undefined) return { kind: 'silent', observation, count: 1 };
  if (scan.kind !== 'collector') return { kind: 'same', observation, count: 1, scan };
  const { entryMode, collectorNumber } = scan;
  return { kind: 'collectors', observation, entryMode, collectorNumbers: [collectorNumber] };
}

function isSameScan(one: Scan, other: Scan | undefined): boolean {
  if (one.kind === 'refused') return other?.kind === 'refused' && one.code === other.code;
  if (one.kind === 'receipt') return other?.kind === 'receipt' && one.reference === other.reference;
  return one.kind === 'coupon' && other?.kind === 'coupon' && one.couponCode === other.couponCode;
}

function isSameObservation(one: ReadObservation, other: ReadObservation): boolean {
  return (
    one.outcome === other.outcome &&
    one.length === other.length &&
    one.aim === other.aim &&
    one.form === other.form &&
    one.trackLengths?.join() === other.trackLengths?.join()
  );
}

/** So many readings are sent although more are to come. */
const MOST_AT_ONCE = 5_000;
/** What comes so soon after readings were sent is gathered until then. */
const GATHER_MS = 2;

/**
 * Sends what is read: at once after a pause, as every person's scan is, and otherwise together every 2 ms. A message to
 * another process costs as much as a hundred frames.
 */
export interface ReadGathering {
  add(deviceId: string, reading: Reading): void;
  /** Sends what is gathered: before anything else is said, and at the end. */
  flush(): void;
}

export function createReadGathering(
  clock: Clock,
  send: (deviceId: string, runs: ReadRun[]) => void,
): ReadGathering {
  const gathered = new Map<string, ReadRun[]>();
  let count = 0;
  let isTurn = false;
  let cancelTimer: (() => void) | undefined;

  function flush(): void {
    const told = [...gathered];
    gathered.clear();
    count = 0;
    for (const [deviceId, runs] of told) send(deviceId, runs);
  }

  /** The end of the turn that read first after a pause. */
  function endTurn(): void {
    isTurn = false;
    flush();
    wait();
  }

  function wait(): void {
    cancelTimer = clock.after(GATHER_MS, () => {
      cancelTimer = undefined;
      if (gathered.size === 0) return;
      flush();
      wait();
    });
  }

  return {
    add(deviceId, reading) {
      let runs = gathered.get(deviceId);
      if (runs === undefined) {
        runs = [];
        gathered.set(deviceId, runs);
      }
      addReading(runs, reading);
      count += 1;
      if (count >= MOST_AT_ONCE) flush();
      else if (cancelTimer === undefined && !isTurn) {
        isTurn = true;
        queueMicrotask(endTurn);
      }
    },
    flush,
  };
}
