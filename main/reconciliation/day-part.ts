import { join } from 'node:path';
import type { PartnerClient } from '../airmiles/client.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Events } from '../events.ts';
import type { Forwarder } from '../forwarding/forwarder.ts';
import type { Journal } from '../journal/journal.ts';
import type { TransactionRow } from '../journal/rows.ts';
import type { Authority } from '../operators/authority.ts';
import type { Settings } from '../settings/schema.ts';
import { createDayBook } from './day-book.ts';
import { createDayHandlers } from './handlers.ts';
import { createReconciler } from './reconciler.ts';
import { createExportSchedule } from './schedule.ts';

export interface DayPartOptions {
  readonly journal: Journal;
  readonly journalFolder: string;
  readonly client: Pick<PartnerClient, 'readHistory'>;
  readonly forwarder: Forwarder;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly settings: Settings;
  readonly authority: Authority;
  readonly events: Events;
  /** A transaction changed that screens may show. */
  readonly show: (row: TransactionRow) => void;
}

/** Everything about whole Transaction Days: closing, reconciling, the partner's log and its schedule. */
export function createDayPart(options: DayPartOptions) {
  const { journal, journalFolder, forwarder, clock, random, log, settings, events, show } = options;
  const { store, airmiles, day, forwarding } = settings;
  const zone = store.transactionDayZone;
  const reconciler = createReconciler({
    journal,
    client: options.client,
    forwarder,
    clock,
    random,
    log,
    zone,
    sponsorCodes: airmiles.sponsorCodes,
    perSecond: day.reconcilePerSecond,
    requestTimeoutMs: forwarding.requestTimeoutMs,
    backoff: { firstMs: forwarding.backoffFirstMs, capMs: forwarding.backoffCapMs },
    onProgress: (reconciliation) => events.emit('reconciliation', reconciliation),
    onCredited: show,
  });
  const exportFolder = day.exportFolder ?? join(journalFolder, 'exports');
  const schedule = createExportSchedule({
    journal,
    clock,
    log,
    at: day.exportAt,
    formats: day.exportFormats,
    days: day.exportDays,
    folder: exportFolder,
    zone,
  });
  const handlers = createDayHandlers({
    journal,
    clock,
    log,
    settings,
    authority: options.authority,
    book: createDayBook({ journal, clock, log, zone }),
    reconciler,
    reportFolder: day.reportFolder ?? join(journalFolder, 'reports'),
    exportFolder,
    onRepaired: (row, isUrgent) => {
      if (isUrgent) forwarder.sendFirst(row.seq);
      show(row);
    },
  });
  const part = {
    async start(): Promise<void> {
      schedule.start();
      await reconciler.resume();
    },
    /** Before the forwarder, whose turns it borrows, and the journal. */
    async stop(): Promise<void> {
      await reconciler.stop();
      await schedule.stop();
    },
  };
  return { part, handlers };
}
