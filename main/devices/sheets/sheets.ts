import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Language } from '../../../shared/contract/views.ts';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { languages } from '../../../shared/i18n/languages.ts';
import type { Log } from '../../diagnostics/log.ts';
import { openPdf, type PdfDocument } from '../../pdf/document.ts';
import { TEST_CODE } from '../probe.ts';
import { barsOf } from './bars.ts';
import { families, general, readers, type Sheet } from './facts.ts';
import { words } from './words.ts';

type Reply = CallOutput<'devices.sheets'>;

const MARGIN = 54;
const WIDTH = 612 - 2 * MARGIN;
const MODULE = 1.4;
const BAR_HEIGHT = 60;

/** Writes the set-up sheets, both languages in one file, into `folder`, and says where. */
export function createSheetWriter(folder: string, log: Log): () => Promise<Reply> {
  return async () => {
    try {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, 'milepost-scanner-setup.pdf');
      writeFileSync(`${file}.new`, await drawSheets());
      renameSync(`${file}.new`, file);
      return { kind: 'written', file };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === undefined) throw error;
      log.warn('sheets-not-written', { file: folder }, error);
      if (code === 'ENOSPC') return { kind: 'not-written', reason: 'disk-full' };
      return {
        kind: 'not-written',
        reason: code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'not-permitted' : 'other',
      };
    }
  };
}

/**
 * The set-up sheets as a PDF: what every scanner should be set to, a page a family, and the test code on each. Scans and
 * sales have their turn between the pages.
 */
async function drawSheets(): Promise<Uint8Array> {
  const { document, finish } = openPdf({
    size: 'LETTER',
    title: `${words['en-CA'].title} / ${words['fr-CA'].title}`,
    language: 'en-CA',
    margin: MARGIN,
  });
  const sheets = [general, ...families, ...readers];
  let isFirst = true;
  for (const language of languages) {
    for (const sheet of sheets) {
      await nextTurn();
      if (!isFirst) document.addPage();
      isFirst = false;
      drawSheet(document, sheet, language);
    }
  }
  return await finish();
}

function drawSheet(document: PdfDocument, sheet: Sheet, language: Language): void {
  const { title, setTo, known, unknown, test } = words[language];
  document.font('regular').fontSize(10).fillColor('#555').text(title).moveDown(0.4);
  document.font('strong').fontSize(22).fillColor('#111').text(sheet.name[language]);
  document.moveDown(0.6);
  section(document, setTo, sheet.settings[language], 'box');
  section(document, known, sheet.known[language], 'dot');
  section(document, unknown, sheet.unknown[language], 'dot');
  if (sheet.isScanner) drawTestCode(document, test);
}

/** `box`: something to do, and to tick off. */
function section(document: PdfDocument, title: string, lines: readonly string[], mark: 'box' | 'dot'): void {
  if (lines.length === 0) return;
  document.font('strong').fontSize(12).fillColor('#111').text(title).moveDown(0.3);
  for (const line of lines) {
    const top = document.y;
    if (mark === 'box')
      document
        .rect(MARGIN, top + 2, 9, 9)
        .lineWidth(0.8)
        .stroke('#777');
    else document.circle(MARGIN + 4.5, top + 6.5, 1.8).fill('#777');
    document
      .font('regular')
      .fontSize(11)
      .fillColor('#111')
      .text(line, MARGIN + 20, top, { width: WIDTH - 20 });
    document.moveDown(0.35);
  }
  document.x = MARGIN;
  document.moveDown(0.6);
}

/** At the foot of the page, so that it is always found in the same place. */
function drawTestCode(document: PdfDocument, explanation: string): void {
  const top = document.page.height - MARGIN - BAR_HEIGHT - 60;
  document.font('regular').fontSize(10).fillColor('#333').text(explanation, MARGIN, top, { width: WIDTH });
  let x = MARGIN + 14;
  const y = top + 32;
  for (const [index, modules] of barsOf(TEST_CODE).entries()) {
    const width = modules * MODULE;
    if (index % 2 === 0) document.rect(x, y, width, BAR_HEIGHT).fill('#000');
    x += width;
  }
  document
    .fontSize(9)
    .fillColor('#333')
    .text(TEST_CODE, MARGIN + 14, y + BAR_HEIGHT + 4, { lineBreak: false });
}
