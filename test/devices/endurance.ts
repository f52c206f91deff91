import { pbkdf2 } from 'node:crypto';
import {
  cpuSecondsOf,
  newNumber,
  type RunningDevices,
  withScanner,
} from '../integration/devices/running-devices.ts';
import type { Rig } from '../rig/rig.ts';
import { createCountingSpawn, type Held } from './counting.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const pidOf = ({ processes }: RunningDevices): number => processes.at(-1)?.pid ?? 0;

async function scansOne(rig: Rig, { scans }: RunningDevices): Promise<boolean> {
  const number = newNumber();
  const from = scans.items.length;
  await rig.write(`${number}\r`);
  const scan = await scans.until(({ kind }) => kind === 'collector', from);
  return scan.kind === 'collector' && scan.collectorNumber === number;
}

export interface ReplugFigures {
  /** Scans that came whole, of the cycles. */
  readonly read: number;
  /** Numbers that nobody sent: a frame joined to one from before. */
  readonly merged: number;
  /** What is held after the cycles less what was held before them. */
  readonly more: Held;
  readonly processes: number;
}

/** The system's watcher of folders is made at the first unplugging and stays: it is not counted as a leak. */
const SETTLING_CYCLES = 2;

/** Unplugs and plugs in again, a third of the times in the middle of a number. */
export async function replugCycles(times: number): Promise<ReplugFigures> {
  let [read, merged, processCount] = [0, 0, 0];
  let more: Held | undefined;
  const { spawn, count } = createCountingSpawn();
  await withScanner(async (rig, running) => {
    const { scans, statuses, becomes } = running;
    const sent = new Set<string>();
    const cycle = async (turn: number): Promise<boolean> => {
      const seen = statuses.items.length;
      const isCut = turn % 3 === 0;
      await rig.script([
        ...(isCut ? [{ do: 'write', data: newNumber().slice(0, 1 + (turn % 10)) } as const] : []),
        { do: 'wait', ms: isCut ? 10 : 0 },
        { do: 'hang' },
      ]);
      await becomes('lost', seen);
      await rig.reopen();
      await becomes('ready', seen);
      const number = newNumber();
      sent.add(number);
      const at = scans.items.length;
      await rig.write(`${number}\r`);
      const scan = await scans.until(({ kind }) => kind === 'collector', at);
      return scan.kind === 'collector' && scan.collectorNumber === number;
    };
    // Listing the ports runs a program of the system's, with descriptors and listeners of its own.
    await running.changes.until(() => running.messages.some(isListOfPorts));
    for (let turn = 0; turn < SETTLING_CYCLES; turn += 1) await cycle(turn);
    const from = scans.items.length;
    const before = await count();
    for (let turn = 0; turn < times; turn += 1) if (await cycle(turn)) read += 1;
    more = less(await count(), before);
    merged = scans.items
      .slice(from)
      .filter((scan) => scan.kind === 'collector' && !sent.has(scan.collectorNumber)).length;
    processCount = running.processes.length;
  }, spawn);
  if (more === undefined) throw new Error('Nothing was counted');
  return { read, merged, more, processes: processCount };
}

function isListOfPorts(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ports';
}

function less(after: Held, before: Held): Held {
  return {
    descriptors: after.descriptors - before.descriptors,
    emitters: after.emitters - before.emitters,
    pollers: after.pollers - before.pollers,
    listeners: after.listeners - before.listeners,
    resources: after.resources - before.resources,
    inMain: after.inMain - before.inMain,
  };
}

/** Nothing more is held of anything but serialport's own pollers. */
export function isNothingMore({ pollers: _pollers, ...more }: Held): boolean {
  return Object.values(more).every((count) => count <= 0);
}

export async function replugs(times: number): Promise<boolean> {
  const { read, merged, more, processes } = await replugCycles(times);
  say(`replug: ${times} cycles, ${read} read, ${merged} merged, ${processes} process`);
  say(
    `replug: after less before: ${more.descriptors} descriptors, ${more.emitters} emitters, ${more.listeners} listeners, ` +
      `${more.resources} timers and handles, ${more.inMain} listeners in main; ${more.pollers} pollers serialport keeps`,
  );
  return read === times && merged === 0 && isNothingMore(more) && processes === 1;
}

