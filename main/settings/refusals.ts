import type { z } from 'zod';
import { reasonOfIssue } from '../../shared/domain/issue-reason.ts';
import { reason, type Reason } from '../../shared/domain/reasons.ts';
import type { Path } from './json-text.ts';
import { valueAt } from './keys.ts';
import { nearestWord } from './nearest-word.ts';
import { Settings } from './schema.ts';

export interface Refusal {
  readonly path: Path;
  readonly reason: Reason;
}

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

function refusalsOf(issue: z.core.$ZodIssue, tree: unknown): Refusal[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code !== 'unrecognized_keys') {
    const isThere = valueAt(tree, path.map(String)) !== undefined;
    return [{ path, reason: reasonOfIssue(issue, isThere) }];
  }
  return issue.keys.map((key) => {
    const meant = nearestWord(key, keysBeside(path));
    const given =
      meant === undefined ? reason('no-such-setting') : reason('no-such-setting-meant', { meant });
    return { path: [...path, key], reason: given };
  });
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
    const found = result.error.issues.flatMap((issue) => refusalsOf(issue, tree));
    for (const refusal of found) {
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
