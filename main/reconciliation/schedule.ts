import { transactionDayOf, type TransactionDayZone } from '../../shared/domain/transaction-day.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Journal } from '../journal/journal.ts';
import { exportDay } from './export-day.ts';
import type { LogFormat } from './partner-log.ts';

export interface ExportScheduleOptions {
  readonly journal: Pick<Journal, 'days' | 'logPage'>;
  readonly clock: Clock;
  readonly log: Log;
  /** `HH:MM` by the clock on the wall; undefined exports nothing by itself. */
  readonly at: string | undefined;
  readonly formats: readonly LogFormat[];
  readonly days: number;
  readonly folder: string;
  readonly zone: TransactionDayZone;
}

/** After the start, when the first customers have been served. */
const FIRST_AFTER_MS = 90_000;
const FAILED_AGAIN_MS = 900_000;

/** Milliseconds until the clock on the wall next shows `HH:MM`. */
export function untilTime(at: string, nowMs: number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const next = new Date(nowMs);
  next.setHours(hours, minutes, 0, 0);
  if (next.getTime() <= nowMs) next.setDate(next.getDate() + 1);
  return next.getTime() - nowMs;
}

/**
 * Writes the logs of the days that are over, once a day, and after a start for a night the terminal was off. A log that
 * would be the same is left as it lies, so looking again costs nothing and changes nothing.
 */
export function createExportSchedule(options: ExportScheduleOptions) {
  const { journal, clock, log, at, zone } = options;
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();

  async function exportAll(): Promise<void> {
    const today = transactionDayOf(clock.nowMs(), zone);
    const entries = await journal.days(options.days + 1);
    for (const { day } of entries.filter((entry) => entry.day < today).slice(0, options.days)) {
      for (const format of options.formats) {
        const { file, count, isNew } = await exportDay(journal.logPage, day, format, options.folder);
        if (isNew) log.info('day-exported', { file, count });
      }
    }
  }

  async function look(time: string): Promise<void> {
    let delayMs = untilTime(time, clock.nowMs());
    try {
      await exportAll();
    } catch (error) {
      log.error('day-not-exported', {}, error);
      delayMs = Math.min(delayMs, FAILED_AGAIN_MS);
    }
    wait(time, delayMs);
  }

  function wait(time: string, delayMs: number): void {
    cancel = clock.after(delayMs, () => {
      running = look(time);
    });
  }

  return {
    start(): void {
      if (at !== undefined) wait(at, FIRST_AFTER_MS);
    },
    /** Waits for a log that is being written. */
    async stop(): Promise<void> {
      cancel();
      await running;
      cancel();
    },
  };
}
