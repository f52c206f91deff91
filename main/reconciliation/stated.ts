import { z } from 'zod';

/** What the program itself wrote into a request and reads again from the stored bytes. */
const Stated = z.object({
  deviceId: z.string().optional(),
  issuances: z
    .array(z.object({ issuanceOfferCode: z.string(), locationCode: z.string(), milesAmount: z.int() }))
    .default([]),
});
export type Stated = z.output<typeof Stated>;

/** The terminal and the Miles by offer that a stored request states. */
export const statedIn = (request: Uint8Array): Stated =>
  Stated.parse(JSON.parse(new TextDecoder().decode(request)));
