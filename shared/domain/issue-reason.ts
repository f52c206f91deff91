import type { z } from 'zod';
import { reason, ReasonCode, type Reason } from './reasons.ts';

type Issue = z.core.$ZodIssue;

/** One thing a schema does not take: where, and why. */
export interface Refusal {
  readonly path: ReadonlyArray<string | number>;
  readonly reason: Reason;
}

const expected: Readonly<Record<string, ReasonCode>> = {
  string: 'text-expected',
  number: 'number-expected',
  int: 'whole-number-expected',
  boolean: 'yes-no-expected',
  array: 'list-expected',
  object: 'group-expected',
  record: 'group-expected',
};

function limit(origin: string, bound: 'low' | 'high', value: number): Reason {
  const values = bound === 'low' ? { minimum: value } : { maximum: value };
  if (origin === 'string') {
    const code = bound === 'high' ? 'text-long' : value === 1 ? 'text-empty' : 'text-short';
    return reason(code, values);
  }
  if (origin === 'array') return reason(bound === 'high' ? 'list-long' : 'list-short', values);
  return reason(bound === 'high' ? 'number-high' : 'number-low', values);
}

function oneOf(allowed: readonly unknown[]): Reason {
  return reason(allowed.length === 1 ? 'only-allowed' : 'not-allowed', {
    allowed: allowed.map(String).join(', '),
  });
}

/**
 * A rule of our own gives its code as the schema's message; a library's own words, which know one language and may repeat
 * what was refused, are never passed on.
 */
function reasonOf(issue: Issue, isThere: boolean): Reason {
  const rule = ReasonCode.safeParse(issue.message);
  if (rule.success) return reason(rule.data);
  switch (issue.code) {
    case 'invalid_type':
      return reason(isThere ? (expected[issue.expected] ?? 'not-usable') : 'missing');
    // Where nothing is given, the list of what may be still says the most.
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : reason('not-usable');
    case 'too_small':
      return limit(issue.origin, 'low', Number(issue.minimum));
    case 'too_big':
      return limit(issue.origin, 'high', Number(issue.maximum));
    case 'invalid_format':
      return reason(issue.format === 'date' ? 'day' : 'not-usable');
    case 'invalid_key': {
      const [first] = issue.issues;
      return first === undefined ? reason('not-usable') : reasonOf(first, true);
    }
    default:
      return reason('not-usable');
  }
}

function isThereAt(given: unknown, path: Refusal['path']): boolean {
  let value = given;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = Reflect.get(value, step);
  }
  return value !== undefined;
}

/** A whole number too large to count exactly is told twice: by that limit, which says little, and by the setting's own. */
function isToldBetter(issue: Issue, issues: readonly Issue[]): boolean {
  if ((issue.code !== 'too_big' && issue.code !== 'too_small') || issue.origin !== 'int') return false;
  const at = issue.path.join('.');
  return issues.some(
    (other) => other.code === issue.code && other.origin === 'number' && other.path.join('.') === at,
  );
}

/** What a schema found wrong in `given`, as reasons, each with its path; a key that is not known stands in the path. */
export function refusalsIn(issues: readonly Issue[], given: unknown): Refusal[] {
  return issues.flatMap((issue): Refusal[] => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key], reason: reason('no-such-setting') }));
    if (isToldBetter(issue, issues)) return [];
    return [{ path, reason: reasonOf(issue, isThereAt(given, path)) }];
  });
}
