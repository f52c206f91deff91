import { makeCollectorNumber } from '../../shared/domain/collector-number.ts';
import { createRandom } from './random.ts';

/** A Collector who exists only here. A number that is none of them is unknown and refused. */
export type SimulatedCollector = {
  readonly collectorNumber: string;
  readonly balanceMiles: number;
} & (
  | { readonly state: 'active' }
  | { readonly state: 'closed' }
  /** Replaced by another account, which gets the Miles. */
  | { readonly state: 'merged'; readonly mergedInto: string }
);

/** `activeCount` active Collectors, then one closed and one merged into the first; the same ones for the same seed. */
export function makeCollectors(seed: number, activeCount: number): readonly SimulatedCollector[] {
  const random = createRandom(seed);
  const numbers = new Set<string>();
  while (numbers.size < activeCount + 2) numbers.add(makeCollectorNumber(random));
  const [survivor = ''] = numbers;
  return [...numbers].map((collectorNumber, index): SimulatedCollector => {
    const balanceMiles = Math.floor(random() * 5000);
    if (index < activeCount) return { collectorNumber, balanceMiles, state: 'active' };
    if (index === activeCount) return { collectorNumber, balanceMiles, state: 'closed' };
    return { collectorNumber, balanceMiles: 0, state: 'merged', mergedInto: survivor };
  });
}

export interface CollectorBook {
  /** The account that is meant, following a merge; undefined for a number nobody has. */
  find(
    collectorNumber: string,
  ): { readonly account: string; readonly state: 'active' | 'closed' } | undefined;
  /** Adds Miles and returns the new balance. */
  credit(account: string, milesAmount: number): number;
  balanceOf(account: string): number;
  list(): readonly SimulatedCollector[];
  /** Back to the balances of the beginning. */
  reset(): void;
}

export function createCollectorBook(collectors: readonly SimulatedCollector[]): CollectorBook {
  const byNumber = new Map(collectors.map((collector) => [collector.collectorNumber, collector]));
  const balances = new Map<string, number>();
  const reset = (): void => {
    for (const { collectorNumber, balanceMiles } of collectors) balances.set(collectorNumber, balanceMiles);
  };
  reset();
  const balanceOf = (account: string): number => balances.get(account) ?? 0;
  return {
    find(collectorNumber) {
      const collector = byNumber.get(collectorNumber);
      if (collector === undefined) return undefined;
      const account = collector.state === 'merged' ? byNumber.get(collector.mergedInto) : collector;
      if (account === undefined || account.state === 'merged') return undefined;
      return { account: account.collectorNumber, state: account.state };
    },
    credit(account, milesAmount) {
      const balanceMiles = balanceOf(account) + milesAmount;
      balances.set(account, balanceMiles);
      return balanceMiles;
    },
    balanceOf,
    reset,
    list: () =>
      collectors.map((collector) => ({ ...collector, balanceMiles: balanceOf(collector.collectorNumber) })),
  };
}
