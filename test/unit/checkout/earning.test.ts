import { describe, expect, test } from 'vitest';
import { postingOf } from '../../../main/checkout/posting.ts';
import { readEarning } from '../../../main/checkout/earning.ts';
import { readSale } from '../../../main/checkout/read-sale.ts';
import { createLog } from '../../../main/diagnostics/log.ts';
import { Settings } from '../../../main/settings/schema.ts';
import type { TextFile } from '../../../main/settings/text-file.ts';
import { cents } from '../../../shared/domain/money.ts';
import { makeCollectorNumber } from '../../../shared/domain/collector-number.ts';
import { reason } from '../../../shared/domain/reasons.ts';
import type { TransactionDay } from '../../../shared/domain/transaction-day.ts';
import { sevenTimes, standard } from '../earn/tables.ts';

const log = createLog({ write: () => undefined });
const day = '2026-05-15' as TransactionDay;
const partner = { method: 'partner-calculated', offerTableFile: 'offers.json', locationCode: '0110' };

function earningOf(airmiles: object, files: Readonly<Record<string, string>>) {
  const readFile = (file: string): TextFile => {
    const text = files[file];
    if (file === 'folder') return { kind: 'no-text', reason: reason('file-folder') };
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  };
  return readEarning(Settings.parse({ airmiles }), readFile, log);
}

function saleOf(preTaxCents: number) {
  const collectorText = makeCollectorNumber(() => 0.5);
  const taxes = { gst: 0, hst: 13, pst: 0, qst: 0 };
  const collectorNumber = { length: 11, startsWith: '8', check: 'modulus-11' } as const;
  const reading = readSale(
    { collectorText, preTaxCents, taxes },
    { collectorNumber, amountLimitCents: 100_000_000 },
  );
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.refusals));
  return reading.sale;
}

const noLimit = { milesLimit: 10_000, expectedMiles: undefined };

const tableWith = (...offers: readonly object[]): string =>
  JSON.stringify({ format: 1, version: 'test', offers });

