import { z } from 'zod';
import { assumed } from './assumed.ts';

/** The sponsor request of Transaction History: a GET. */
export const historyPath = '/transaction-history/sponsors';

const MAX_HISTORY_SORTS = 3;
const Day = assumed(z.iso.date(), 'Its format is not shown.');

/** The query as the documentation lists it, its values as text. */
export const HistoryQuery = z.strictObject({
  from: Day,
  to: Day,
  page: assumed(z.string().regex(/^\d{1,6}$/), 'That the first page is 0.').default('0'),
  size: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .default('20'),
  sort: z
    .array(z.string().regex(/^transactionDate,(asc|desc)$/i))
    .max(MAX_HISTORY_SORTS)
    .default([]),
  sponsorList: assumed(z.string().min(1), 'Several are separated by commas.'),
  collectorNumber: z.string().regex(/^\d{11}$/),
});

/** What to ask Transaction History: one Collector, at least one sponsor, at most two years. */
export interface HistoryRequest {
  readonly collectorNumber: string;
  readonly sponsorCodes: readonly string[];
  /** Days of the programme, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  /** From 0. */
  readonly page?: number;
  readonly size?: number;
}

/** The path with its query, newest first. */
export function historyTarget(request: HistoryRequest): string {
  const query = new URLSearchParams({
    from: request.from,
    to: request.to,
    page: String(request.page ?? 0),
    size: String(request.size ?? 20),
    sort: 'transactionDate,desc',
    sponsorList: request.sponsorCodes.join(','),
    collectorNumber: request.collectorNumber,
  });
  return `${historyPath}?${query.toString()}`;
}
