// Crockford's alphabet: nothing in it is mistaken for something else on paper. Each group of four begins with a
// letter, so a reference never holds a long run of digits and is never taken for a card or product code.
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = `0123456789${LETTERS}`;

/** A new reference of twelve characters, such as `K7Q3M2XVT9PH`; `randomInteger(n)` gives 0 up to n - 1. */
export function makeReference(randomInteger: (below: number) => number): string {
  const pick = (from: string): string => from.charAt(randomInteger(from.length));
  const group = (): string => pick(LETTERS) + pick(CHARACTERS) + pick(CHARACTERS) + pick(CHARACTERS);
  return group() + group() + group();
}
