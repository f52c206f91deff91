import { z } from 'zod';

export const milesFaults = ['earns-nothing', 'over-limit', 'no-offer-table'] as const;

/** Which input of an issuance was refused, and why, in the words of the domain's own readings. */
export const IssueRefusal = z.discriminatedUnion('field', [
  z.strictObject({
    field: z.literal('collectorNumber'),
    fault: z.enum(['empty', 'not-digits', 'wrong-start', 'too-short', 'too-long', 'check-digit']),
  }),
  z.strictObject({ field: z.literal('preTaxCents'), fault: z.enum(['zero', 'over-limit']) }),
  /** More is left out than was bought. */
  z.strictObject({ field: z.literal('excludedCents'), fault: z.enum(['over-limit']) }),
  z.strictObject({ field: z.literal('taxes'), fault: z.enum(['over-limit']) }),
  /** Where the partner calculates: what the offers give for the whole sale. `milesLimit` beside `over-limit`. */
  z.strictObject({
    field: z.literal('miles'),
    fault: z.enum(milesFaults),
    milesLimit: z.int().min(1).optional(),
  }),
]);
export type IssueRefusal = z.output<typeof IssueRefusal>;
