import { createHash } from 'node:crypto';
import { takesBack } from '../../shared/domain/transaction-kind.ts';
import { isWithoutOriginal } from '../checkout/sale-view.ts';
import type { LoggedRow } from '../journal/day-rows.ts';
import { statedIn } from './stated.ts';

export const logFormats = ['csv', 'jsonl'] as const;
export type LogFormat = (typeof logFormats)[number];

/** The columns of the partner's transaction log, in order. README.md beside this file says what each means. */
const columns = [
  'record',
  'day',
  'seq',
  'reference',
  'original_reference',
  'kind',
  'collector_number',
  'entry_mode',
  'checkout_at',
  'device_id',
  'location_code',
  'pre_tax',
  'post_tax',
  'miles',
  'status',
  'offers',
  'without_original',
] as const;
type Column = (typeof columns)[number];
type Fields = Readonly<Partial<Record<Column, string | number | undefined>>>;

export interface LogTotals {
  count: number;
  preTaxCents: number;
  postTaxCents: number;
  miles: number;
}

const dollars = (amountCents: number): string => {
  const digits = String(Math.abs(amountCents)).padStart(3, '0');
  return `${amountCents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const csvField = (value: string | number | undefined): string => {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csvLine = (fields: Fields): string =>
  `${columns.map((column) => csvField(fields[column])).join(',')}\r\n`;

/** Which sum of what a partner is billed for: only what AIR MILES has said yes to. */
const isStanding = ({ state }: LoggedRow): boolean => state === 'credited' || state === 'accepted';

function lineOf(row: LoggedRow, format: LogFormat, totals: LogTotals): string {
  const sign = takesBack(row.kind) ? -1 : 1;
  const signed = (value: number): number => (value === 0 ? 0 : sign * value);
  const { deviceId, issuances } = statedIn(row.request);
  const stated =
    issuances.length === 0 ? null : issuances.reduce((sum, { milesAmount }) => sum + milesAmount, 0);
  const miles = row.milesAmount ?? stated ?? (row.kind === 'record' ? 0 : null);
  totals.count += 1;
  if (isStanding(row)) {
    totals.preTaxCents += signed(row.preTaxCents);
    totals.postTaxCents += signed(row.postTaxCents);
    totals.miles += signed(miles ?? 0);
  }
  const fields = {
    record: 'transaction',
    day: row.transactionDay,
    seq: row.seq,
    reference: row.reference,
    original_reference: row.originalReference ?? undefined,
    kind: row.kind,
    collector_number: row.collectorNumber,
    entry_mode: row.entryMode,
    checkout_at: new Date(row.recordedAtMs).toISOString(),
    device_id: deviceId,
    location_code: issuances[0]?.locationCode,
    pre_tax: dollars(signed(row.preTaxCents)),
    post_tax: dollars(signed(row.postTaxCents)),
    miles: miles === null ? undefined : signed(miles),
    status: row.state === 'due' ? 'stored' : row.state,
  };
  const offers = issuances.map(({ issuanceOfferCode, milesAmount }) => ({
    code: issuanceOfferCode,
    miles: signed(milesAmount),
  }));
  const mark = isWithoutOriginal(row) ? { without_original: 'yes' } : {};
  if (format === 'jsonl') return `${JSON.stringify({ ...fields, offers, ...mark })}\n`;
  const inOneCell = offers.map(({ code, miles: own }) => `${code}=${own}`).join(';');
  return csvLine({ ...fields, offers: inOneCell, ...mark });
}

/**
 * The log of one Transaction Day, line by line, in the order of the journal: a heading (CSV), the transactions, a line of
 * totals, and a line with the SHA-256 of everything before it. The same journal gives the same bytes.
 */
export async function* partnerLog(
  day: string,
  format: LogFormat,
  rows: AsyncIterable<LoggedRow>,
): AsyncGenerator<string, LogTotals> {
  const hash = createHash('sha256');
  const totals: LogTotals = { count: 0, preTaxCents: 0, postTaxCents: 0, miles: 0 };
  const hashed = (line: string): string => {
    hash.update(line);
    return line;
  };
  if (format === 'csv') yield hashed(`${columns.join(',')}\r\n`);
  for await (const row of rows) yield hashed(lineOf(row, format, totals));
  const total = {
    record: 'total',
    day,
    seq: totals.count,
    pre_tax: dollars(totals.preTaxCents),
    post_tax: dollars(totals.postTaxCents),
    miles: totals.miles,
  };
  if (format === 'csv') {
    yield hashed(csvLine(total));
    yield `sha256,${hash.digest('hex')}\r\n`;
  } else {
    const { seq: transactions, ...rest } = total;
    yield hashed(`${JSON.stringify({ ...rest, transactions })}\n`);
    yield `${JSON.stringify({ record: 'sha256', sha256: hash.digest('hex') })}\n`;
  }
  return totals;
}
