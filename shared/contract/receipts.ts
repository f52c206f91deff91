import { z } from 'zod';
import { Receipt } from '../receipts/receipt.ts';
import { Language } from './views.ts';

/** What became of one print job. `unknown`: some of it may be on paper; only a person who looks can tell. */
export const printStates = ['printed', 'failed', 'no-printer', 'unknown'] as const;
const PrintState = z.enum(printStates);
export type PrintState = z.output<typeof PrintState>;

/** Why a print failed, or why nobody can tell what became of it. */
export const printTroubles = [
  'not-connected',
  'not-reached',
  'stopping',
  'lost',
  'no-answer',
  'paper-out',
  'process-ended',
] as const;
export type PrintTrouble = (typeof printTroubles)[number];

const Asked = z.strictObject({
  /** As keyed or scanned: spaces, small letters and the code's beginning do not count. */
  reference: z.string().max(64),
  language: Language,
});
const NotFound = z.strictObject({ kind: z.literal('not-found') });

const Print = z.strictObject({ atMs: z.int().min(0), state: PrintState });
export type Print = z.output<typeof Print>;

export const receiptCalls = {
  /** A sale's or a return's receipt as it stands now, and what was printed of it before, oldest first. */
  'receipts.show': {
    input: Asked,
    output: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('found'),
        seq: z.int().min(1),
        reference: z.string(),
        receipt: Receipt,
        prints: z.array(Print),
      }),
      NotFound,
    ]),
  },
  /** Prints it once. It is marked as a copy where an earlier one is on paper, or may be. */
  'receipts.print': {
    input: Asked,
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('done'), state: PrintState, isCopy: z.boolean() }),
      NotFound,
    ]),
  },
  /** Writes it as a PDF into the terminal's own folder of receipts, marked as a copy where it is one. */
  'receipts.save': {
    input: Asked,
    output: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('saved'), file: z.string() }),
      z.strictObject({ kind: z.literal('not-saved') }),
      NotFound,
    ]),
  },
} as const;

export const receiptEvents = {
  /** A print job ended, whoever asked for it. */
  'receipt-printed': z.strictObject({ seq: z.int().min(1), ...Print.shape }),
} as const;
