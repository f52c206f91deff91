import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Closing } from '../../shared/contract/day.ts';
import { owedReason, owedState, groupText, stateText } from '../../shared/day/day-text.ts';
import { dayGroups } from '../../shared/domain/day-totals.ts';
import type { MessageId } from '../../shared/i18n/catalogues.ts';
import type { Words } from '../../shared/i18n/words.ts';
import { openPdf, type PdfDocument } from '../pdf/document.ts';
import { furnish } from '../pdf/furniture.ts';

export interface ReportPlace {
  readonly store: string;
  readonly lane: string;
  readonly environment: 'training' | 'certification' | 'production';
}

const MARGIN = 48;
const ROW = 18;
const banners = {
  training: 'report.practice',
  certification: 'report.certification',
  production: undefined,
} as const satisfies Record<ReportPlace['environment'], MessageId | undefined>;

type Table = ReadonlyArray<{ readonly cells: readonly string[]; readonly isStrong?: boolean }>;
/** Where each column ends or begins, in parts of the width; figures stand to the right. */
interface Column {
  readonly at: number;
  readonly width: number;
  readonly isFigure: boolean;
}

/** Draws rows from `document.y` on, on as many pages as they take. Scans and sales have their turn between the rows. */
async function drawTable(document: PdfDocument, columns: readonly Column[], rows: Table): Promise<void> {
  const inner = document.page.width - 2 * MARGIN;
  for (const { cells, isStrong = false } of rows) {
    await nextTurn();
    if (document.y + ROW > document.page.height - MARGIN - 24) document.addPage();
    const { y } = document;
    document
      .font(isStrong ? 'strong' : 'regular')
      .fontSize(9.5)
      .fillColor('black');
    for (const [index, column] of columns.entries()) {
      document.text(cells[index] ?? '', MARGIN + column.at * inner, y + 4, {
        width: column.width * inner - 6,
        height: ROW,
        align: column.isFigure ? 'right' : 'left',
        lineBreak: false,
        ellipsis: true,
        ...(column.isFigure ? { features: ['tnum'] } : {}),
      });
    }
    document
      .moveTo(MARGIN, y + ROW)
      .lineTo(MARGIN + inner, y + ROW)
      .lineWidth(isStrong ? 0.8 : 0.3)
      .stroke('#999');
    document.x = MARGIN;
    document.y = y + ROW;
  }
}

const heading = (document: PdfDocument, text: string): void => {
  if (document.y + 3 * ROW > document.page.height - MARGIN - 24) document.addPage();
  document.moveDown(1.2).font('strong').fontSize(12).fillColor('black').text(text, MARGIN).moveDown(0.3);
};

const figureColumns: readonly Column[] = [
  { at: 0, width: 0.46, isFigure: false },
  { at: 0.46, width: 0.14, isFigure: true },
  { at: 0.6, width: 0.18, isFigure: true },
  { at: 0.78, width: 0.22, isFigure: true },
];
const owedColumns: readonly Column[] = [
  { at: 0, width: 0.2, isFigure: false },
  { at: 0.2, width: 0.15, isFigure: false },
  { at: 0.35, width: 0.14, isFigure: true },
  { at: 0.49, width: 0.1, isFigure: true },
  { at: 0.6, width: 0.4, isFigure: false },
];

/** The unit's word is data, and small in French: a heading begins with a capital. */
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function figureRows({ figures }: Closing, words: Words): Table {
  const { text, number, money } = words;
  const unit = capitalised(text('sale.miles-unit', { count: 2 }));
  return [
    {
      cells: [text('day.column.what'), text('day.column.count'), unit, text('day.column.amount')],
      isStrong: true,
    },
    ...dayGroups.flatMap((group) => {
      const own = figures.filter((figure) => figure.group === group);
      if (own.length === 0) return [];
      const sum = (value: (figure: (typeof own)[number]) => number): number =>
        own.reduce((total, figure) => total + value(figure), 0);
      return [
        {
          cells: [
            text(groupText[group]),
            number(sum(({ count }) => count)),
            number(sum(({ milesAmount }) => milesAmount)),
            money(sum(({ preTaxCents }) => preTaxCents)),
          ],
          isStrong: true,
        },
        ...own.map(({ state, count, milesAmount, milesUnknown, preTaxCents }) => ({
          cells: [
            milesUnknown === 0
              ? `    ${text(stateText[state])}`
              : `    ${text(stateText[state])} (${text('day.unknown', { count: milesUnknown })})`,
            number(count),
            milesUnknown === count ? '–' : number(milesAmount),
            money(preTaxCents),
          ],
        })),
      ];
    }),
  ];
}

