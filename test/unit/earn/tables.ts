import { readOfferTable } from '../../../shared/domain/earn/check.ts';
import type { EarnBasket, EarnLine } from '../../../shared/domain/earn/basket.ts';
import type { OfferTable } from '../../../shared/domain/earn/offer-table.ts';
import { cents } from '../../../shared/domain/money.ts';
import type { TransactionDay } from '../../../shared/domain/transaction-day.ts';

const name = { 'en-CA': 'Offer', 'fr-CA': 'Offre' };

/** 1 Mile for each $20. */
export const standard = {
  kind: 'base',
  offerCode: 'STANDARD',
  offerId: '123454',
  name,
  tiers: [{ centsPerStep: 2000 }],
};

export const sevenTimes = {
  kind: 'multiplier',
  offerCode: 'SEVENX',
  name,
  baseOfferCode: 'STANDARD',
  times: 7,
};

export const chipsBonus = {
  kind: 'bonus',
  offerCode: 'CHIPS',
  name,
  milesEach: 20,
  trigger: { kind: 'items', of: { itemIds: ['CHIPS'] } },
};

export const couponBonus = {
  kind: 'bonus',
  offerCode: 'COUPON',
  name,
  milesEach: 50,
  trigger: { kind: 'coupon', couponCodes: ['57841', '57862'] },
};

/** A table as a person writes it, read the way the terminal reads it. */
export function readTable(fields: object, offerIdForm: 'string' | 'number' = 'string') {
  return readOfferTable(JSON.stringify({ format: 1, version: 'test', ...fields }), { offerIdForm });
}

export function tableOf(offers: readonly object[], fields: object = {}): OfferTable {
  const reading = readTable({ offers, ...fields });
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.problems));
  return reading.table;
}

export const line = (totalCents: number, fields: Omit<EarnLine, 'totalCents'> = {}): EarnLine => ({
  totalCents: cents(totalCents),
  ...fields,
});

/** On a Friday. */
export const basketOf = (lines: readonly EarnLine[], fields: Partial<EarnBasket> = {}): EarnBasket => ({
  transactionDay: '2026-05-15' as TransactionDay,
  locationCode: '1100',
  lines,
  couponCodes: [],
  ...fields,
});
