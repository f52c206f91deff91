import { assertNever } from '../assert-never.ts';
import type { Cents } from '../money.ts';
import type { TransactionDay } from '../transaction-day.ts';
import type { BaseOffer, MultiplierOffer, Offer, OfferTable, Scope, Window } from './offer-table.ts';

/** A line of what was bought. A sale of an amount alone is one line, and one more for what the cashier excluded. */
export interface EarnLine {
  readonly itemId?: string | undefined;
  readonly departmentId?: string | undefined;
  readonly categoryId?: string | undefined;
  /** Pieces, or a weight; whole pieces count for bonus offers. 1 where left out. */
  readonly quantity?: number | undefined;
  /** Before tax, after discounts; never negative. */
  readonly totalCents: Cents;
  /** The cashier said that it earns nothing. */
  readonly isExcluded?: boolean | undefined;
}

export interface EarnBasket {
  readonly transactionDay: TransactionDay;
  readonly locationCode: string;
  readonly lines: readonly EarnLine[];
  readonly couponCodes: readonly string[];
}

/** Why a line earns no base Miles. */
export type ExclusionReason = 'cashier' | 'department' | 'category' | 'item' | 'no-base-offer';

/** A line with what became of it. */
export type SortedLine =
  | { readonly kind: 'excluded'; readonly line: EarnLine; readonly reason: ExclusionReason }
  | {
      readonly kind: 'eligible';
      readonly line: EarnLine;
      readonly base: BaseOffer;
      readonly multiplier: MultiplierOffer | undefined;
    };

export type OfferState = 'applies' | 'outside-window' | 'other-location';

/** 1 is Monday, 7 Sunday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function isOpen({ from, until, weekdays }: Window, day: string): boolean {
  return from <= day && day <= until && (weekdays?.includes(weekdayOf(day)) ?? true);
}

/** Whether an offer holds on the basket's day and at its location. */
export function stateOf(offer: Offer, { transactionDay, locationCode }: EarnBasket): OfferState {
  if (offer.locationCodes?.includes(locationCode) === false) return 'other-location';
  const isToday = offer.windows?.some((window) => isOpen(window, transactionDay)) ?? true;
  return isToday ? 'applies' : 'outside-window';
}

function matchIn(scope: Scope | undefined, line: EarnLine): 'department' | 'category' | 'item' | undefined {
  const has = (ids: readonly string[] | undefined, id: string | undefined): boolean =>
    id !== undefined && ids?.includes(id) === true;
  if (has(scope?.departmentIds, line.departmentId)) return 'department';
  if (has(scope?.categoryIds, line.categoryId)) return 'category';
  return has(scope?.itemIds, line.itemId) ? 'item' : undefined;
}

/** Whether an offer is about a line, its own exclusions taken out. */
export function covers(offer: Offer, line: EarnLine): boolean {
  if (matchIn(offer.exclusions, line) !== undefined) return false;
  switch (offer.kind) {
    case 'base':
    case 'multiplier':
      return offer.only === undefined || matchIn(offer.only, line) !== undefined;
    case 'bonus':
      return offer.trigger.kind === 'items' && matchIn(offer.trigger.of, line) !== undefined;
    default:
      return assertNever(offer);
  }
}

/** Why a line earns nothing at all, bonus offers included, if so. */
export function exclusionOf(line: EarnLine, table: OfferTable): ExclusionReason | undefined {
  return line.isExcluded === true ? 'cashier' : matchIn(table.exclusions, line);
}

/**
 * Gives each line to one base offer, the first that covers it, and to one multiplier of it, the highest. Every line is
 * judged by itself, so that a basket split in two is judged the same way.
 */
export function sortLine(line: EarnLine, table: OfferTable, offers: readonly Offer[]): SortedLine {
  const reason = exclusionOf(line, table);
  if (reason !== undefined) return { kind: 'excluded', line, reason };
  const base = offers.find((offer) => offer.kind === 'base' && covers(offer, line));
  if (base?.kind !== 'base') return { kind: 'excluded', line, reason: 'no-base-offer' };
  const multipliers = offers.filter((offer) => offer.kind === 'multiplier');
  const [multiplier] = multipliers
    .filter((offer) => offer.baseOfferCode === base.offerCode && covers(offer, line))
    .toSorted((left, right) => right.times - left.times);
  return { kind: 'eligible', line, base, multiplier };
}
