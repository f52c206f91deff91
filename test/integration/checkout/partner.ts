import type { PartnerEarning } from '../../../main/checkout/earning.ts';
import { standard, tableOf } from '../../unit/earn/tables.ts';

/** As many again as STANDARD gives. */
export const twice = {
  kind: 'multiplier',
  offerCode: 'TWICE',
  name: standard.name,
  baseOfferCode: 'STANDARD',
  times: 2,
};

/** Where the partner calculates, by these offers, at location 1100. */
export function partner(offers: readonly object[], fields: object = {}, tableHash = 'first'): PartnerEarning {
  const table = tableOf(offers, fields);
  return {
    kind: 'partner-calculated',
    table,
    tableHash,
    tableText: JSON.stringify({ format: 1, version: 'test', offers, ...fields }),
    locationCode: '1100',
    offerIdForm: 'string',
  };
}
