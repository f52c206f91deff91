import { z } from 'zod';
import { entryModes } from '../domain/collector-number.ts';
import { checkTroubles } from './board.ts';
import { notStoredReasons } from './not-stored.ts';
import { Sale, TaxesInput } from './views.ts';

const Cents = z.int().min(0);
const Approval = z.string().max(64).optional();
const NeedsApproval = z.strictObject({ kind: z.literal('approval-needed') });
const NotStored = z.strictObject({ kind: z.literal('not-stored'), reason: z.enum(notStoredReasons) });

/** A sale with what was returned of it so far and what is left, part by part, before tax. */
export const Original = z.strictObject({
  sale: Sale,
  /** Told apart only where something of the sale earned nothing. */
  parts: z
    .array(
      z.strictObject({
        part: z.enum(['eligible', 'excluded']),
        soldCents: Cents,
        returnedCents: Cents,
        leftCents: Cents,
      }),
    )
    .min(1),
  /** What the sale earned, where that is known; and what all its returns took back, as far as that is known. */
  milesAmount: Cents.optional(),
  milesReturned: Cents,
  /** Every return of it, oldest first. */
  returns: z.array(Sale),
  /** Why nothing can be returned of it now; absent where something can. */
  hindrance: z.enum(['nothing-left', 'refused-by-airmiles', 'closed', 'no-offer-table']).optional(),
  /** It never reached AIR MILES: returning all of it cancels it here, and nothing is sent. */
  isUnsent: z.boolean(),
});
export type Original = z.output<typeof Original>;

/** What comes back, before tax. */
const returned = { seq: z.int().min(1), eligibleCents: Cents, excludedCents: Cents };

export const returnFaults = ['nothing', 'over-left', 'hindered'] as const;
export const keyedReturnFaults = [
  'collector-number',
  'amount',
  'taxes',
  'miles',
  'reason',
  'no-offer-table',
  'sale-is-here',
] as const;

const Recorded = z.strictObject({ kind: z.literal('recorded'), sale: Sale });

const KeyedReply = z.discriminatedUnion('kind', [
  Recorded,
  z.strictObject({ kind: z.literal('refused'), fault: z.enum(keyedReturnFaults) }),
  /** More Miles than the settings let a person move by hand. */
  z.strictObject({ kind: z.literal('over-limit'), milesLimit: z.int().min(1) }),
  NotStored,
  NeedsApproval,
]);

/** Returns of sales, returns without their sale, and corrections by hand. */
export const returnsCalls = {
  /** Finds sales to return: by reference, as keyed or scanned, or by Collector and day. */
  'returns.find': {
    input: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('reference'), text: z.string().max(64) }),
      z.strictObject({
        by: z.literal('collector'),
        collectorText: z.string().max(64),
        transactionDay: z.iso.date().optional(),
      }),
    ]),
    output: z.discriminatedUnion('kind', [
      /** Newest first. */
      z.strictObject({ kind: z.literal('found'), originals: z.array(Original).min(1) }),
      z.strictObject({ kind: z.literal('not-found') }),
      /** It is no reference and no Collector Number. */
      z.strictObject({ kind: z.literal('unreadable') }),
    ]),
  },
  /** What a return would take back. Stores nothing. */
  'returns.preview': {
    input: z.strictObject(returned),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('takes-back'), milesAmount: Cents }),
      /** AIR MILES computes it, or nothing can be returned like that. */
      z.strictObject({ kind: z.literal('unknown') }),
    ]),
  },
  /**
   * Whether AIR MILES has a sale of another terminal, by the reference on its paper and the Collector's card. `not-found`:
   * it may still be stored where it was sold.
   */
  'returns.askElsewhere': {
    input: z.strictObject({
      reference: z.string().max(64),
      collectorText: z.string().max(64),
      transactionDay: z.iso.date().optional(),
    }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('credited'), milesAmount: Cents.optional() }),
      z.strictObject({ kind: z.literal('not-found') }),
      z.strictObject({
        kind: z.literal('unavailable'),
        trouble: z.enum(checkTroubles),
        detail: z.string().optional(),
      }),
      z.strictObject({ kind: z.literal('unreadable') }),
    ]),
  },
  /** The return being looked at was left, or can not be made as it is keyed: the customer's display forgets it. */
  'returns.leave': { input: z.strictObject({}), output: z.strictObject({}) },
  /** A return or a correction is being keyed (told anew while it is worked on), or no longer: updates wait for it. */
  'returns.keying': { input: z.strictObject({ isOpen: z.boolean() }), output: z.strictObject({}) },
  'returns.record': {
    input: z.strictObject({ returnKey: z.uuid(), ...returned, approval: Approval }),
    output: z.discriminatedUnion('kind', [
      Recorded,
      /** The sale had never been sent: it was taken back here, whole. `sale` is that sale. */
      z.strictObject({ kind: z.literal('cancelled'), sale: Sale }),
      z.strictObject({ kind: z.literal('refused'), fault: z.enum(returnFaults), original: Original }),
      NotStored,
      NeedsApproval,
    ]),
  },
  /** A return whose sale is not on this terminal: from another store, or a lost receipt. Keyed from the paper, with a reason. */
  'returns.recordKeyed': {
    input: z.strictObject({
      returnKey: z.uuid(),
      collectorText: z.string().max(64),
      entryMode: z.enum(entryModes),
      preTaxCents: z.int(),
      taxes: TaxesInput,
      /** Where the partner calculates: the Miles on the paper. */
      milesAmount: z.int().optional(),
      /** The reference on the paper, where there is one. */
      paperReference: z.string().max(64),
      reason: z.string().max(200),
      approval: Approval,
    }),
    output: KeyedReply,
  },
  /** What corrections by hand may be made with; none where AIR MILES calculates, which has no call for them. */
  'corrections.options': {
    input: z.strictObject({}),
    output: z.strictObject({
      offers: z.array(
        z.strictObject({
          offerCode: z.string(),
          nameByLanguage: z.strictObject({ 'en-CA': z.string(), 'fr-CA': z.string() }),
        }),
      ),
      milesLimit: z.int().min(1),
    }),
  },
  /** Adds or takes back Miles by hand, for a reason that is no sale: POST/EVENT and REVERSE/EVENT. */
  'corrections.record': {
    input: z.strictObject({
      correctionKey: z.uuid(),
      collectorText: z.string().max(64),
      entryMode: z.enum(entryModes),
      direction: z.enum(['add', 'take-back']),
      milesAmount: z.int(),
      offerCode: z.string().max(40),
      reason: z.string().max(200),
      approval: Approval,
    }),
    output: KeyedReply,
  },
} as const;
