import type { z } from 'zod';
import { reason, ReasonCode, type Reason } from './reasons.ts';

type Issue = z.core.$ZodIssue;

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

/**
 * What a schema found, as a reason. A rule of our own gives its code as the schema's message; a library's own words, which
 * know one language and may repeat what was refused, are never passed on. `isThere` says whether there is any value.
 */
export function reasonOfIssue(issue: Issue, isThere: boolean): Reason {
  const rule = ReasonCode.safeParse(issue.message);
  if (rule.success) return reason(rule.data);
  switch (issue.code) {
    case 'invalid_type':
      return reason(isThere ? (expected[issue.expected] ?? 'not-usable') : 'missing');
    case 'invalid_value':
      return reason('not-allowed', { allowed: issue.values.map(String).join(', ') });
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? reason('not-allowed', { allowed: issue.options.map(String).join(', ') })
        : reason('not-usable');
    case 'too_small':
      return limit(issue.origin, 'low', Number(issue.minimum));
    case 'too_big':
      return limit(issue.origin, 'high', Number(issue.maximum));
    case 'invalid_format':
      return reason(issue.format === 'date' ? 'day' : 'not-in-form');
    case 'invalid_key': {
      const [first] = issue.issues;
      return first === undefined ? reason('not-usable') : reasonOfIssue(first, true);
    }
    case 'unrecognized_keys':
      return reason('no-such-setting');
    default:
      return reason('not-usable');
  }
}
