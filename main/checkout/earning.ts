import { createHash } from 'node:crypto';
import { readOfferTable } from '../../shared/domain/earn/check.ts';
import { earn, type EarnResult } from '../../shared/domain/earn/engine.ts';
import type { OfferTable } from '../../shared/domain/earn/offer-table.ts';
import { cents, type Cents } from '../../shared/domain/money.ts';
import type { TransactionDay } from '../../shared/domain/transaction-day.ts';
import { reason, type Reason } from '../../shared/domain/reasons.ts';
import type { Notice } from '../../shared/contract/views.ts';
import type { OfferIdForm } from '../airmiles/issuance-entries.ts';
import type { Log } from '../diagnostics/log.ts';
import { readJsonText } from '../settings/json-text.ts';
import type { Settings } from '../settings/schema.ts';
import type { TextFile } from '../settings/text-file.ts';

/** Who computes the Miles of a sale, and with what. */
export type Earning =
  | { readonly kind: 'amrp-calculated' }
  | {
      readonly kind: 'partner-calculated';
      readonly table: OfferTable;
      /** SHA-256 of the table's text, under which the journal keeps it for returns. */
      readonly tableHash: string;
      readonly tableText: string;
      readonly locationCode: string;
      readonly offerIdForm: OfferIdForm;
      /** A sale that earns nothing is sent with RECORD in the place of being refused. */
      readonly recordsNonQualifying?: boolean | undefined;
    }
  /** The partner calculates, and there is nothing to calculate with: a notice said so at start. */
  | { readonly kind: 'no-offer-table' };

export type PartnerEarning = Extract<Earning, { readonly kind: 'partner-calculated' }>;

export interface EarningReading {
  readonly earning: Earning;
  readonly notices: readonly Notice[];
}

/** Reads at start how Miles are computed. Never throws on what the settings name: a table that is no use is a notice. */
export function readEarning(
  { airmiles }: Settings,
  readFile: (file: string) => TextFile,
  log: Log,
): EarningReading {
  if (airmiles.method === 'amrp-calculated') return { earning: { kind: 'amrp-calculated' }, notices: [] };
  const { offerTableFile: file, locationCode, offerIdForm } = airmiles;
  const recordsNonQualifying = airmiles.recordNonQualifying;
  const refused = (why: Reason, at: Pick<Notice, 'file' | 'key' | 'line'>): EarningReading => {
    log.error('offer-table-refused', { ...at, reason: why.code, code: why.values['code'] });
    const notice: Notice = { id: 'offer-table', code: 'offer-table-refused', reason: why, ...at };
    return { earning: { kind: 'no-offer-table' }, notices: [notice] };
  };
  if (file === undefined) {
    return refused(reason('offer-table-not-named'), { key: 'airmiles.offerTableFile' });
  }
  if (locationCode === undefined) {
    return refused(reason('location-not-given'), { key: 'airmiles.locationCode' });
  }
  const found = readFile(file);
  if (found.kind === 'missing') return refused(reason('file-missing'), { file });
  if (found.kind === 'no-text') return refused(found.reason, { file, line: found.line });
  const { text } = found;
  const reading = readOfferTable(text, { offerIdForm });
  if (reading.kind === 'refused') {
    const [first] = reading.problems;
    const others = reading.problems.length - 1;
    const { code, values } = first?.reason ?? reason('not-usable');
    // What reads settings also knows the line, and which sign is missing there.
    const [fault] = code === 'json' ? readJsonText(text, 'strict').faults : [];
    if (fault !== undefined) return refused(fault.reason, { file, line: fault.line });
    const at = first === undefined || first.path === '' ? {} : { at: first.path };
    return refused(reason(code, { ...values, ...at, ...(others > 0 ? { others } : {}) }), { file });
  }
  const { table } = reading;
  log.info('offer-table-read', { version: table.version, count: table.offers.length });
  const tableHash = createHash('sha256').update(text).digest('hex');
  const kept = { table, tableHash, tableText: text };
  const earning = {
    kind: 'partner-calculated',
    ...kept,
    locationCode,
    offerIdForm,
    recordsNonQualifying,
  } as const;
  return { earning, notices: [] };
}

/** An amount before tax, and what of it earns nothing. */
export interface EarningAmount {
  readonly preTaxCents: Cents;
  readonly excludedCents: Cents;
}

/** What an amount alone earns. */
export function earnOn(
  { preTaxCents, excludedCents }: EarningAmount,
  transactionDay: TransactionDay,
  { table, locationCode }: Pick<PartnerEarning, 'table' | 'locationCode'>,
): EarnResult {
  const lines = [
    { totalCents: cents(preTaxCents - excludedCents) },
    ...(excludedCents === 0 ? [] : [{ totalCents: excludedCents, isExcluded: true }]),
  ];
  return earn({ transactionDay, locationCode, lines, couponCodes: [] }, table);
}
