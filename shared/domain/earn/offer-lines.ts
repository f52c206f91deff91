import { cents, type Cents } from '../money.ts';
import { covers, exclusionOf, type EarnBasket, type EarnLine, type SortedLine } from './basket.ts';
import type { BaseOffer, BonusOffer, MultiplierOffer, OfferTable, Tier } from './offer-table.ts';

interface EarnedCommon {
  readonly offerCode: string;
  /** Of this offer, after the maximum per transaction. */
  readonly milesAmount: number;
  /** What the maximum per transaction took away. */
  readonly cutMiles: number;
  readonly contributingItemIds: readonly string[];
}

/** What one offer earned and how, as numbers and codes: a screen makes the words. */
export type EarnedLine =
  | (EarnedCommon & {
      readonly kind: 'base';
      readonly eligibleCents: Cents;
      readonly steps: readonly EarnedStep[];
    })
  | (EarnedCommon & {
      readonly kind: 'multiplier';
      readonly baseOfferCode: string;
      readonly times: number;
      readonly eligibleCents: Cents;
      /** Base Miles of what it covers; it adds `times - 1` times as many. */
      readonly baseMiles: number;
    })
  | (EarnedCommon & {
      readonly kind: 'bonus';
      readonly trigger: 'items' | 'coupon';
      readonly count: number;
      readonly milesEach: number;
    });

/** So many full steps of a tier. */
export interface EarnedStep {
  readonly centsPerStep: number;
  readonly milesPerStep: number;
  readonly count: number;
}

export const sumOf = (lines: readonly EarnLine[]): Cents =>
  cents(lines.reduce((sum, { totalCents }) => sum + totalCents, 0));

const itemIdsOf = (lines: readonly EarnLine[]): readonly string[] => [
  ...new Set(lines.flatMap(({ itemId }) => (itemId === undefined ? [] : [itemId]))),
];

/** Full steps only, tier by tier; the next tier takes the rest where one has reached its maximum. */
function stepsIn(eligibleCents: number, tiers: readonly Tier[]): EarnedStep[] {
  let rest = eligibleCents;
  const steps: EarnedStep[] = [];
  for (const { centsPerStep, milesPerStep, maximumSteps = Number.POSITIVE_INFINITY } of tiers) {
    const count = Math.min(Math.floor(rest / centsPerStep), maximumSteps);
    steps.push({ centsPerStep, milesPerStep, count });
    if (count < maximumSteps) break;
    rest -= count * centsPerStep;
  }
  return steps;
}

const milesIn = (steps: readonly EarnedStep[]): number =>
  steps.reduce((sum, { count, milesPerStep }) => sum + count * milesPerStep, 0);

export type Eligible = Extract<SortedLine, { kind: 'eligible' }>;

export function baseLine(offer: BaseOffer, lines: readonly Eligible[]): EarnedLine | undefined {
  const own = lines.filter(({ base }) => base === offer).map(({ line }) => line);
  if (own.length === 0) return undefined;
  const { offerCode, tiers } = offer;
  const eligibleCents = sumOf(own);
  const steps = stepsIn(eligibleCents, tiers);
  const contributingItemIds = itemIdsOf(own);
  const milesAmount = milesIn(steps);
  return { kind: 'base', offerCode, milesAmount, cutMiles: 0, contributingItemIds, eligibleCents, steps };
}

export function multiplierLine(offer: MultiplierOffer, lines: readonly Eligible[]): EarnedLine | undefined {
  const own = lines.filter(({ multiplier }) => multiplier === offer);
  const [first] = own;
  if (first === undefined) return undefined;
  const { offerCode, baseOfferCode, times } = offer;
  const bought = own.map(({ line }) => line);
  const eligibleCents = sumOf(bought);
  const baseMiles = milesIn(stepsIn(eligibleCents, first.base.tiers));
  return {
    kind: 'multiplier',
    offerCode,
    milesAmount: baseMiles * (times - 1),
    cutMiles: 0,
    contributingItemIds: itemIdsOf(bought),
    baseOfferCode,
    times,
    eligibleCents,
    baseMiles,
  };
}

export function bonusLine(offer: BonusOffer, basket: EarnBasket, table: OfferTable): EarnedLine | undefined {
  const { offerCode, trigger, milesEach, maximumTimes = Number.POSITIVE_INFINITY } = offer;
  const own = basket.lines.filter((line) => exclusionOf(line, table) === undefined && covers(offer, line));
  const coupons = new Set(basket.couponCodes);
  const earned =
    trigger.kind === 'items'
      ? Math.floor(own.reduce((sum, { quantity = 1 }) => sum + Math.floor(quantity), 0) / trigger.every)
      : trigger.couponCodes.filter((code) => coupons.has(code)).length;
  const count = Math.min(earned, maximumTimes);
  if (count === 0) return undefined;
  const contributingItemIds = itemIdsOf(own);
  const milesAmount = count * milesEach;
  return {
    kind: 'bonus',
    offerCode,
    milesAmount,
    cutMiles: 0,
    contributingItemIds,
    trigger: trigger.kind,
    count,
    milesEach,
  };
}
