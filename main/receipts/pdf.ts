import { assertNever } from '../../shared/domain/assert-never.ts';
import { layOut, type ReceiptLine } from '../../shared/receipts/lay-out.ts';
import type { Receipt } from '../../shared/receipts/receipt.ts';
import { openPdf, type PdfDocument } from '../pdf/document.ts';

/** 80 mm of paper in points, with what a printer leaves blank on either side. */
const WIDTH = 226;
const MARGIN = 14;
const INNER = WIDTH - 2 * MARGIN;
const COLUMNS = 42;

const SMALL = { fontSize: 8, height: 11 };
const LARGE = { fontSize: 14, height: 20 };
const RULE_HEIGHT = 10;
const SPACE_HEIGHT = 6;
const QR_SIDE = 84;
const BARS = { width: 150, height: 26, gap: 8 };

function heightOf(line: ReceiptLine): number {
  switch (line.kind) {
    case 'text':
      return line.isLarge === true ? LARGE.height : SMALL.height;
    case 'rule':
      return RULE_HEIGHT;
    case 'space':
      return SPACE_HEIGHT;
    case 'code':
      return QR_SIDE + BARS.gap + BARS.height;
    default:
      return assertNever(line);
  }
}

/** A receipt as a PDF of one page, as long as it needs to be. */
export async function receiptPdf(receipt: Receipt): Promise<Uint8Array> {
  const lines = layOut(receipt, COLUMNS);
  const height = lines.reduce((total, line) => total + heightOf(line), 0) + 2 * MARGIN;
  const { document, finish } = openPdf({
    size: [WIDTH, height],
    title: receipt.title,
    language: receipt.language,
  });
  let y = MARGIN;
  for (const line of lines) {
    draw(document, line, y);
    y += heightOf(line);
  }
  return await finish();
}

function draw(document: PdfDocument, line: ReceiptLine, y: number): void {
  switch (line.kind) {
    case 'text':
      return drawText(document, line, y);
    case 'rule':
      document
        .moveTo(MARGIN, y + RULE_HEIGHT / 2)
        .lineTo(WIDTH - MARGIN, y + RULE_HEIGHT / 2)
        .lineWidth(0.5)
        .stroke('black');
      return;
    case 'space':
      return;
    case 'code':
      return drawCode(document, line, y);
    default:
      return assertNever(line);
  }
}

function drawText(document: PdfDocument, line: Extract<ReceiptLine, { kind: 'text' }>, y: number): void {
  const { fontSize, height } = line.isLarge === true ? LARGE : SMALL;
  if (line.isInverse === true) document.rect(MARGIN, y, INNER, height).fill('black');
  document
    .font(line.isStrong === true ? 'strong' : 'regular')
    .fontSize(fontSize)
    .fillColor(line.isInverse === true ? 'white' : 'black');
  const place = { width: INNER, lineBreak: false } as const;
  const top = y + (height - fontSize * 1.21) / 2;
  document.text(line.text, MARGIN, top, { ...place, align: line.align === 'middle' ? 'center' : 'left' });
  if (line.end !== undefined) {
    document.text(line.end, MARGIN, top, { ...place, align: 'right', features: ['tnum'] });
  }
}

function drawCode(document: PdfDocument, code: Extract<ReceiptLine, { kind: 'code' }>, y: number): void {
  const side = QR_SIDE / code.squares.length;
  const left = (WIDTH - QR_SIDE) / 2;
  code.squares.forEach((row, rowIndex) => {
    for (const { index } of row.matchAll(/1/g)) {
      document.rect(left + index * side, y + rowIndex * side, side, side);
    }
  });
  document.fill('black');
  const unit = BARS.width / code.bars.reduce((total, width) => total + width, 0);
  let x = (WIDTH - BARS.width) / 2;
  code.bars.forEach((width, index) => {
    // Bars and gaps take turns, a bar first.
    if (index % 2 === 0) document.rect(x, y + QR_SIDE + BARS.gap, width * unit, BARS.height);
    x += width * unit;
  });
  document.fill('black');
}
