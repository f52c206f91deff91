import { refusalsIn } from '../issue-reason.ts';
import { reason, type Reason, type ReasonCode } from '../reasons.ts';
import { FORMAT, OfferTable, type BaseOffer, type Offer, type Tier } from './offer-table.ts';

/** One thing that is wrong with a table: where (`offers.2.times`), and why. */
export interface OfferTableProblem {
  readonly path: string;
  readonly reason: Reason;
}

export type OfferTableReading =
  | { readonly kind: 'valid'; readonly table: OfferTable }
  | { readonly kind: 'refused'; readonly problems: readonly OfferTableProblem[] };

export interface OfferTableRule {
  /** How `offerId` is sent: an id that is no number can not be sent as one. */
  readonly offerIdForm: 'string' | 'number';
}

/** Reads an offer table from JSON and checks it whole: a table with any problem is not used at all. */
export function readOfferTable(text: string, rule: OfferTableRule): OfferTableReading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: 'refused', problems: [{ path: '', reason: reason('json') }] };
  }
  const format = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'format') : undefined;
  if (typeof format === 'number' && format !== FORMAT) {
    const why = reason('offer-table-format', { known: FORMAT, format });
    return { kind: 'refused', problems: [{ path: 'format', reason: why }] };
  }
  const read = OfferTable.safeParse(parsed);
  if (!read.success) {
    const problems = refusalsIn(read.error.issues, parsed);
    return {
      kind: 'refused',
      problems: problems.map(({ path, ...why }) => ({ path: path.join('.'), ...why })),
    };
  }
  const problems = problemsOf(read.data, rule);
  return problems.length === 0 ? { kind: 'valid', table: read.data } : { kind: 'refused', problems };
}

function problemsOf({ offers }: OfferTable, { offerIdForm }: OfferTableRule): OfferTableProblem[] {
  const problems: OfferTableProblem[] = [];
  const bases = offers.filter((offer) => offer.kind === 'base');
  for (const [index, offer] of offers.entries()) {
    const add = (path: string, code: ReasonCode, values: Readonly<Record<string, string>> = {}): void => {
      problems.push({ path: `offers.${index}.${path}`, reason: reason(code, values) });
    };
    if (offers.findIndex(({ offerCode }) => offerCode === offer.offerCode) < index) {
      add('offerCode', 'offer-code-twice', { code: offer.offerCode });
    }
    for (const [at, { from, until }] of (offer.windows ?? []).entries()) {
      if (until < from) add(`windows.${at}.until`, 'window-reversed', { from });
    }
    if (offerIdForm === 'number' && offer.offerId !== undefined && !/^(0|[1-9]\d*)$/.test(offer.offerId)) {
      add('offerId', 'offer-id-not-a-number');
    }
    if (offer.kind === 'multiplier' && !bases.some(({ offerCode }) => offerCode === offer.baseOfferCode)) {
      add('baseOfferCode', 'base-offer-unknown', { code: offer.baseOfferCode });
    }
    if (offer.kind === 'base') {
      for (const [at, code] of tierProblems(offer.tiers)) add(`tiers.${at}`, code);
      const before = offers
        .slice(0, index)
        .find((earlier) => earlier.kind === 'base' && takesEverything(earlier));
      if (before !== undefined) {
        add('offerCode', 'base-never-reached', { code: before.offerCode });
      }
    }
  }
  return problems;
}

function takesEverything(offer: Offer & BaseOffer): boolean {
  const { only, exclusions, windows, locationCodes } = offer;
  return [only, exclusions, windows, locationCodes].every((limit) => limit === undefined);
}

/**
 * A later tier may earn more but not less, and its steps must fit into those before it: else a purchase paid in two
 * halves would earn more than in one.
 */
function tierProblems(tiers: readonly Tier[]): [number, ReasonCode][] {
  return tiers.flatMap((tier, at): [number, ReasonCode][] => {
    const isLast = at === tiers.length - 1;
    const next = tiers[at + 1];
    if (isLast && tier.maximumSteps !== undefined) {
      return [[at, 'tier-without-end']];
    }
    if (!isLast && tier.maximumSteps === undefined) {
      return [[at + 1, 'tier-never-reached']];
    }
    if (next === undefined) return [];
    const fits = tier.centsPerStep % next.centsPerStep === 0;
    const isWorse = next.milesPerStep * tier.centsPerStep < tier.milesPerStep * next.centsPerStep;
    if (fits && !isWorse) return [];
    return [[at + 1, 'tier-pays-splitting']];
  });
}
