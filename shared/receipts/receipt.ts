import { z } from 'zod';
import { Language } from '../contract/views.ts';

/**
 * One piece of a receipt, in the order it is read. Text is final: whoever draws it chooses size and place, never words.
 */
export const ReceiptBlock = z.discriminatedUnion('kind', [
  /** What this paper must not be taken for: another environment's, or the first copy. */
  z.strictObject({ kind: z.literal('banner'), text: z.string() }),
  z.strictObject({ kind: z.literal('heading'), text: z.string(), isLarge: z.boolean() }),
  z.strictObject({ kind: z.literal('pair'), name: z.string(), value: z.string() }),
  /** Miles by offer, with their sum last. */
  z.strictObject({
    kind: z.literal('table'),
    rows: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    total: z.strictObject({ name: z.string(), value: z.string() }),
  }),
  z.strictObject({ kind: z.literal('outcome'), word: z.string(), sentence: z.string() }),
  z.strictObject({ kind: z.literal('note'), text: z.string() }),
  z.strictObject({ kind: z.literal('rule') }),
  /** The same text as a QR code, row by row of `0` and `1`, and as Code 128, widths of bar and gap in turn. */
  z.strictObject({
    kind: z.literal('code'),
    text: z.string(),
    squares: z.array(z.string().regex(/^[01]+$/)),
    bars: z.array(z.int().min(1)),
  }),
]);
export type ReceiptBlock = z.output<typeof ReceiptBlock>;

/** A receipt as data: drawn on a screen, printed and written as a file from this, with the same words. */
export const Receipt = z.strictObject({
  language: Language,
  title: z.string(),
  blocks: z.array(ReceiptBlock),
});
export type Receipt = z.output<typeof Receipt>;
