import type { TracedOperation } from './trace.ts';

/** Picks `count` of `from`, each at most once. */
function pick(from: readonly number[], count: number, random: () => number): number[] {
  const left = [...from];
  const taken: number[] = [];
  while (taken.length < count && left.length > 0) {
    taken.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return taken;
}

/**
 * At which moments the power goes, as the number of operations done by then, in order: just before syncs (most hangs in
 * the cache), just after something was told (nothing told may be lost), before anything was told (files are being made),
 * and anywhere. A quarter each, as far as there are that many.
 */
export function chooseStops(
  operations: readonly TracedOperation[],
  count: number,
  random: () => number,
): readonly number[] {
  const where = (kind: TracedOperation['kind'], after: number): number[] =>
    operations.flatMap((operation, index) => (operation.kind === kind ? [index + after] : []));
  const everywhere = Array.from({ length: operations.length + 1 }, (_, index) => index);
  const [firstTold = everywhere.length] = where('told', 0);
  const chosen = new Set<number>();
  const take = (from: readonly number[], wanted: number): void => {
    const left = from.filter((index) => !chosen.has(index));
    for (const index of pick(left, Math.min(wanted, count - chosen.size), random)) chosen.add(index);
  };
  const share = Math.ceil(count / 4);
  take(where('sync', 0), share);
  take(where('told', 1), share);
  take(everywhere.slice(0, firstTold + 1), share);
  take(everywhere, count);
  return [...chosen].toSorted((left, right) => left - right);
}
