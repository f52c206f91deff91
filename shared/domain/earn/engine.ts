import type { Cents } from '../money.ts';
import { sortLine, stateOf, type EarnBasket, type EarnLine, type ExclusionReason } from './basket.ts';
import type { Offer, OfferTable } from './offer-table.ts';
import { baseLine, bonusLine, multiplierLine, sumOf, type EarnedLine } from './offer-lines.ts';

export interface EarnResult {
  /** The sum of the lines. */
  readonly milesAmount: number;
  readonly cutMiles: number;
  readonly preTaxCents: Cents;
  /** What some base offer counted. */
  readonly eligibleCents: Cents;
  readonly tableVersion: string;
  readonly locationCode: string;
  /** Base offers, then multipliers, then bonus offers. */
  readonly lines: readonly EarnedLine[];
  readonly excluded: readonly { readonly reason: ExclusionReason; readonly totalCents: Cents }[];
  readonly notApplied: readonly {
    readonly offerCode: string;
    readonly reason: 'outside-window' | 'other-location' | 'nothing-eligible';
  }[];
}

/** $100 million: beyond any basket, and far from where whole numbers end. */
const MAX_BASKET_CENTS = 10_000_000_000;

/** The maximum takes from the last lines first: bonus offers go before multipliers, and those before the base. */
function cutTo(maximum: number, lines: readonly EarnedLine[]): EarnedLine[] {
  let left = maximum;
  return lines.map((line) => {
    const milesAmount = Math.min(line.milesAmount, left);
    left -= milesAmount;
    return { ...line, milesAmount, cutMiles: line.milesAmount - milesAmount };
  });
}

function checkLines(lines: readonly EarnLine[]): void {
  for (const { totalCents, quantity = 1 } of lines) {
    if (totalCents < 0 || !(quantity >= 0))
      throw new RangeError('A line earns on what was bought: no negative line.');
  }
  if (sumOf(lines) > MAX_BASKET_CENTS) throw new RangeError('No basket is that large.');
}

/**
 * The Miles a basket earns by a checked table, explained offer by offer. Whole numbers only; every offer is rounded
 * down by itself. Throws on a negative line: discounts belong into the lines they reduce.
 */
export function earn(basket: EarnBasket, table: OfferTable): EarnResult {
  checkLines(basket.lines);
  const applying = table.offers.filter((offer) => stateOf(offer, basket) === 'applies');
  const sorted = basket.lines.map((line) => sortLine(line, table, applying));
  const eligible = sorted.filter((each) => each.kind === 'eligible');

  const earnedBy = (offer: Offer): EarnedLine | undefined => {
    if (offer.kind === 'base') return baseLine(offer, eligible);
    return offer.kind === 'multiplier' ? multiplierLine(offer, eligible) : bonusLine(offer, basket, table);
  };
  const uncut = (['base', 'multiplier', 'bonus'] as const).flatMap((kind) =>
    applying.filter((offer) => offer.kind === kind).flatMap((offer) => earnedBy(offer) ?? []),
  );
  const lines = cutTo(table.maximumMilesPerTransaction ?? Number.POSITIVE_INFINITY, uncut);
  const sum = (of: (line: EarnedLine) => number): number =>
    lines.reduce((total, line) => total + of(line), 0);

  return {
    milesAmount: sum(({ milesAmount }) => milesAmount),
    cutMiles: sum(({ cutMiles }) => cutMiles),
    preTaxCents: sumOf(basket.lines),
    eligibleCents: sumOf(eligible.map(({ line }) => line)),
    tableVersion: table.version,
    locationCode: basket.locationCode,
    lines,
    excluded: sorted.flatMap((each) =>
      each.kind === 'excluded' ? [{ reason: each.reason, totalCents: each.line.totalCents }] : [],
    ),
    notApplied: table.offers.flatMap((offer) => {
      if (lines.some(({ offerCode }) => offerCode === offer.offerCode)) return [];
      const state = stateOf(offer, basket);
      return [{ offerCode: offer.offerCode, reason: state === 'applies' ? 'nothing-eligible' : state }];
    }),
  };
}
