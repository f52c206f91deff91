import { z } from 'zod';

const Folder = z.string().min(1).max(1000);

/** Closing the Transaction Day, the partner's log of it, and reconciling it. */
export const DaySettings = z.strictObject({
  /** Where reports of closed days go. Left out, a folder beside the journal. */
  reportFolder: Folder.optional(),
  /** Where the partner's transaction logs go. Left out, a folder beside the journal. */
  exportFolder: Folder.optional(),
  /** Writes the logs of the days that are over at this time, by the clock on the wall. Left out, only when asked. */
  exportAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time-of-day')
    .optional(),
  exportFormats: z
    .array(z.enum(['csv', 'jsonl']))
    .min(1)
    .max(2)
    .default(['csv']),
  /** So many past days are looked at each time: a log changes when a sale of its day is credited later. */
  exportDays: z.int().min(1).max(60).default(7),
  /** Questions to Transaction History a second, on average. */
  reconcilePerSecond: z.int().min(1).max(1000).default(10),
});
