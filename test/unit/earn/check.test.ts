import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOfferTable } from '../../../shared/domain/earn/check.ts';
import { offerTableSchema } from '../../../shared/domain/earn/offer-table.ts';
import { chipsBonus, couponBonus, readTable, sevenTimes, standard } from './tables.ts';

describe('an offer table', () => {
  test('that is right is used, its version with it', () => {
    expect(
      readTable({ version: '2026-11-a', offers: [standard, sevenTimes, chipsBonus, couponBonus] }),
    ).toMatchObject({
      kind: 'valid',
      table: { version: '2026-11-a', offers: [{ tiers: [{ milesPerStep: 1 }] }, {}, {}, {}] },
    });
  });

  test.each<[string, object, string, string]>([
    ['no offers', { offers: [] }, 'offers', 'list-short'],
    ['a misspelt key', { offers: [{ ...standard, exclusion: {} }] }, 'offers.0.exclusion', 'no-such-setting'],
    ['another layout', { format: 2, offers: [standard] }, 'format', 'offer-table-format'],
    ['no layout', { format: undefined, offers: [standard] }, 'format', 'only-allowed'],
    ['no version', { version: '', offers: [standard] }, 'version', 'text-empty'],
    ['an unknown kind', { offers: [{ ...standard, kind: 'gift' }] }, 'offers.0.kind', 'not-allowed'],
    ['a code with a space', { offers: [{ ...standard, offerCode: 'A B' }] }, 'offers.0.offerCode', 'offer-code'],
    ['an id with a space', { offers: [{ ...standard, offerId: 'A B' }] }, 'offers.0.offerId', 'offer-code'],
    ['a code that is a number', { offers: [{ ...standard, offerCode: 7 }] }, 'offers.0.offerCode', 'text-expected'],
    ['a name in one language', { offers: [{ ...standard, name: { 'en-CA': 'Miles' } }] }, 'offers.0.name.fr-CA', 'missing'],
    ['a fraction of a cent', { offers: [{ ...standard, tiers: [{ centsPerStep: 0.5 }] }] }, 'offers.0.tiers.0.centsPerStep', 'whole-number-expected'],
    ['a scope of nothing', { exclusions: {}, offers: [standard] }, 'exclusions', 'scope-empty'],
    ['once the base', { offers: [standard, { ...sevenTimes, times: 1 }] }, 'offers.1.times', 'number-low'],
    ['two offers of one code', { offers: [standard, { ...sevenTimes, offerCode: 'STANDARD' }] }, 'offers.1.offerCode', 'offer-code-twice'],
    ['a multiplier of nothing', { offers: [standard, { ...sevenTimes, baseOfferCode: 'X' }] }, 'offers.1.baseOfferCode', 'base-offer-unknown'],
    ['a multiplier of a bonus', { offers: [standard, chipsBonus, { ...sevenTimes, baseOfferCode: 'CHIPS' }] }, 'offers.2.baseOfferCode', 'base-offer-unknown'],
    ['a window that ends before it begins', { offers: [{ ...standard, windows: [{ from: '2026-02-01', until: '2026-01-31' }] }] }, 'offers.0.windows.0.until', 'window-reversed'],
    ['a day there is not', { offers: [{ ...standard, windows: [{ from: '2026-02-30', until: '2026-03-31' }] }] }, 'offers.0.windows.0.from', 'day'],
    ['a last tier with an end', { offers: [{ ...standard, tiers: [{ centsPerStep: 100, maximumSteps: 5 }] }] }, 'offers.0.tiers.0', 'tier-without-end'],
    ['a tier nobody reaches', { offers: [{ ...standard, tiers: [{ centsPerStep: 200 }, { centsPerStep: 100 }] }] }, 'offers.0.tiers.1', 'tier-never-reached'],
    ['a tier that earns less', { offers: [{ ...standard, tiers: [{ centsPerStep: 100, maximumSteps: 5 }, { centsPerStep: 200 }] }] }, 'offers.0.tiers.1', 'tier-pays-splitting'],
    ['a tier whose steps do not fit', { offers: [{ ...standard, tiers: [{ centsPerStep: 300, maximumSteps: 5 }, { centsPerStep: 200 }] }] }, 'offers.0.tiers.1', 'tier-pays-splitting'],
    ['a base behind one that takes everything', { offers: [standard, { ...standard, offerCode: 'B' }] }, 'offers.1.offerCode', 'base-never-reached'],
  ])('with %s is refused, and told where', (_name, fields, path, code) => {
    const reading = readTable(fields);
    expect(reading).toEqual({ kind: 'refused', problems: [{ path, reason: { code, values: expect.any(Object) } }] });
  }); // prettier-ignore

  test('whose ids are no numbers is refused where they are sent as numbers', () => {
    const fields = { offers: [{ ...standard, offerId: '007' }] };
    expect(readTable(fields, 'string')).toMatchObject({ kind: 'valid' });
    expect(readTable(fields, 'number')).toMatchObject({
      problems: [{ path: 'offers.0.offerId', reason: { code: 'offer-id-not-a-number' } }],
    });
  });

  test('that is no JSON is refused', () => {
    expect(readOfferTable('{"format":1,', { offerIdForm: 'string' })).toMatchObject({
      kind: 'refused',
      problems: [{ reason: { code: 'json' } }],
    });
  });

  test('may begin with a byte order mark, as Windows writes it', () => {
    const text = `\uFEFF${JSON.stringify({ format: 1, version: 'a', offers: [standard] })}`;
    expect(readOfferTable(text, { offerIdForm: 'string' })).toMatchObject({ kind: 'valid' });
  });

  test('of any JSON at all is read without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readOfferTable(text, { offerIdForm: 'number' }).kind).toBe('refused');
      }),
    );
  });
});

test('the published schema is the one that is checked: run `npm run openapi` after a change', () => {
  const file = join(import.meta.dirname, '../../../shared/domain/earn/offer-table.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(offerTableSchema());
});
