import { takesBack, type TransactionKind } from './transaction-kind.ts';

/** What a day's transactions were for. */
export const dayGroups = ['issued', 'returned', 'corrected', 'recorded'] as const;
export type DayGroup = (typeof dayGroups)[number];

/** Where they stand. `parked` waits for a person; `closed` is nothing AIR MILES will hear of. */
export const dayStates = ['credited', 'accepted', 'stored', 'parked', 'closed'] as const;
export type DayState = (typeof dayStates)[number];

/** One figure of a day. Miles and money are negative where they were taken back. */
export interface DayFigure {
  readonly group: DayGroup;
  readonly state: DayState;
  readonly count: number;
  readonly milesAmount: number;
  /** How many of them have no Miles known yet. */
  readonly milesUnknown: number;
  readonly preTaxCents: number;
}

export interface DayOffer {
  readonly offerCode: string;
  readonly count: number;
  readonly issuedMiles: number;
  readonly returnedMiles: number;
}

type Counted = Omit<DayFigure, 'group' | 'state'> & {
  readonly kind: TransactionKind;
  readonly state: keyof typeof stateOf;
};

const groupOf: Readonly<Record<TransactionKind, DayGroup>> = {
  issue: 'issued',
  post: 'issued',
  return: 'returned',
  reverse: 'returned',
  'post-event': 'corrected',
  'reverse-event': 'corrected',
  record: 'recorded',
};

const stateOf = {
  credited: 'credited',
  accepted: 'accepted',
  due: 'stored',
  'needs-manager': 'parked',
  cancelled: 'closed',
  'written-off': 'closed',
} as const satisfies Record<string, DayState>;

/** A day's figures by what they were for and where they stand, in that order, empty ones left out. */
export function dayFiguresOf(totals: readonly Counted[]): DayFigure[] {
  return dayGroups.flatMap((group) =>
    dayStates.flatMap((state) => {
      const own = totals.filter((total) => groupOf[total.kind] === group && stateOf[total.state] === state);
      if (own.length === 0) return [];
      const sum = (value: (total: Counted) => number): number =>
        own.reduce((result, total) => result + value(total), 0);
      const signed = (value: (total: Counted) => number) => (total: Counted) =>
        takesBack(total.kind) ? 0 - value(total) : value(total);
      return [
        {
          group,
          state,
          count: sum(({ count }) => count),
          milesAmount: sum(signed(({ milesAmount }) => milesAmount)),
          milesUnknown: sum(({ milesUnknown }) => milesUnknown),
          preTaxCents: sum(signed(({ preTaxCents }) => preTaxCents)),
        },
      ];
    }),
  );
}

/** The same by offer code, without what was closed here. */
export function dayOffersOf(
  totals: ReadonlyArray<
    Pick<Counted, 'kind' | 'state' | 'count' | 'milesAmount'> & { readonly offerCode: string }
  >,
): DayOffer[] {
  const standing = totals.filter(({ state }) => stateOf[state] !== 'closed');
  return [...new Set(standing.map(({ offerCode }) => offerCode))].map((offerCode) => {
    const own = standing.filter((total) => total.offerCode === offerCode);
    const miles = (isBack: boolean): number =>
      own
        .filter(({ kind }) => takesBack(kind) === isBack)
        .reduce((result, { milesAmount }) => result + milesAmount, 0);
    return {
      offerCode,
      count: own.reduce((result, { count }) => result + count, 0),
      issuedMiles: miles(false),
      returnedMiles: 0 - miles(true),
    };
  });
}
