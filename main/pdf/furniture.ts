import type { PdfDocument } from './document.ts';

export interface Furniture {
  /** What this paper must not be taken for, over every page; none in production. */
  readonly banner: string | undefined;
  /** At the foot of every page, at the left. */
  readonly footer: string;
  /** `Page 1 of 3`, in the document's language. */
  readonly pageText: (page: number, pages: number) => string;
}

const BANNER_HEIGHT = 18;
const FOOT_ROOM = 28;

/** Draws what every page of a document of several carries. Call last: only then are the pages counted. */
export function furnish(document: PdfDocument, { banner, footer, pageText }: Furniture): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(start + page);
    const { width, height, margins } = document.page;
    const place = { width: width - margins.left - margins.right, lineBreak: false } as const;
    // Text below the margin would begin a new page.
    const { bottom } = margins;
    margins.bottom = 0;
    if (banner !== undefined) {
      document.rect(0, 0, width, BANNER_HEIGHT).fill('black');
      document.font('strong').fontSize(9).fillColor('white');
      document.text(banner, margins.left, 4, { ...place, align: 'center' });
    }
    document.font('regular').fontSize(8).fillColor('#444');
    document.text(footer, margins.left, height - FOOT_ROOM, place);
    document.text(pageText(page + 1, count), margins.left, height - FOOT_ROOM, { ...place, align: 'right' });
    margins.bottom = bottom;
  }
}
