import { z } from 'zod';

/*
 * The requests as the documentation shows them. It marks only the two totals as mandatory and its table is cut after
 * them; that a Collector Number, a date and a transaction id are needed too is assumed, because every sample has them.
 */

const Dollars = z.number();

const BasketItemBody = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional(),
  number: z.number().optional(),
  quantity: z.number().optional(),
  baseAmount: Dollars.optional(),
  finalAmount: Dollars.optional(),
  departmentId: z.string().optional(),
  categoryId: z.string().optional(),
});

/** The body of RECORD, which also takes transactions of customers who are no Collectors. */
export const RecordBody = z.looseObject({
  basketGSTAmount: Dollars.optional(),
  basketHSTAmount: Dollars.optional(),
  basketPSTAmount: Dollars.optional(),
  basketQSTAmount: Dollars.optional(),
  basketPostTaxAmount: Dollars,
  basketPreTaxAmount: Dollars,
  checkoutDateTime: z.iso.datetime({ precision: 3 }),
  checkoutTransactionId: z.string().min(1),
  collectorNumber: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  context: z.record(z.string(), z.string()).optional(),
  coupon: z.array(z.string()).optional(),
  deviceId: z.string().min(1).optional(),
  items: z.array(BasketItemBody).optional(),
});

/** The body of CALCULATE, ISSUE and RETURN. */
export const BasketBody = RecordBody.extend({ collectorNumber: z.string().regex(/^\d{11}$/) });
