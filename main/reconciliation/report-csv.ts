import type { Closing } from '../../shared/contract/day.ts';

type Cell = string | number | undefined;

const field = (value: Cell): string => {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const dollars = (amountCents: number): string => (amountCents / 100).toFixed(2);

/** A closing as CSV, for a spreadsheet: words of the program, the same in both languages. Collectors are masked. */
export function reportCsv(
  closing: Closing,
  place: { readonly store: string; readonly lane: string },
): string {
  const rows: Cell[][] = [
    [
      'section',
      'name',
      'state',
      'count',
      'miles',
      'miles_unknown',
      'pre_tax',
      'collector',
      'reason',
      'without_original',
    ],
    ['day', closing.day],
    ['store', place.store],
    ['lane', place.lane],
    ['closed_at', new Date(closing.closedAtMs).toISOString()],
    ['closed_by', closing.closedBy ?? ''],
    ['closed_early', closing.isEarly ? 'yes' : 'no'],
    ...closing.figures.map((figure): Cell[] => [
      'total',
      figure.group,
      figure.state,
      figure.count,
      figure.milesAmount,
      figure.milesUnknown,
      dollars(figure.preTaxCents),
    ]),
    ...closing.offers.flatMap((offer): Cell[][] => [
      ['offer', offer.offerCode, 'issued', offer.count, offer.issuedMiles],
      ['offer', offer.offerCode, 'returned', '', offer.returnedMiles],
    ]),
    ['owed', '', '', closing.owedCount],
    ...closing.owed.map((owed): Cell[] => [
      'carried_over',
      owed.reference,
      owed.outcome,
      1,
      owed.milesAmount,
      owed.milesAmount === undefined ? 1 : 0,
      dollars(owed.preTaxCents),
      owed.collectorMasked,
      owed.reason,
      owed.isWithoutOriginal ? 'yes' : '',
    ]),
    ['owed_earlier', '', '', closing.earlierOwed],
  ];
  const width = rows[0]?.length ?? 0;
  // With a byte order mark, so that a spreadsheet reads the mask's dots.
  return `\uFEFF${rows.map((row) => `${Array.from({ length: width }, (_, index) => field(row[index])).join(',')}\r\n`).join('')}`;
}
