import { pbkdf2 } from 'node:crypto';
import { readdirSync } from 'node:fs';
import {
  cpuSecondsOf,
  newNumber,
  type RunningDevices,
  withScanner,
} from '../integration/devices/running-devices.ts';
import type { Rig } from '../rig/rig.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Descriptors of a process, where the system shows them. */
function descriptorsOf(pid: number): number {
  return process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : 0;
}

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
  readonly descriptorsMore: number;
  readonly processes: number;
}

/** Unplugs and plugs in again, a third of the times in the middle of a number. */
export async function replugCycles(times: number): Promise<ReplugFigures> {
  const figures = { read: 0, merged: 0, descriptorsMore: 0, processes: 0 };
  await withScanner(async (rig, running) => {
    const { scans, statuses, becomes } = running;
    await scansOne(rig, running);
    const before = descriptorsOf(pidOf(running));
    const sent = new Set<string>();
    const from = scans.items.length;
    for (let cycle = 0; cycle < times; cycle += 1) {
      const seen = statuses.items.length;
      const isCut = cycle % 3 === 0;
      await rig.script([
        ...(isCut ? [{ do: 'write', data: newNumber().slice(0, 1 + (cycle % 10)) } as const] : []),
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
      if (scan.kind === 'collector' && scan.collectorNumber === number) figures.read += 1;
    }
    figures.merged = scans.items
      .slice(from)
      .filter((scan) => scan.kind === 'collector' && !sent.has(scan.collectorNumber)).length;
    figures.descriptorsMore = descriptorsOf(pidOf(running)) - before;
    figures.processes = running.processes.length;
  });
  return figures;
}

export async function replugs(times: number): Promise<boolean> {
  const { read, merged, descriptorsMore, processes } = await replugCycles(times);
  say(
    `replug: ${times} cycles, ${read} read, ${merged} merged, ${descriptorsMore} descriptors more, ${processes} process`,
  );
  return read === times && merged === 0 && descriptorsMore <= 0 && processes === 1;
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
