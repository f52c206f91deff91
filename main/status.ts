import type { Status, Warning } from '../shared/contract/views.ts';
import type { Clock } from './clock.ts';
import type { Log } from './diagnostics/log.ts';
import type { Events } from './events.ts';
import type { Connection } from './forwarding/connection.ts';
import { JournalUnavailable, type Journal } from './journal/journal.ts';
import type { DiskSpace, JournalCounts } from './journal/rows.ts';

/** Often enough for eyes, seldom enough for a drain of thousands. */
const COALESCE_MS = 200;

const DAY_MS = 86_400_000;
/** Nine tenths of a limit: time enough to do something. */
const WARN_AT = 0.9;
const DRIFT_SHOWN_MS = 120_000;

export interface StatusLimits {
  readonly storedLimit: number;
  readonly storedDaysLimit: number;
}

/** What of the journal and the clock a person must be warned of. Pure. */
export function warningsOf(
  counts: JournalCounts & { readonly space: DiskSpace },
  limits: StatusLimits,
  nowMs: number,
  clockAheadMs: number,
): Warning[] {
  const warnings: Warning[] = [];
  if (counts.space !== 'well') warnings.push({ kind: 'disk', space: counts.space });
  if (counts.due >= limits.storedLimit * WARN_AT) {
    warnings.push({ kind: 'stored-count', count: counts.due, limit: limits.storedLimit });
  }
  const days = counts.oldestDueAtMs === null ? 0 : (nowMs - counts.oldestDueAtMs) / DAY_MS;
  if (days >= limits.storedDaysLimit * WARN_AT) {
    warnings.push({ kind: 'stored-age', days: Math.floor(days), limitDays: limits.storedDaysLimit });
  }
  if (Math.abs(clockAheadMs) > DRIFT_SHOWN_MS)
    warnings.push({ kind: 'clock', aheadMs: Math.round(clockAheadMs) });
  return warnings;
}

/** What the status bar shows, announced when it changes. */
export function createStatusKeeper(options: {
  readonly journal: Journal;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  readonly limits: StatusLimits;
}) {
  const { journal, connection, clock, events, log, limits } = options;
  let scanner: Status['scanner'] = { state: 'none' };
  let announced = '';
  let cancel: (() => void) | undefined;

  const read = async (): Promise<Status> => {
    const counts = await journal.counts();
    return {
      scanner,
      connection: connection.state(),
      storedCount: counts.due,
      needsManagerCount: counts.needsManager,
      warnings: warningsOf(counts, limits, clock.nowMs(), connection.clockAheadMs()),
    };
  };
  const announce = async (): Promise<void> => {
    cancel = undefined;
    try {
      const status = await read();
      const text = JSON.stringify(status);
      if (text !== announced) events.emit('status', status);
      announced = text;
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      log.warn('status-not-read', { reason: error.reason });
    }
  };
  return {
    read,
    /** Something that the status shows may have changed. */
    changed(): void {
      cancel ??= clock.after(COALESCE_MS, () => void announce());
    },
    scannerChanged(next: Status['scanner']): void {
      scanner = next;
      this.changed();
    },
    stop: () => cancel?.(),
  };
}
export type StatusKeeper = ReturnType<typeof createStatusKeeper>;
