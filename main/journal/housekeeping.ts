import { statSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import { listBackups } from './backup.ts';
import type { Journal } from './journal.ts';

export interface HousekeepingOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly backupFolder: string;
  /** 0 makes no backups. */
  readonly backupEveryMs: number;
  readonly backupsKept: number;
  readonly archiveFolder: string;
  /** 0 archives nothing. */
  readonly retentionMs: number;
}

/** After the start, when the first customers have been served; and often enough that a missed backup is soon made. */
const FIRST_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 900_000;

/** Backups and archives, made when they are due for as long as the terminal runs. What fails is logged and tried again. */
export function createHousekeeping(options: HousekeepingOptions) {
  const { journal, clock, log } = options;
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();

  async function backUpIfDue(): Promise<void> {
    const newest = listBackups(options.backupFolder).at(-1);
    const ageMs = newest === undefined ? Number.POSITIVE_INFINITY : clock.nowMs() - statSync(newest).mtimeMs;
    if (options.backupEveryMs === 0 || ageMs < options.backupEveryMs) return;
    const { file, bytes, transactions } = await journal.backUp(
      options.backupFolder,
      options.backupsKept,
      clock.nowMs(),
    );
    log.info('journal-backed-up', { file, bytes, count: transactions });
  }

  async function archiveIfDue(): Promise<void> {
    if (options.retentionMs === 0) return;
    const archived = await journal.archive(options.archiveFolder, clock.nowMs() - options.retentionMs);
    if (archived !== undefined)
      log.info('journal-archived', { file: archived.file, count: archived.transactions });
  }

  async function look(): Promise<void> {
    for (const task of [backUpIfDue, archiveIfDue]) {
      try {
        await task();
      } catch (error) {
        log.error('housekeeping-failed', { kind: task.name }, error);
      }
    }
    cancel = clock.after(LOOK_EVERY_MS, begin);
  }

  function begin(): void {
    running = look();
  }

  return {
    start(): void {
      cancel = clock.after(FIRST_AFTER_MS, begin);
    },
    /** Waits for what is being made: a journal is not closed under its own backup. */
    async stop(): Promise<void> {
      cancel();
      await running;
      cancel();
    },
  };
}
