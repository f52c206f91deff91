import { join } from 'node:path';
import type { Handlers } from '../../shared/contract/contract.ts';
import type { Closing, dayCalls } from '../../shared/contract/day.ts';
import type { Language } from '../../shared/contract/views.ts';
import { createWords } from '../../shared/i18n/words.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Journal } from '../journal/journal.ts';
import type { TransactionRow } from '../journal/rows.ts';
import type { Authority } from '../operators/authority.ts';
import type { Settings } from '../settings/schema.ts';
import type { DayBook } from './day-book.ts';
import { exportDay } from './export-day.ts';
import type { Reconciler } from './reconciler.ts';
import { reportCsv } from './report-csv.ts';
import { reportPdf } from './report-pdf.ts';
import { closingName, differenceView } from './views.ts';
import { writeWhole } from './write-file.ts';

export interface DayHandlersDependencies {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  readonly authority: Authority;
  readonly book: DayBook;
  readonly reconciler: Reconciler;
  readonly reportFolder: string;
  readonly exportFolder: string;
  /** A repair changed a transaction; `isUrgent`: it is due again, and a person waits for it. */
  readonly onRepaired: (row: TransactionRow, isUrgent: boolean) => void;
}

/** For the owner and whoever shares the machine's group of stores: no Collector Number is in full in a report. */
const REPORT_MODE = 0o640;
const DAYS_LISTED = 62;

type ReportFormat = 'pdf' | 'csv';

/** Answers what the page that closes a day asks. */
export function createDayHandlers(
  dependencies: DayHandlersDependencies,
): Pick<Handlers, keyof typeof dayCalls> {
  const { journal, clock, log, settings, authority, book, reconciler } = dependencies;
  const { reportFolder, exportFolder } = dependencies;
  const { environment, programme, store, airmiles } = settings;
  const canReconcile = airmiles.sponsorCodes.length > 0;

  async function compose(closing: Closing, format: ReportFormat, language: Language): Promise<Uint8Array> {
    const place = { store: store.number, lane: store.lane, environment };
    if (format === 'csv') return new TextEncoder().encode(reportCsv(closing, place));
    return await reportPdf(closing, place, createWords(language, programme));
  }

  const fileName = (closing: Closing, number: number, format: ReportFormat): string =>
    `${closingName(closing, number)}-${store.number}-${store.lane}`.replaceAll(/[^\w.-]/g, '_') +
    `.${format}`;

  /** True when it lies in its folder. */
  async function keep(name: string, bytes: Uint8Array): Promise<boolean> {
    try {
      await writeWhole(join(reportFolder, name), [bytes], REPORT_MODE);
      return true;
    } catch (error) {
      log.error('report-not-written', { path: reportFolder }, error);
      return false;
    }
  }

  return {
    'day.list': async () => ({ today: book.today(), days: await book.list(DAYS_LISTED) }),
    'day.overview': async ({ day }) => {
      const latest = await journal.latestReconciliation(day);
      return {
        ...(await book.overview(day)),
        canReconcile,
        ...(latest === undefined || latest.collectors === 0
          ? {}
          : { reconciliation: await reconciler.view(latest) }),
        reportFolder,
        exportFolder,
      };
    },
    'day.close': async ({ day, isKnowingly, language, approval }) => {
      const authorization = authority.authorize('manager', approval);
      if (authorization.kind === 'approval-needed') return authorization;
      const result = await book.close(day, isKnowingly, language, authorization.actor);
      if (result.kind !== 'closed') return result;
      const { closing } = result;
      const number = (await book.closingsOf(day)).length;
      let isReportWritten = true;
      for (const format of ['pdf', 'csv'] as const) {
        const bytes = await compose(closing, format, language);
        isReportWritten = (await keep(fileName(closing, number, format), bytes)) && isReportWritten;
      }
      return { kind: 'closed', closing, isReportWritten };
    },
    'day.report': async ({ day, format, language }) => {
      const closings = await book.closingsOf(day);
      const closing = closings.at(-1);
      if (closing === undefined) return { kind: 'not-closed' };
      const bytes = await compose(closing, format, language);
      const name = fileName(closing, closings.length, format);
      await keep(name, bytes);
      return {
        kind: 'file',
        name,
        folder: reportFolder,
        mediaType: format === 'pdf' ? 'application/pdf' : 'text/csv',
        content: Buffer.from(bytes).toString('base64'),
      };
    },
    'day.export': async ({ day, format, approval }) => {
      const authorization = authority.authorize('manager', approval);
      if (authorization.kind === 'approval-needed') return authorization;
      try {
        const { file, sha256, count, isNew } = await exportDay(journal.logPage, day, format, exportFolder);
        const detail = { day, format, file, sha256, count };
        const atMs = clock.nowMs();
        await journal.note({ seq: null, atMs, what: 'day-exported', actor: authorization.actor, detail });
        return { kind: 'written', file, sha256, count, isNew };
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        log.error('day-not-exported', { path: exportFolder }, error);
        return { kind: 'not-written', folder: exportFolder };
      }
    },
    'day.reconcile': async ({ day, approval }) => {
      if (!canReconcile) return { kind: 'not-possible', reason: 'no-sponsor-codes' };
      const authorization = authority.authorize('manager', approval);
      if (authorization.kind === 'approval-needed') return authorization;
      const started = await reconciler.start(day, authorization.actor);
      if (started.kind === 'started') {
        return { kind: 'started', reconciliation: await reconciler.view(started.row) };
      }
      if (started.kind === 'nothing-recorded') return { kind: 'not-possible', reason: started.kind };
      return { kind: 'not-possible', reason: 'other-day', day: started.day };
    },
    'day.cancelReconciling': async () => {
      await reconciler.cancel();
      return {};
    },
    'day.differences': async ({ reconciliation, offset, limit }) => ({
      differences: (await journal.differences(reconciliation, limit, offset)).map(differenceView),
    }),
    'day.repair': async ({ difference, how, why, approval }) => {
      const authorization = authority.authorize('manager', approval);
      if (authorization.kind === 'approval-needed') return authorization;
      const { actor } = authorization;
      const result = await journal.repair(difference, how, { atMs: clock.nowMs(), actor, why });
      const { seq } = result.difference;
      if (result.kind === 'done' && seq !== null && how !== 'note') {
        dependencies.onRepaired(await journal.row(seq), how === 'send-again');
      }
      return { kind: result.kind, difference: differenceView(result.difference) };
    },
  };
}
