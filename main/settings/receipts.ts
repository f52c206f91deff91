import { z } from 'zod';

/** What stands on a receipt and when one is printed. */
export const ReceiptSettings = z.strictObject({
  /** The partner's own lines over everything: its name first, then address or telephone. */
  heading: z.array(z.string().min(1).max(60)).max(5).default([]),
  /** `full` only where the partner's agreement says so. */
  collectorNumber: z.enum(['masked', 'full']).default('masked'),
  /** `always` prints each sale by itself as soon as its outcome is known, or has been awaited long enough. */
  print: z.enum(['when-asked', 'always']).default('when-asked'),
  /** Letters in a line: 42 or 48 on 80 mm paper, 32 on 58 mm. */
  columns: z.int().min(24).max(64).default(42),
});
export type ReceiptSettings = z.output<typeof ReceiptSettings>;
