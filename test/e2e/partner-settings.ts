import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** 1 Mile for each $20. */
export const base = {
  kind: 'base',
  offerCode: 'STANDARD',
  offerId: '0071',
  name: { 'en-CA': 'Everyday', 'fr-CA': 'Tous les jours' },
  tiers: [{ centsPerStep: 2000 }],
};
/** As many again. */
export const twice = {
  kind: 'multiplier',
  offerCode: 'TWICE',
  name: { 'en-CA': 'Twice', 'fr-CA': 'Le double' },
  baseOfferCode: 'STANDARD',
  times: 2,
};

/** Writes a table and gives the settings of a partner that calculates by it. */
export function partnerSettings(
  folder: string,
  table: object,
  simulator: { url: string; caFile: string; clientId: string },
) {
  const offerTableFile = join(folder, 'offers.json');
  writeFileSync(offerTableFile, JSON.stringify(table));
  const { url: baseUrl, caFile, clientId } = simulator;
  return {
    airmiles: {
      baseUrl,
      caFile,
      clientId,
      method: 'partner-calculated',
      offerTableFile,
      locationCode: '1100',
    },
    sale: { milesLimit: 100 },
  };
}
