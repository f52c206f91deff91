/** What an ESC/POS printer would have put on paper, as far as a test asks. */
export interface Paper {
  readonly lines: readonly string[];
  readonly qrCodes: readonly string[];
  readonly barcodes: readonly string[];
  readonly wasCut: boolean;
}

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;

/** As code page 16, Windows-1252, where that is set; what another page would print is shown as what it is. */
function letter(byte: number, page: number): string {
  if (byte < 0x80) return String.fromCharCode(byte);
  return page === 16 ? new TextDecoder('windows-1252').decode(Uint8Array.of(byte)) : `{${page}:${byte}}`;
}

/** Reads what a printer was sent: its own reading of the commands, so that the encoder is not believed. */
export function readPaper(bytes: Uint8Array): Paper {
  const lines: string[] = [];
  const qrCodes: string[] = [];
  const barcodes: string[] = [];
  let line = '';
  let page = 0;
  let wasCut = false;
  const at = (index: number): number => bytes[index] ?? 0;
  const ascii = (from: number, to: number): string => Buffer.from(bytes.slice(from, to)).toString('latin1');
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = at(index);
    if (byte === ESC && at(index + 1) === 0x40) index += 1;
    else if (byte === ESC && at(index + 1) === 0x74) {
      page = at(index + 2);
      index += 2;
    } else if (byte === ESC) index += 2;
    else if (byte === FS) index += 1;
    else if (byte === GS && at(index + 1) === 0x28) {
      const length = at(index + 3) + 256 * at(index + 4);
      if (at(index + 6) === 0x50) qrCodes.push(ascii(index + 8, index + 5 + length));
      index += 4 + length;
    } else if (byte === GS && at(index + 1) === 0x6b) {
      const length = at(index + 3);
      barcodes.push(ascii(index + 4, index + 4 + length));
      index += 3 + length;
    } else if (byte === GS) {
      if (at(index + 1) === 0x56) wasCut = true;
      index += 2;
    } else if (byte === 0x0a) {
      lines.push(line);
      line = '';
    } else if (byte >= 0x20) line += letter(byte, page);
  }
  return { lines, qrCodes, barcodes, wasCut };
}
