import type { z } from 'zod';
import { FORMAT, OfferTable, type BaseOffer, type Offer, type Tier } from './offer-table.ts';

export const offerTableFaults = [
  'not-json',
  'format-unknown',
  'invalid',
  'offer-code-twice',
  'base-offer-unknown',
  'window-reversed',
  'offer-id-not-a-number',
  'tier-without-end',
  'tier-never-reached',
  'tier-pays-splitting',
  'base-never-reached',
] as const;

/** One thing that is wrong with a table: where (`offers.2.times`), which kind, and the reason for who wrote it. */
export interface OfferTableProblem {
  readonly path: string;
  readonly code: (typeof offerTableFaults)[number];
  readonly problem: string;
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
    return { kind: 'refused', problems: [{ path: '', code: 'not-json', problem: error.message }] };
  }
  const format = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'format') : undefined;
  if (typeof format === 'number' && format !== FORMAT) {
    const problem = `This version reads format ${FORMAT}, not ${format}`;
    return { kind: 'refused', problems: [{ path: 'format', code: 'format-unknown', problem }] };
  }
  const read = OfferTable.safeParse(parsed);
  if (!read.success) return { kind: 'refused', problems: read.error.issues.map(problemOf) };
  const problems = problemsOf(read.data, rule);
  return problems.length === 0 ? { kind: 'valid', table: read.data } : { kind: 'refused', problems };
}

function problemOf(issue: z.core.$ZodIssue): OfferTableProblem {
  return { path: issue.path.map(String).join('.'), code: 'invalid', problem: issue.message };
}

function problemsOf({ offers }: OfferTable, { offerIdForm }: OfferTableRule): OfferTableProblem[] {
  const problems: OfferTableProblem[] = [];
  const bases = offers.filter((offer) => offer.kind === 'base');
  for (const [index, offer] of offers.entries()) {
    const add = (path: string, code: OfferTableProblem['code'], problem: string): void => {
      problems.push({ path: `offers.${index}.${path}`, code, problem });
    };
    if (offers.findIndex(({ offerCode }) => offerCode === offer.offerCode) < index) {
      add('offerCode', 'offer-code-twice', `Another offer has the code ${offer.offerCode}`);
    }
    for (const [at, { from, until }] of (offer.windows ?? []).entries()) {
      if (until < from) add(`windows.${at}.until`, 'window-reversed', `It ends before it begins, on ${from}`);
    }
    if (offerIdForm === 'number' && offer.offerId !== undefined && !/^(0|[1-9]\d*)$/.test(offer.offerId)) {
      add('offerId', 'offer-id-not-a-number', 'The settings send it as a number, and it is none');
    }
    if (offer.kind === 'multiplier' && !bases.some(({ offerCode }) => offerCode === offer.baseOfferCode)) {
      add('baseOfferCode', 'base-offer-unknown', `No base offer has the code ${offer.baseOfferCode}`);
    }
    if (offer.kind === 'base') {
      for (const [at, code, problem] of tierProblems(offer.tiers)) add(`tiers.${at}`, code, problem);
      const before = offers
        .slice(0, index)
        .find((earlier) => earlier.kind === 'base' && takesEverything(earlier));
      if (before !== undefined) {
        add(
          'offerCode',
          'base-never-reached',
          `${before.offerCode}, which stands before it, takes every line`,
        );
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
function tierProblems(tiers: readonly Tier[]): [number, OfferTableProblem['code'], string][] {
  return tiers.flatMap((tier, at): [number, OfferTableProblem['code'], string][] => {
    const isLast = at === tiers.length - 1;
    const next = tiers[at + 1];
    if (isLast && tier.maximumSteps !== undefined) {
      return [[at, 'tier-without-end', 'The last tier has no maximumSteps: set maximumMilesPerTransaction']];
    }
    if (!isLast && tier.maximumSteps === undefined) {
      return [[at + 1, 'tier-never-reached', 'The tier before it has no maximumSteps']];
    }
    if (next === undefined) return [];
    const fits = tier.centsPerStep % next.centsPerStep === 0;
    const isWorse = next.milesPerStep * tier.centsPerStep < tier.milesPerStep * next.centsPerStep;
    if (fits && !isWorse) return [];
    return [
      [
        at + 1,
        'tier-pays-splitting',
        'It must earn at least as much as the tier before, in steps that divide its steps',
      ],
    ];
  });
}