/** A closing as a PDF to print, sign and file. Collectors are masked. */
export async function reportPdf(closing: Closing, place: ReportPlace, words: Words): Promise<Uint8Array> {
  const { text, number, money, date, time } = words;
  const title = text('report.title', { day: closing.day });
  const { document, finish } = openPdf({ size: 'LETTER', title, language: words.language, margin: MARGIN });
  document.font('strong').fontSize(18).text(title, MARGIN, MARGIN);
  document.font('regular').fontSize(10).fillColor('#333');
  document.text(text('report.place', { store: place.store, lane: place.lane }));
  const at = { date: date(closing.closedAtMs), time: time(closing.closedAtMs) };
  document.text(
    closing.closedBy === null
      ? text('day.sign.closed', at)
      : text('day.sign.closed-by', { name: closing.closedBy, ...at }),
  );
  if (closing.isEarly) document.font('strong').text(text('report.early'));

  heading(document, text('day.step.totals'));
  await drawTable(document, figureColumns, figureRows(closing, words));

  if (closing.offers.length > 0) {
    heading(document, text('day.by-offer'));
    await drawTable(document, figureColumns, [
      {
        cells: [
          text('day.column.offer'),
          text('day.column.count'),
          text('day.column.issued'),
          text('day.column.returned'),
        ],
        isStrong: true,
      },
      ...closing.offers.map(({ offerCode, count, issuedMiles, returnedMiles }) => ({
        cells: [offerCode, number(count), number(issuedMiles), number(returnedMiles)],
      })),
    ]);
  }

  heading(document, text('report.carried'));
  const plain = (line: string): void => {
    document.font('regular').fontSize(10).text(line, MARGIN);
  };
  if (closing.owed.length === 0) plain(text('day.sign.carried', { count: 0 }));
  else {
    await drawTable(document, owedColumns, [
      {
        cells: [
          text('day.column.reference'),
          text('day.column.collector'),
          text('day.column.amount'),
          capitalised(text('sale.miles-unit', { count: 2 })),
          text('day.column.why'),
        ],
        isStrong: true,
      },
      ...closing.owed.map((owed) => ({
        cells: [
          owed.isWithoutOriginal ? `${owed.reference} *` : owed.reference,
          owed.collectorMasked,
          money(owed.preTaxCents),
          owed.milesAmount === undefined ? '' : number(owed.milesAmount),
          `${text(owedState[owed.outcome])}: ${text(owedReason(owed))}`,
        ],
      })),
    ]);
    const more = closing.owedCount - closing.owed.length;
    if (closing.owed.some((owed) => owed.isWithoutOriginal)) plain(`* ${text('sale.without-original')}`);
    if (more > 0) plain(text('day.owed.more', { count: more }));
  }
  if (closing.earlierOwed > 0) {
    document.moveDown(0.5);
    plain(text('day.owed.earlier', { count: closing.earlierOwed }));
  }

  if (document.y + 72 > document.page.height - MARGIN - 24) document.addPage();
  const { y } = document;
  document
    .moveTo(MARGIN, y + 56)
    .lineTo(MARGIN + 240, y + 56)
    .lineWidth(0.6)
    .stroke('black');
  document
    .font('regular')
    .fontSize(8)
    .text(text('report.signature'), MARGIN, y + 60);

  const banner = banners[place.environment];
  furnish(document, {
    banner: banner === undefined ? undefined : text(banner),
    footer: `${text('app.name')} · ${text('report.place', { store: place.store, lane: place.lane })} · ${text('report.made', at)}`,
    pageText: (page, pages) => text('report.page', { page, pages }),
  });
  return await finish();
}