export interface HangFigures {
  readonly delayMs: number;
  /** Processor time over the time from the hang-up to its discovery: a spin is 1. */
  readonly busyRatio: number;
  readonly read: boolean;
}

/** Hangs up so long after data, and measures what the device process burns until it knows. */
export async function hangUpAfter(delayMs: number, times: number): Promise<HangFigures> {
  let [cpuSeconds, wallSeconds, isRead] = [0, 0, false];
  await withScanner(async (rig, running) => {
    const { becomes, statuses } = running;
    for (let turn = 0; turn < times; turn += 1) {
      const seen = statuses.items.length;
      const [cpuBefore, started] = [await cpuSecondsOf(pidOf(running)), performance.now()];
      await rig.script([
        { do: 'write', data: `${newNumber()}\r` },
        ...(delayMs === 0 ? [] : [{ do: 'wait', ms: delayMs } as const]),
        { do: 'hang' },
      ]);
      await becomes('lost', seen);
      // Long enough for a spin to show itself beside the clock's ticks of 10 ms.
      await rig.script([{ do: 'wait', ms: 50 }]);
      cpuSeconds += (await cpuSecondsOf(pidOf(running))) - cpuBefore;
      wallSeconds += (performance.now() - started) / 1000;
      await rig.reopen();
      await becomes('ready', seen);
    }
    isRead = await scansOne(rig, running);
  });
  return { delayMs, busyRatio: cpuSeconds / wallSeconds, read: isRead };
}

/** A spinning process uses a whole core; a quiet one some percent, and a machine that is busy adds nothing to that. */
export const SPINNING = 0.5;

export async function hangUps(times: number): Promise<boolean> {
  let isGood = true;
  for (const delayMs of [0, 1, 3, 10]) {
    const { busyRatio, read } = await hangUpAfter(delayMs, times);
    say(
      `hang: ${times} times ${delayMs} ms after data, processor ${(busyRatio * 100).toFixed(1)} %, next scan ${read}`,
    );
    isGood &&= busyRatio < SPINNING && read;
  }
  return isGood;
}

export interface BusyFigures {
  readonly read: number;
  /** From the write on the device's side to the scan in main, in milliseconds. */
  readonly medianMs: number;
  readonly worstMs: number;
  /** How long one hashing job took meanwhile: what a scan would wait for behind it. */
  readonly jobMs: number;
}

/** Scans while eight hashing jobs fill main's thread pool. */
export async function scansWhileHashing(times: number): Promise<BusyFigures> {
  const waits: number[] = [];
  const jobs: number[] = [];
  let read = 0;
  await withScanner(async (rig, running) => {
    let isBusy = true;
    const hash = async (): Promise<void> => {
      while (isBusy) {
        const started = performance.now();
        await new Promise((resolve) => pbkdf2('a', 'b', 600_000, 64, 'sha512', resolve));
        jobs.push(performance.now() - started);
      }
    };
    const busy = Array.from({ length: 8 }, hash);
    try {
      for (let turn = 0; turn < times; turn += 1) {
        const started = performance.now();
        if (await scansOne(rig, running)) read += 1;
        waits.push(performance.now() - started);
      }
    } finally {
      isBusy = false;
      await Promise.all(busy);
    }
  });
  const sorted = waits.toSorted((a, b) => a - b);
  return {
    read,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    worstMs: sorted.at(-1) ?? Number.NaN,
    jobMs: jobs.reduce((sum, ms) => sum + ms, 0) / jobs.length,
  };
}

export async function busyHashing(times: number): Promise<boolean> {
  const { read, medianMs, worstMs, jobMs } = await scansWhileHashing(times);
  say(
    `busy: ${read} of ${times} read, median ${medianMs.toFixed(1)} ms, worst ${worstMs.toFixed(1)} ms, a job ${jobMs.toFixed(0)} ms`,
  );
  return read === times && medianMs < jobMs;
}
