import { z } from 'zod';
import { TaxesInput } from '../../shared/contract/views.ts';
import type { TransactionRow } from '../journal/rows.ts';

/** What the board needs of what was kept beside a transaction. Some kinds keep none of it. */
const Details = z.looseObject({
  taxes: TaxesInput.default({ gst: 0, hst: 0, pst: 0, qst: 0 }),
  excludedCents: z.int().min(0).default(0),
  /** Where the partner calculates. */
  milesAmount: z.int().optional(),
  /** The refused transaction in whose place it stands. */
  correctsReference: z.string().optional(),
});

export const detailsOf = (row: Pick<TransactionRow, 'details'>): z.output<typeof Details> =>
  Details.parse(JSON.parse(row.details));
