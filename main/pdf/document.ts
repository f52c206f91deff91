import PdfKit from 'pdfkit';
import type { Language } from '../../shared/contract/views.ts';
import { inter } from './font.ts';

export type PdfDocument = InstanceType<typeof PdfKit>;

export interface PdfOptions {
  /** A named size, or width and height in points. */
  readonly size: 'LETTER' | readonly [width: number, height: number];
  readonly title: string;
  readonly language: Language;
  /** Points on all four sides; none where the caller places everything itself. */
  readonly margin?: number;
}

/**
 * A PDF to write into, with the screens' own typeface as `regular` and `strong`: embedded, so that every accent comes
 * out on any machine. `finish` gives the bytes.
 */
export function openPdf({ size, title, language, margin = 0 }: PdfOptions): {
  readonly document: PdfDocument;
  finish(): Promise<Uint8Array>;
} {
  const document = new PdfKit({
    size: typeof size === 'string' ? size : [...size],
    margin,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    info: { Title: title },
  });
  document.registerFont('regular', inter(400)).registerFont('strong', inter(600)).font('regular');
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  return {
    document,
    finish: () =>
      new Promise((resolve, reject) => {
        document.once('error', reject);
        document.once('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
        document.end();
      }),
  };
}
