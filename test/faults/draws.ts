import { createRandom } from '../../main/simulator/random.ts';

/** Draws of every kind from one seed. */
export function createDraws(seed: number) {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    random,
    /** A whole number from 0 up to `limit` - 1. */
    below,
    between: (from: number, to: number): number => from + below(to - from + 1),
    chance: (share: number): boolean => random() < share,
    pick: <Value>(values: readonly Value[]): Value => {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('Nothing to draw from');
      return value;
    },
    weighted: <Value>(shares: ReadonlyArray<readonly [Value, number]>): Value => {
      const total = shares.reduce((sum, [, share]) => sum + share, 0);
      let left = random() * total;
      for (const [value, share] of shares) {
        left -= share;
        if (left < 0) return value;
      }
      throw new Error('Nothing to draw from');
    },
    /** A UUID version 4, always the same ones for the same seed. */
    uuid: (): string => {
      const hex = Array.from({ length: 32 }, () => below(16).toString(16)).join('');
      const variant = '89ab'.charAt(below(4));
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    bytes: (length: number): Buffer => Buffer.from(Array.from({ length }, () => below(256))),
    seed: (): number => below(2 ** 31),
  };
}
export type Draws = ReturnType<typeof createDraws>;
