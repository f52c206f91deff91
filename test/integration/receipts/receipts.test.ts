import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createEvents } from '../../../main/events.ts';
import { createAutomaticPrint } from '../../../main/receipts/automatic.ts';
import { noPrinter, type ReceiptPrinter } from '../../../main/receipts/printer.ts';
import { createReceipts } from '../../../main/receipts/receipts.ts';
import { Settings } from '../../../main/settings/schema.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { readPaper } from '../../unit/receipts/paper.ts';
import { openShop } from '../checkout/shop.ts';
import { temporaryFolder } from '../journal/support.ts';
import { startPrinter } from './printer-far-end.ts';

const collector = makeCollectorNumber(() => 0.4);

/** A terminal whose sales never get an answer, with receipts over its journal. */
async function openReceipts(printer: ReceiptPrinter, changes: object = {}) {
  const shop = await openShop({
    send: () =>
      Promise.resolve({
        kind: 'unanswered',
        failure: { kind: 'no-network', code: 'ENETUNREACH' },
        mayHaveArrived: false,
        elapsedMs: 1,
      }),
    close: () => Promise.resolve(),
  });
  const events = createEvents();
  const heard: unknown[] = [];
  events.on((name, payload) => heard.push([name, payload]));
  const folder = join(temporaryFolder(), 'receipts');
  const log = createLog({ write: () => undefined });
  const settings = Settings.parse({ receipts: { heading: ['Épicerie Côté'], ...changes } });
  const common = { journal: shop.journal, clock: systemClock, log };
  const receipts = createReceipts({
    ...common,
    events,
    settings,
    earning: { kind: 'amrp-calculated' },
    printer,
    folder,
  });
  const automatic = createAutomaticPrint({ ...common, isOn: true, receipts });
  onTestFinished(() => automatic.stop());
  const seq = await shop.issue(collector);
  const row = await shop.journal.row(seq);
  const asked = { reference: row.reference, language: 'fr-CA' } as const;
  return { ...receipts.handlers, shop, automatic, row, seq, heard, folder, asked };
}

describe('a receipt', () => {
  test('comes out of a printer once as the first and then as copies, and each print is kept', async () => {
    const { printer, jobs } = await startPrinter();
    const { asked, heard, seq, ...calls } = await openReceipts(printer);
    expect(await calls['receipts.print'](asked)).toEqual({ kind: 'done', state: 'printed', isCopy: false });
    expect(await calls['receipts.print'](asked)).toEqual({ kind: 'done', state: 'printed', isCopy: true });
    const papers = jobs.map(readPaper).map(({ lines, qrCodes }) => ({ text: lines.join('\n'), qrCodes }));
    expect(papers).toHaveLength(2);
    expect(papers[0]?.text).not.toContain('COPIE');
    expect(papers[1]?.text).toContain('COPIE');
    expect(papers[0]?.text).toMatch(/Épicerie Côté[^]*Conservée[^]*enregistrée en sûreté/);
    expect(papers[0]?.qrCodes).toEqual([`MP-${asked.reference}`]);
    expect(papers.map(({ text }) => text).join('')).not.toContain(collector);
    const shown = await calls['receipts.show'](asked);
    expect(shown).toMatchObject({ kind: 'found', prints: [{ state: 'printed' }, { state: 'printed' }] });
    expect(heard).toContainEqual(['receipt-printed', { seq, atMs: expect.any(Number), state: 'printed' }]);
  });

  test('that did not come out is no copy the next time', async () => {
    const far = await startPrinter();
    await far.stop();
    const { asked, ...calls } = await openReceipts(far.printer);
    expect(await calls['receipts.print'](asked)).toEqual({ kind: 'done', state: 'failed', isCopy: false });
    expect(await calls['receipts.print'](asked)).toEqual({ kind: 'done', state: 'failed', isCopy: false });
  });

  test('that may have come out is a copy the next time', async () => {
    const { asked, ...calls } = await openReceipts({
      print: () => Promise.resolve({ kind: 'unknown', reason: 'no-answer' }),
    });
    expect(await calls['receipts.print'](asked)).toMatchObject({ state: 'unknown', isCopy: false });
    expect(await calls['receipts.print'](asked)).toMatchObject({ state: 'unknown', isCopy: true });
  });

  test('without a printer says so, and is written as a PDF in its place', async () => {
    const { asked, folder, ...calls } = await openReceipts(noPrinter);
    expect(await calls['receipts.print'](asked)).toMatchObject({ state: 'no-printer' });
    const saved = await calls['receipts.save'](asked);
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    expect(saved.file.startsWith(folder)).toBe(true);
    const pdf = readFileSync(saved.file);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toContain('/Lang (fr-CA)');
  });

  test('is found by its code, by small letters and by groups, and by nothing else', async () => {
    const { row, ...calls } = await openReceipts(noPrinter);
    const { reference } = row;
    const groups = reference.toLowerCase().replaceAll(/(.{4})(?!$)/g, '$1-');
    for (const spelled of [`MP-${reference}`, groups])
      expect(await calls['receipts.show']({ reference: spelled, language: 'en-CA' })).toMatchObject({
        reference,
      });
    for (const wrong of ['', 'A1B2C3D4E5F6', collector])
      expect(await calls['receipts.show']({ reference: wrong, language: 'en-CA' })).toEqual({
        kind: 'not-found',
      });
  });

  test.each([
    ['masked', false],
    ['full', true],
  ] as const)('holds the Collector Number %s where the setting says so', async (collectorNumber, isFull) => {
    const { asked, ...calls } = await openReceipts(noPrinter, { collectorNumber });
    expect(JSON.stringify(await calls['receipts.show'](asked)).includes(collector)).toBe(isFull);
  });
});

describe('automatic printing', () => {
  test('prints a sale once, as soon as its outcome is known', async () => {
    const { printer, jobs } = await startPrinter();
    const { automatic, row } = await openReceipts(printer);
    automatic.recorded(row, 'fr-CA');
    automatic.changed(row.seq, row);
    expect(jobs).toEqual([]);
    automatic.changed(row.seq, { ...row, state: 'credited' });
    automatic.changed(row.seq, { ...row, state: 'credited' });
    await vi.waitFor(() => expect(jobs).toHaveLength(1), { timeout: 10_000 });
  });

  test('prints it as stored when no outcome came, and not again when one does', async () => {
    const { printer, jobs } = await startPrinter();
    const { automatic, row } = await openReceipts(printer);
    automatic.recorded(row, 'en-CA');
    await vi.waitFor(() => expect(jobs).toHaveLength(1), { timeout: 10_000 });
    automatic.changed(row.seq, { ...row, state: 'credited' });
    expect(readPaper(jobs[0] ?? new Uint8Array()).lines.join('\n')).toContain('Stored');
    expect(jobs).toHaveLength(1);
  });
});
