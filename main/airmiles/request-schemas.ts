import { z } from 'zod';
import { assumed, assumedOriginalKey } from './assumed.ts';

/*
 * The requests as the documentation shows them. It marks the two totals of a basket and the two ids of an event as
 * mandatory and its tables are cut after them; what else the simulator insists on is assumed, and says so.
 */

const inEverySample = 'Its table is cut before this field; every sample has it.';

const Dollars = z.number().describe('Dollars, with two decimals.');

const CollectorNumber = z.string().regex(/^\d{11}$/);

const Context = z
  .object({
    [assumedOriginalKey]: assumed(
      z.string(),
      'In a return or reversal, the transaction it takes back: no field for it is published, and a note refuses nothing.',
    ).optional(),
  })
  .catchall(z.string())
  .describe('Free notes, keys and values.');
const Coupons = z.array(z.string()).describe('All coupon codes applied to the bill.');
const DeviceId = z.string().min(1).describe('The POS terminal in use.');

const BasketItemBody = z.looseObject({
  id: assumed(z.string().min(1), 'That an item needs an id: `contributingItemIds` refer to it.'),
  name: z.string().optional(),
  number: assumed(z.number(), 'That it numbers the lines.').optional(),
  quantity: z.number().optional(),
  baseAmount: assumed(Dollars, 'That it is the price of one.').optional(),
  finalAmount: assumed(Dollars, 'That it is the total of the line, before tax.').optional(),
  departmentId: z.string().optional(),
  categoryId: z.string().optional(),
});

const IssuanceBody = z.looseObject({
  contributingItemIds: z.array(z.string()).describe('Refer to `items[].id`.').optional(),
  issuanceOfferCode: assumed(z.string().min(1), inEverySample),
  locationCode: assumed(z.string().min(1), inEverySample),
  milesAmount: assumed(z.int().min(1), `Whole and positive, in a reversal too. ${inEverySample}`),
  offerDescription: z.string().optional(),
  offerId: z
    .union([z.string(), z.number()])
    .describe('A string in one sample, a number in another.')
    .optional(),
});
const Issuances = assumed(z.array(IssuanceBody).min(1), inEverySample);

/** The body of RECORD, which also takes transactions of customers who are no Collectors. */
export const RecordBody = z.looseObject({
  basketGSTAmount: Dollars.optional(),
  basketHSTAmount: Dollars.optional(),
  basketPSTAmount: Dollars.optional(),
  basketQSTAmount: Dollars.optional(),
  basketPostTaxAmount: Dollars,
  basketPreTaxAmount: Dollars,
  checkoutDateTime: assumed(z.iso.datetime({ precision: 3 }), inEverySample),
  checkoutTransactionId: assumed(z.string().min(1), inEverySample),
  collectorNumber: CollectorNumber.optional(),
  context: Context.optional(),
  coupon: Coupons.optional(),
  deviceId: DeviceId.optional(),
  items: z.array(BasketItemBody).optional(),
  issuances: Issuances.optional(),
});
export type RecordBody = z.output<typeof RecordBody>;

/** The body of CALCULATE, ISSUE and RETURN. */
export const BasketBody = RecordBody.omit({ issuances: true }).extend({
  collectorNumber: assumed(CollectorNumber, inEverySample),
});

/** The body of POST and REVERSE. */
export const PostBody = BasketBody.extend({ issuances: Issuances });

/** The body of POST/EVENT and REVERSE/EVENT. */
export const EventBody = z.looseObject({
  clientTransactionId: z.string().min(1).describe('The partner’s unique id of the event.'),
  collectorNumber: CollectorNumber,
  context: Context.optional(),
  coupon: Coupons.optional(),
  deviceId: DeviceId.optional(),
  issuances: Issuances,
});
export type EventBody = z.output<typeof EventBody>;
