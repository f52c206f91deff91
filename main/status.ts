import type { Status } from '../shared/contract/views.ts';
import type { Clock } from './clock.ts';
import type { Log } from './diagnostics/log.ts';
import type { Events } from './events.ts';
import type { Connection } from './forwarding/connection.ts';
import { JournalUnavailable, type Journal } from './journal/journal.ts';

/** Often enough for eyes, seldom enough for a drain of thousands. */
const COALESCE_MS = 200;

/** What the status bar shows, announced when it changes. */
export function createStatusKeeper(options: {
  readonly journal: Journal;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
}) {
  const { journal, connection, clock, events, log } = options;
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
