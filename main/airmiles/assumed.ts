import { z } from 'zod';

/*
 * THE ASSUMPTIONS. Not one answer of the Issuance API is shown in its public documentation: no field names, no error
 * bodies, no codes. Everything below is a guess, used by the client (which needs none of it to decide an outcome) and
 * by the simulator (which has to answer something). A partner who holds the official schema changes this file only.
 */

/** Marks a schema as a guess, in a way that survives into generated documents. */
export function assumed<Schema extends z.ZodType>(schema: Schema, reason: string): Schema {
  return schema.meta({ 'x-assumed': true, 'x-assumed-reason': reason });
}

const WholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
]);

export const AssumedIssuance = assumed(
  z.looseObject({
    issuanceOfferCode: assumed(z.string(), 'The name the same thing has in POST requests.').optional(),
    offerId: assumed(
      z.union([z.string(), z.number()]),
      'Requests show it as a string and as a number.',
    ).optional(),
    offerDescription: assumed(z.string(), 'The name the same thing has in POST requests.').optional(),
    milesAmount: assumed(WholeNumber, 'The name Miles have in POST requests.').optional(),
  }),
  'Requests of the partner-calculated kind list Miles by offer in `issuances`; an answer may do the same.',
);

/** Success and error alike: one lenient shape, every field optional, unknown fields kept. */
export const AssumedAnswer = assumed(
  z.looseObject({
    responseCode: assumed(
      z.union([z.string(), z.number()]),
      'The rules say an error carries a `responseCode`; its values are not published. AM Cash has 0000 for approved.',
    ).optional(),
    message: assumed(z.string(), 'AM Cash answers carry a `message` to display.').optional(),
    transactionId: assumed(z.string(), 'Transaction History names an id of the transaction so.').optional(),
    milesAmount: assumed(
      WholeNumber,
      'The name Miles have in POST requests, here as the total. Positive also where Miles were taken back.',
    ).optional(),
    balance: assumed(
      WholeNumber,
      'The overview says that balances are updated at once; in which field they come is not said.',
    ).optional(),
    issuances: assumed(z.array(AssumedIssuance), 'See the entry itself.').optional(),
  }),
  'No answer of the Issuance API is published.',
);
export type AssumedAnswer = z.input<typeof AssumedAnswer>;

const HistoryActivity = z.looseObject({
  transactionId: z.string().optional(),
  memberId: z.number().optional(),
  cardNumber: z.string().optional(),
  /** `ISSUANCE` is the one value that is shown. */
  activityType: z.string().optional(),
  transactionDate: assumed(z.string(), 'Its format is cut off: ISO 8601 in UTC.').optional(),
  milesAmount: assumed(
    WholeNumber,
    'The sample is cut before amounts. Negative where Miles were taken back.',
  ).optional(),
  partnerTransactionId: assumed(
    z.string(),
    'The sample is cut; without the partner’s own id nothing ties an activity to a sale.',
  ).optional(),
});

/** The answer of Transaction History to a sponsor. Everything optional: empty elements are left out. */
export const AssumedHistory = z.looseObject({
  _embedded: z.looseObject({ genericActivityDtoList: z.array(HistoryActivity).optional() }).optional(),
  page: assumed(
    z.looseObject({
      size: z.int().optional(),
      totalElements: z.int().optional(),
      totalPages: z.int().optional(),
      number: z.int().optional(),
    }),
    'The request pages with `page` and `size`, and `_embedded` is the form of a framework that answers with `page`.',
  ).optional(),
});
export type AssumedHistory = z.input<typeof AssumedHistory>;

/**
 * How RETURN, REVERSE and REVERSE/EVENT point at the transaction they take Miles of back. No field for it is published;
 * `context` takes free notes as keys and values, so a note can not make a server refuse the request.
 */
export const assumedOriginalKey = 'originalTransactionId';

/** How long a token counts where its answer does not say. OAuth only recommends `expires_in`; Auth0 sends it. */
export const assumedTokenLifetimeSeconds = 300;

/** The simulator's statuses and codes for refusals whose form is not published. */
export const assumedRefusals = {
  /** Published: parallel calls for one Collector "will result in an error". Which one is assumed. */
  collectorBusy: { status: 409, responseCode: 'COLLECTOR_BUSY' },
  /** Assumed whole, after the common practice of payment APIs. */
  keyReused: { status: 422, responseCode: 'IDEMPOTENCY_KEY_REUSED' },
  /** Published: 400 for incorrect or invalid details. The codes are assumed. */
  invalidDetails: { status: 400, responseCode: 'INVALID_DETAILS' },
  collectorUnknown: { status: 400, responseCode: 'COLLECTOR_UNKNOWN' },
  collectorClosed: { status: 400, responseCode: 'COLLECTOR_CLOSED' },
  offerUnknown: { status: 400, responseCode: 'OFFER_CODE_UNKNOWN' },
  locationUnknown: { status: 400, responseCode: 'LOCATION_CODE_UNKNOWN' },
  originalUnknown: { status: 400, responseCode: 'ORIGINAL_UNKNOWN' },
  exceedsOriginal: { status: 400, responseCode: 'EXCEEDS_ORIGINAL' },
  exceedsIssued: { status: 400, responseCode: 'EXCEEDS_ISSUED' },
  /** Published for Transaction History with these statuses, the codes assumed. */
  historyNumberInvalid: { status: 401, responseCode: 'COLLECTOR_NUMBER_INVALID' },
  historyAccountInactive: { status: 401, responseCode: 'COLLECTOR_ACCOUNT_NOT_ACTIVE' },
  /** Published for neighbouring APIs. */
  unauthorized: { status: 401, responseCode: 'UNAUTHORIZED' },
  maintenance: { status: 503, responseCode: 'MAINTENANCE' },
} as const;
