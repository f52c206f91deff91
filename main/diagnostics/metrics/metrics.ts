import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DayFigures } from '../../../shared/contract/doctor.ts';
import type { Answer } from '../../airmiles/client.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../log.ts';
import { writeAtomically } from '../../settings/write-atomically.ts';
import { emptyHistogram, percentile, withDuration } from './histogram.ts';

const Count = z.int().min(0);
const Durations = z.object({ counts: z.array(Count).max(100).readonly() });

/** What is kept of one day. Counts and durations only: nothing of a person, a Collector or an amount. */
const Day = z.object({
  day: z.iso.date(),
  sales: Count.default(0),
  outcomes: z.record(z.string(), Count).default({}),
  pressToStored: Durations.default({ counts: [] }),
  pressToCredited: Durations.default({ counts: [] }),
  deviceFaults: Count.default(0),
  calls: Count.default(0),
  /** Answered, whatever the answer; and of those, how many were refusals of one transaction. */
  answered: Count.default(0),
  refused: Count.default(0),
  /** Not answered, or with an answer that says the far end fails. */
  failed: Count.default(0),
  /** Could not leave this store, or was kept out for what the partner set up: held against nobody else. */
  ownNetwork: Count.default(0),
  latency: Durations.default({ counts: [] }),
});
type Day = z.output<typeof Day>;

const FILE = /^\d{4}-\d\d-\d\d\.json$/;
const DAYS_KEPT = 60;
const SAVE_EVERY_MS = 60_000;

export interface MetricsOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
}

function localDay(nowMs: number): string {
  const now = new Date(nowMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Whose fault a call without a good answer is. */
function blame(answer: Answer): 'ours' | 'theirs' | 'nobody' {
  if (answer.kind === 'answered') return answer.status >= 500 ? 'theirs' : 'nobody';
  switch (answer.failure.kind) {
    case 'no-network':
    case 'dns':
    case 'proxy-refused':
    // A filter that inspects TLS, a secret or an address that was never let in: the partner's to mend.
    case 'tls-untrusted':
    case 'token-refused':
    case 'client-not-allowed':
      return 'ours';
    default:
      return 'theirs';
  }
}

/** Counts what happens, by the store's own days, and keeps them on the disk. */
export function createMetrics({ folder, clock, log }: MetricsOptions) {
  let today = readDay(folder, localDay(clock.nowMs()));
  let isChanged = false;
  let cancel = (): void => undefined;

  const save = (): void => {
    if (!isChanged) return;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeAtomically(join(folder, `${today.day}.json`), JSON.stringify(today));
      isChanged = false;
      for (const old of dayFiles(folder).slice(0, -DAYS_KEPT)) rmSync(join(folder, old), { force: true });
    } catch (cause) {
      log.warn('metrics-not-saved', {}, cause);
    }
  };
  const change = (next: (day: Day) => Partial<Day>): void => {
    const day = localDay(clock.nowMs());
    if (day !== today.day) {
      save();
      today = readDay(folder, day);
    }
    today = { ...today, ...next(today) };
    isChanged = true;
  };
  const saveAgain = (): void => {
    save();
    cancel = clock.after(SAVE_EVERY_MS, saveAgain);
  };

  return {
    /** A sale was recorded, so long after the press. */
    stored: (elapsedMs: number): void =>
      change((day) => ({ sales: day.sales + 1, pressToStored: withDuration(day.pressToStored, elapsedMs) })),
    credited: (elapsedMs: number): void =>
      change((day) => ({ pressToCredited: withDuration(day.pressToCredited, elapsedMs) })),
    outcome: (outcome: string): void =>
      change(({ outcomes }) => ({ outcomes: { ...outcomes, [outcome]: (outcomes[outcome] ?? 0) + 1 } })),
    deviceFault: (): void => change((day) => ({ deviceFaults: day.deviceFaults + 1 })),
    call: (answer: Answer): void =>
      change((day) => {
        const isAnswered = answer.kind === 'answered';
        const whose = blame(answer);
        const isRefused = isAnswered && answer.status >= 400 && answer.status < 500;
        return {
          calls: day.calls + 1,
          answered: day.answered + (isAnswered ? 1 : 0),
          refused: day.refused + (isRefused ? 1 : 0),
          failed: day.failed + (whose === 'theirs' ? 1 : 0),
          ownNetwork: day.ownNetwork + (whose === 'ours' ? 1 : 0),
          latency: isAnswered ? withDuration(day.latency, answer.elapsedMs) : day.latency,
        };
      }),
    /** The newest days first. */
    days: (limit: number): DayFigures[] => {
      const names = dayFiles(folder).map((name) => name.slice(0, 10));
      const others = names.filter((day) => day !== today.day).map((day) => readDay(folder, day));
      return [today, ...others.toReversed()].slice(0, limit).map(figuresOf);
    },
    start: (): void => {
      cancel = clock.after(SAVE_EVERY_MS, saveAgain);
    },
    stop: (): void => {
      cancel();
      save();
    },
  };
}
export type Metrics = ReturnType<typeof createMetrics>;

function figuresOf(day: Day): DayFigures {
  const both = (durations: Day['latency']) => {
    const [p50, p95] = [percentile(durations, 50), percentile(durations, 95)];
    return p50 === undefined || p95 === undefined ? undefined : { p50, p95 };
  };
  const reached = day.calls - day.ownNetwork;
  const [pressToStored, pressToCredited, latency] = [day.pressToStored, day.pressToCredited, day.latency].map(
    both,
  );
  return {
    day: day.day,
    sales: day.sales,
    outcomes: day.outcomes,
    deviceFaults: day.deviceFaults,
    calls: day.calls,
    refused: day.refused,
    failed: day.failed,
    ownNetwork: day.ownNetwork,
    ...(reached === 0 ? {} : { availability: (reached - day.failed) / reached }),
    ...(pressToStored === undefined ? {} : { pressToStored }),
    ...(pressToCredited === undefined ? {} : { pressToCredited }),
    ...(latency === undefined ? {} : { latency }),
  };
}

function dayFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => FILE.test(name))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A day as it was left; one that can not be read begins anew: figures are not worth a refusal. */
function readDay(folder: string, day: string): Day {
  const empty = Day.parse({ day, pressToStored: emptyHistogram });
  try {
    const read = Day.safeParse(JSON.parse(readFileSync(join(folder, `${day}.json`), 'utf8')));
    return read.success ? read.data : empty;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return empty;
    throw error;
  }
}
