import { closest, distance } from 'fastest-levenshtein';

/** The word a misspelt one was probably meant to be: within two edits or a third of its length, or none. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word.length > 60) return undefined;
  const best = closest(word, known);
  return distance(word, best) <= Math.max(2, Math.floor(word.length / 3)) ? best : undefined;
}
