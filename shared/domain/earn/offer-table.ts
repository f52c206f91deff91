import { z } from 'zod';

/*
 * The offers of a partner that calculates Miles itself, as its IT provisions them: the schema that is published, and
 * the one that is checked before use. What a schema can not say is in `check.ts`.
 */

const Code = z.string().regex(/^[\x21-\x7e]{1,40}$/, 'offer-code');
const Codes = z.array(Code).min(1);
const Id = z.string().min(1).max(100);
const Ids = z.array(Id).min(1);

/** Lines of a basket, by any of these: one match is enough. */
const Scope = z
  .strictObject({ departmentIds: Ids.optional(), categoryIds: Ids.optional(), itemIds: Ids.optional() })
  .refine((scope) => Object.values(scope).some((ids) => ids !== undefined), 'scope-empty');
export type Scope = z.output<typeof Scope>;

const Window = z.strictObject({
  from: z.iso.date().describe('The first day, in the programme’s time (EST).'),
  until: z.iso.date().describe('The last day, included.'),
  weekdays: z
    .array(z.int().min(1).max(7))
    .min(1)
    .describe('Only on these days of the week; 1 is Monday.')
    .optional(),
});
export type Window = z.output<typeof Window>;

const common = {
  offerCode: Code.describe('Known to the programme: never invented by a store.'),
  offerId: Code.describe('Text, leading zeros kept.').optional(),
  description: z.string().min(1).max(200).describe('Sent as `offerDescription`.').optional(),
  name: z
    .strictObject({ 'en-CA': z.string().min(1).max(60), 'fr-CA': z.string().min(1).max(60) })
    .describe('What cashiers and customers read.'),
  windows: z.array(Window).min(1).describe('Left out: always.').optional(),
  locationCodes: Codes.describe('Left out: at every location.').optional(),
  exclusions: Scope.describe('Besides those of the table.').optional(),
};

const Tier = z.strictObject({
  centsPerStep: z
    .int()
    .min(1)
    .max(10_000_000)
    .describe('Eligible pre-tax cents for one step; what is left over counts nothing.'),
  milesPerStep: z.int().min(1).max(1000).default(1),
  maximumSteps: z
    .int()
    .min(1)
    .max(1_000_000)
    .describe('Then the next tier takes the rest. The last tier has none.')
    .optional(),
});
export type Tier = z.output<typeof Tier>;

const BaseOffer = z.strictObject({
  kind: z.literal('base'),
  ...common,
  tiers: z.array(Tier).min(1).max(5),
  only: Scope.describe('Left out: every line no earlier base offer took.').optional(),
});

const MultiplierOffer = z.strictObject({
  kind: z.literal('multiplier'),
  ...common,
  baseOfferCode: Code,
  times: z.int().min(2).max(100).describe('7 is the base Miles and 6 times as many more.'),
  only: Scope.describe('Left out: all that the base offer took.').optional(),
});

const BonusOffer = z.strictObject({
  kind: z.literal('bonus'),
  ...common,
  milesEach: z.int().min(1).max(100_000),
  trigger: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('items'),
      of: Scope,
      every: z.int().min(1).max(10_000).default(1).describe('So many items earn it once.'),
    }),
    z.strictObject({ kind: z.literal('coupon'), couponCodes: Codes.describe('Each counts once.') }),
  ]),
  maximumTimes: z.int().min(1).max(10_000).describe('In one transaction.').optional(),
});

export const FORMAT = 1;

export const OfferTable = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal(FORMAT).describe('The version of this layout.'),
    version: z.string().min(1).max(60).describe('The version of this table; kept with every transaction.'),
    maximumMilesPerTransaction: z.int().min(1).max(10_000_000).optional(),
    exclusions: Scope.describe('What earns nothing at all: tobacco, lottery, gift cards, ...').optional(),
    offers: z
      .array(z.discriminatedUnion('kind', [BaseOffer, MultiplierOffer, BonusOffer]))
      .min(1)
      .max(500),
  })
  .meta({ title: 'Offer table' });
export type OfferTable = z.output<typeof OfferTable>;
export type Offer = OfferTable['offers'][number];
export type BaseOffer = Extract<Offer, { kind: 'base' }>;
export type MultiplierOffer = Extract<Offer, { kind: 'multiplier' }>;
export type BonusOffer = Extract<Offer, { kind: 'bonus' }>;

/** The published JSON Schema of an offer table as people write it. */
export function offerTableSchema(): object {
  return z.toJSONSchema(OfferTable, { io: 'input' });
}
