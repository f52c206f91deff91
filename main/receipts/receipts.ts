import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CallInput, CallOutput, Handlers } from '../../shared/contract/contract.ts';
import { printStates, type Print, type PrintState } from '../../shared/contract/receipts.ts';
import type { Language } from '../../shared/contract/views.ts';
import { readReference } from '../../shared/domain/receipt-code.ts';
import { createWords } from '../../shared/i18n/words.ts';
import { composeReceipt } from '../../shared/receipts/compose.ts';
import type { Receipt } from '../../shared/receipts/receipt.ts';
import type { Earning } from '../checkout/earning.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Events } from '../events.ts';
import { JournalUnavailable, type Journal } from '../journal/journal.ts';
import type { JournalLine, TransactionRow } from '../journal/rows.ts';
import type { Settings } from '../settings/schema.ts';
import { encodeReceipt } from './escpos.ts';
import { factsOf } from './facts-of.ts';
import { receiptPdf } from './pdf.ts';
import type { ReceiptPrinter } from './printer.ts';

export interface ReceiptsDependencies {
  readonly journal: Pick<Journal, 'byReference' | 'row' | 'printsOf' | 'recordPrint'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: Events;
  readonly settings: Settings;
  readonly earning: Earning;
  readonly printer: ReceiptPrinter;
  /** Where PDFs go; made when the first is written. */
  readonly folder: string;
}

const PrintDetail = z.looseObject({ state: z.enum(printStates) });

function printOf({ atMs, detail }: JournalLine): Print {
  return { atMs, state: PrintDetail.parse(JSON.parse(detail)).state };
}

/** Whether a paper of an earlier print is out there, as far as anybody knows. */
const mayBeOnPaper = ({ state }: Print): boolean => state === 'printed' || state === 'unknown';

type Asked = CallInput<'receipts.show'>;

/** Receipts of what the journal holds: shown, printed and written as files. What became of a print is kept as it was told. */
export function createReceipts(dependencies: ReceiptsDependencies) {
  const { journal, clock, log, events, settings, earning, printer, folder } = dependencies;
  const { columns } = settings.receipts;
  const words = {
    'en-CA': createWords('en-CA', settings.programme),
    'fr-CA': createWords('fr-CA', settings.programme),
  };

  async function find(text: string): Promise<TransactionRow | undefined> {
    const reference = readReference(text);
    return reference === undefined ? undefined : await journal.byReference(reference);
  }

  async function printsOf(seq: number): Promise<Print[]> {
    return (await journal.printsOf(seq)).map(printOf);
  }

  async function write(row: TransactionRow, language: Language, isCopy: boolean): Promise<Receipt> {
    const original = row.originalSeq === null ? undefined : await journal.row(row.originalSeq);
    const facts = factsOf(row, original, { settings, earning, language });
    return composeReceipt({ ...facts, copiedAtMs: isCopy ? clock.nowMs() : undefined }, words[language]);
  }

  /** The paper may be out although the journal can not say so any more: that is told, and stops nobody. */
  async function keep(
    seq: number,
    jobId: string,
    state: PrintState,
    detail: string | undefined,
  ): Promise<void> {
    const atMs = clock.nowMs();
    try {
      await journal.recordPrint({ seq, atMs, jobId, state, detail });
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      log.warn('print-not-recorded', { seq, reason: error.reason });
    }
    events.emit('receipt-printed', { seq, atMs, state });
  }

  async function printRow(row: TransactionRow, language: Language): Promise<CallOutput<'receipts.print'>> {
    const isCopy = (await printsOf(row.seq)).some(mayBeOnPaper);
    const bytes = encodeReceipt(await write(row, language, isCopy), { columns });
    const jobId = randomUUID();
    const outcome = await printer.print({ jobId, bytes });
    log.info('receipt-print-ended', { seq: row.seq, kind: outcome.kind });
    await keep(row.seq, jobId, outcome.kind, 'reason' in outcome ? outcome.reason : undefined);
    return { kind: 'done', state: outcome.kind, isCopy };
  }

  return {
    handlers: {
      'receipts.show': async ({ reference, language }: Asked): Promise<CallOutput<'receipts.show'>> => {
        const row = await find(reference);
        if (row === undefined) return { kind: 'not-found' };
        const prints = await printsOf(row.seq);
        const receipt = await write(row, language, prints.some(mayBeOnPaper));
        return { kind: 'found', seq: row.seq, reference: row.reference, receipt, prints };
      },
      'receipts.print': async ({ reference, language }: Asked) => {
        const row = await find(reference);
        return row === undefined ? { kind: 'not-found' } : await printRow(row, language);
      },
      'receipts.save': async ({ reference, language }: Asked): Promise<CallOutput<'receipts.save'>> => {
        const row = await find(reference);
        if (row === undefined) return { kind: 'not-found' };
        const isCopy = (await printsOf(row.seq)).some(mayBeOnPaper);
        const pdf = await receiptPdf(await write(row, language, isCopy));
        const file = join(folder, `${row.reference}-${language}.pdf`);
        try {
          await mkdir(folder, { recursive: true });
          await writeFile(file, pdf, { mode: 0o600 });
        } catch (error) {
          log.warn('receipt-not-saved', { file }, error);
          return { kind: 'not-saved' };
        }
        return { kind: 'saved', file };
      },
    } satisfies Pick<Handlers, 'receipts.show' | 'receipts.print' | 'receipts.save'>,
    printRow,
  };
}
export type Receipts = ReturnType<typeof createReceipts>;
