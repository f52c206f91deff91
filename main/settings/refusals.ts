import { refusalsIn, type Refusal } from '../../shared/domain/issue-reason.ts';
import { reason } from '../../shared/domain/reasons.ts';
import type { Path } from './json-text.ts';
import { nearestWord } from './nearest-word.ts';
import { Settings } from './schema.ts';

/** Takes one key out of a parsed settings tree; true when it was there. */
function remove(tree: unknown, path: Path): boolean {
  const last = path.at(-1);
  let parent: unknown = tree;
  for (const step of path.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null) return false;
    parent = Reflect.get(parent, step);
  }
  if (last === undefined || typeof parent !== 'object' || parent === null) return false;
  return Object.hasOwn(parent, last) && Reflect.deleteProperty(parent, last);
}

/** The keys the schema knows beside a misspelt one, to suggest the nearest. */
function keysBeside(path: Path): readonly string[] {
  let defaults: unknown = Settings.parse({});
  for (const step of path) {
    defaults = typeof defaults === 'object' && defaults !== null ? Reflect.get(defaults, step) : undefined;
  }
  return typeof defaults === 'object' && defaults !== null ? Object.keys(defaults) : [];
}

/** A refusal that also names the key that was probably meant. */
function withHint(refusal: Refusal): Refusal {
  const { path } = refusal;
  const key = path.at(-1);
  if (refusal.reason.code !== 'no-such-setting' || typeof key !== 'string') return refusal;
  const meant = nearestWord(key, keysBeside(path.slice(0, -1)));
  return meant === undefined ? refusal : { path, reason: reason('no-such-setting-meant', { meant }) };
}

/**
 * Takes everything that can not be used out of a parsed settings tree, key by key, and says what and why. What is left
 * is valid wherever it is put. The tree given is changed.
 */
export function refuseWrong(parsed: unknown): {
  readonly tree: object;
  readonly refusals: readonly Refusal[];
} {
  const refusals: Refusal[] = [];
  let tree = parsed ?? {};
  for (;;) {
    const result = Settings.safeParse(tree);
    if (result.success) return { tree, refusals };
    let removed = 0;
    for (const refusal of refusalsIn(result.error.issues, tree).map(withHint)) {
      const { path } = refusal;
      // A part of a value can not always be taken out by itself: then the whole value goes.
      const cut = [...path.keys()]
        .map((index) => path.slice(0, path.length - index))
        .find((part) => remove(tree, part));
      if (cut !== undefined) removed += 1;
      const key = path.join('.');
      // What is missing only because a part of it was taken out was told already.
      const isTold = refusals.some(({ path: told }) => `${told.join('.')}.`.startsWith(`${key}.`));
      if (!isTold) refusals.push(refusal);
    }
    // Nothing could be taken out (there is no object at all): nothing of it holds.
    if (removed === 0) tree = {};
  }
}
