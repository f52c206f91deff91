import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { layOut, type ReceiptLine } from '../../shared/receipts/lay-out.ts';
import type { Receipt } from '../../shared/receipts/receipt.ts';

export interface PaperSettings {
  /** Letters of the normal font in a line: 42 or 48 on 80 mm, 32 on 58 mm. */
  readonly columns: number;
}

/** Code 128 of a reference takes 400 dots at the width that scanners read well; 58 mm paper has 384. The QR code fits both. */
const COLUMNS_FOR_BARS = 42;

/**
 * A receipt as ESC/POS. The printer draws the codes itself, sharper than any picture. One
 * code page, Windows-1252, has every letter of both languages, and every ESC/POS printer of this century has it.
 */
export function encodeReceipt(receipt: Receipt, { columns }: PaperSettings): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({ language: 'esc-pos', columns, codepageMapping: 'epson' });
  encoder.initialize().codepage('windows1252');
  for (const line of layOut(receipt, columns)) encode(encoder, line, columns);
  return encoder.newline(3).cut('partial').encode();
}

function encode(encoder: ReceiptPrinterEncoder, line: ReceiptLine, columns: number): void {
  switch (line.kind) {
    case 'text': {
      const { isLarge = false, isStrong = false, isInverse = false } = line;
      const width = isLarge ? Math.floor(columns / 2) : columns;
      encoder.align(line.align === 'middle' ? 'center' : 'left').bold(isStrong);
      if (isLarge) encoder.size(2, 2);
      if (isInverse) encoder.invert(true);
      encoder.line(isInverse ? centred(line.text, width) : spread(line.text, line.end, width));
      if (isInverse) encoder.invert(false);
      if (isLarge) encoder.size(1, 1);
      encoder.bold(false).align('left');
      return;
    }
    case 'rule':
      encoder.line('-'.repeat(columns));
      return;
    case 'space':
      encoder.newline();
      return;
    case 'code':
      encoder.align('center').qrcode(line.text, { model: 2, size: 6, errorlevel: 'm' });
      if (columns >= COLUMNS_FOR_BARS) {
        encoder.newline().barcode(line.text, 'code128', { height: 60, width: 2, text: false });
      }
      encoder.align('left');
      return;
    default:
      return assertNever(line);
  }
}

/** The start and the end of a line with the room between them. */
function spread(text: string, end: string | undefined, width: number): string {
  if (end === undefined) return text;
  return `${text}${end.padStart(Math.max(width - text.length, end.length + 1))}`;
}

function centred(text: string, width: number): string {
  const before = Math.max(0, Math.floor((width - text.length) / 2));
  return `${' '.repeat(before)}${text}`.padEnd(width);
}
