/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('There is nothing to take a median of');
  return (low + high) / 2;
}

/** The same things in a random order. */
export function shuffled<Thing>(things: readonly Thing[], random: () => number = Math.random): Thing[] {
  return things
    .map((thing) => ({ thing, place: random() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ thing }) => thing);
}

/** Runs every variant once a round, in a random order each time, and gives back each one's results in round order. */
export async function inRounds<Name extends string, Result>(
  rounds: number,
  variants: Readonly<Record<Name, (round: number) => Promise<Result> | Result>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(variants) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of shuffled(names)) results[name].push(await variants[name](round));
  }
  return results;
}

/** The middle of the round-by-round ratios: what disturbs a round disturbs both of its sides. */
export function medianRatio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, round) => value / (under[round] ?? Number.NaN)));
}