describe('the offer table', () => {
  test('is not looked for where AIR MILES calculates', () => {
    expect(earningOf({ offerTableFile: 'offers.json' }, {})).toEqual({
      earning: { kind: 'amrp-calculated' },
      notices: [],
    });
  });

  test('is ready with its location and limit where it is right', () => {
    const { earning, notices } = earningOf(partner, { 'offers.json': tableWith(standard) });
    expect(notices).toEqual([]);
    expect(earning).toMatchObject({
      kind: 'partner-calculated',
      table: { version: 'test' },
      locationCode: '0110',
      offerIdForm: 'string',
      tableHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test.each<[string, object, Readonly<Record<string, string>>, object]>([
    ['is not there', partner, {}, { file: 'offers.json', reason: { code: 'file-missing' } }],
    ['is no JSON', partner, { 'offers.json': '{\n"format"' }, { file: 'offers.json', line: 2, reason: { code: 'json-colon' } }],
    ['is no file', { ...partner, offerTableFile: 'folder' }, {}, { file: 'folder', reason: { code: 'file-folder' } }],
    ['has a comment', partner, { 'offers.json': '{\n// ours\n}' }, { file: 'offers.json', line: 2, reason: { code: 'json-no-comments' } }],
    ['has a comma too many', partner, { 'offers.json': '{"format":1,\n}' }, { file: 'offers.json', line: 2, reason: { code: 'json-name' } }],
    ['is wrong', partner, { 'offers.json': tableWith(sevenTimes) },
      { file: 'offers.json', reason: { code: 'base-offer-unknown', values: { at: 'offers.0.baseOfferCode', code: 'STANDARD' } } }],
    ['has an id that can not be sent as the settings say', { ...partner, offerIdForm: 'number' },
      { 'offers.json': tableWith({ ...standard, offerId: '0071' }) },
      { file: 'offers.json', reason: { code: 'offer-id-not-a-number' } }],
    ['has more than one fault', partner, { 'offers.json': tableWith(sevenTimes, sevenTimes) },
      { reason: { code: 'base-offer-unknown', values: { others: '2' } } }],
    ['is not named', { method: 'partner-calculated', locationCode: '0110' }, {}, { key: 'airmiles.offerTableFile' }],
    ['has no location to post for', { ...partner, locationCode: undefined }, {}, { key: 'airmiles.locationCode' }],
  ])('is a notice when it %s, and every sale is refused', (_name, airmiles, files, notice) => {
    const { earning, notices } = earningOf(airmiles, files);
    expect(notices).toMatchObject([{ code: 'offer-table-refused', ...notice }]);
    expect(postingOf(saleOf(10_200), day, earning, noLimit)).toEqual({
      kind: 'refused',
      refusals: [{ field: 'miles', fault: 'no-offer-table' }],
    });
  }); // prettier-ignore
});

describe('a sale', () => {
  const files = {
    'offers.json': tableWith({ ...standard, offerId: '0071', description: 'Base' }, sevenTimes),
  };

  test('is an ISSUE without Miles where AIR MILES calculates', () => {
    const { earning } = earningOf({}, {});
    expect(postingOf(saleOf(10_200), day, earning, noLimit)).toMatchObject({
      kind: 'issue',
      issuances: undefined,
      details: { taxes: { hst: 13 } },
    });
  });

  test('is a POST of the Miles of each offer, and what a return needs is kept', () => {
    const { earning } = earningOf(partner, files);
    expect(postingOf(saleOf(10_200), day, earning, noLimit)).toMatchObject({
      kind: 'post',
      issuances: [
        {
          offerCode: 'STANDARD',
          locationCode: '0110',
          milesAmount: 5,
          offerId: '0071',
          offerDescription: 'Base',
        },
        { offerCode: 'SEVENX', locationCode: '0110', milesAmount: 30 },
      ],
      details: {
        taxes: { hst: 13 },
        milesAmount: 35,
        tableVersion: 'test',
        locationCode: '0110',
        eligibleCents: 10_200,
        lines: [
          { kind: 'base', offerCode: 'STANDARD', milesAmount: 5 },
          { kind: 'multiplier', offerCode: 'SEVENX', milesAmount: 30 },
        ],
      },
    });
  });

  test('that earns nothing is refused, one cent below the first Mile', () => {
    const { earning } = earningOf(partner, files);
    const refusals = [{ field: 'miles', fault: 'earns-nothing' }];
    expect(postingOf(saleOf(1999), day, earning, noLimit)).toEqual({ kind: 'refused', refusals });
    expect(postingOf(saleOf(2000), day, earning, noLimit).kind).toBe('post');
  });

  test('over the limit of Miles is refused, and at the limit is not', () => {
    const { earning } = earningOf(partner, files);
    const limit = { milesLimit: 35, expectedMiles: undefined };
    expect(postingOf(saleOf(11_999), day, earning, limit).kind).toBe('post');
    expect(postingOf(saleOf(12_000), day, earning, limit)).toEqual({
      kind: 'refused',
      refusals: [{ field: 'miles', fault: 'over-limit', milesLimit: 35 }],
    });
  });

  test.each([
    [35, 'issue'],
    [36, 'refused'],
    [undefined, 'issue'],
  ])('that AIR MILES said would earn %s, the limit being 35, is %s', (expectedMiles, kind) => {
    const { earning } = earningOf({}, {});
    expect(postingOf(saleOf(2000), day, earning, { milesLimit: 35, expectedMiles }).kind).toBe(kind);
  });

  test('earns on what is eligible, and keeps what is not', () => {
    const { earning } = earningOf(partner, { 'offers.json': tableWith(standard) });
    const sale = { ...saleOf(10_200), excludedCents: cents(1250) };
    expect(postingOf(sale, day, earning, noLimit)).toMatchObject({
      kind: 'post',
      details: { milesAmount: 4, eligibleCents: 8950, excludedCents: 1250 },
    });
  });
});
