import { hash } from 'node:crypto';

/** Numbers from 0 up to but not including 1, always the same ones for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The id of the nth thing made for a seed, in the form of a UUID v4. */
export function makeUuid(seed: number, count: number): string {
  const digits = hash('sha256', `${seed} ${count}`, 'hex');
  const variant = '89ab'[Number.parseInt(digits.slice(16, 17), 16) % 4] ?? '8';
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ];
  return parts.join('-');
}
