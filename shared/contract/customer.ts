import { z } from 'zod';
import { outcomes } from '../domain/outcome.ts';
import { Language, Snapshot } from './views.ts';

/** What the customer sees now. Nothing in it names a Collector, and nothing of it outlives the sale. */
export const CustomerView = z.strictObject({
  language: Language,
  showing: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('welcome') }),
    /** A Collector is at the counter; the Miles this sale will earn, once that is known. */
    z.strictObject({ kind: z.literal('sale'), milesAmount: z.int().min(0).optional() }),
    z.strictObject({
      kind: z.literal('outcome'),
      outcome: z.enum(outcomes),
      milesAmount: z.int().min(0).optional(),
    }),
    /** A return is being made; the Miles it takes back, where that is known. */
    z.strictObject({ kind: z.literal('return'), milesAmount: z.int().min(0).optional() }),
    /** `cancelled`: the purchase had never been sent, and its Miles are not posted. */
    z.strictObject({
      kind: z.literal('returned'),
      outcome: z.enum([...outcomes, 'cancelled']),
      milesAmount: z.int().min(0).optional(),
    }),
  ]),
});
export type CustomerView = z.output<typeof CustomerView>;

export const customerCalls = {
  /** Everything the customer's page is drawn from; the only call it may make. */
  'customer.snapshot': {
    input: z.strictObject({}),
    output: z.strictObject({
      environment: Snapshot.shape.environment,
      programme: Snapshot.shape.programme,
      view: CustomerView,
    }),
  },
  /** The language of the customer who is there now; the next one is greeted in the terminal's own again. */
  'customer.setLanguage': {
    input: z.strictObject({ language: Language }),
    output: z.strictObject({}),
  },
} as const;

export const customerEvents = { customer: CustomerView } as const;
