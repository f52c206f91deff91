import { describe, expect, test } from 'vitest';
import { readEnvironmentLayer } from '../../../main/settings/environment.ts';
import { readJsonText } from '../../../main/settings/json-text.ts';
import type { ReasonCode } from '../../../shared/domain/reasons.ts';

describe('JSON as people write it', () => {
  test.each<[string, string, number, ReasonCode]>([
    ['a comma forgotten', '{"a":1\n"b":2}', 2, 'json-comma'],
    ['a colon forgotten', '{"a"\n1}', 2, 'json-colon'],
    ['a value forgotten', '{"a":\n}', 2, 'json-value'],
    ['a comma too many', '{"a":1,\n,"b":2}', 2, 'json-name'],
    ['a name without quotation marks', '{\na:1}', 2, 'json-word'],
    ['text in curly quotation marks', '{\n"a":“x”}', 2, 'json-word'],
    ['half a number', '{\n"a":1e}', 2, 'json-number'],
    ['text that does not end', '{\n"a":"x\n}', 2, 'json-text'],
    ['a Windows path as it is', '{\n"a":"C:\\Milepost"}', 2, 'json-escape'],
    ['a Windows path into users', '{\n"a":"C:\\users"}', 2, 'json-escape'],
    ['a brace forgotten', '{"a":1\n', 2, 'json-brace'],
    ['a bracket forgotten', '{"a":[1\n', 2, 'json-bracket'],
    ['a brace too many', '{"a":1}\n}', 2, 'json-end'],
    ['a comment that does not end', '{\n/* "a":1}', 2, 'json-comment'],
  ])('with %s is told where, and why', (_, text, line, code) => {
    expect(readJsonText(text).faults[0]).toEqual({ line, reason: { code, values: {} } });
  });

  test('may hold comments and a trailing comma, which a strict reader refuses', () => {
    const text = '{"a":1, // ours\n}';
    expect(readJsonText(text)).toMatchObject({ value: { a: 1 }, faults: [] });
    expect(readJsonText(text, 'strict').faults.map(({ reason }) => reason.code)).toContain(
      'json-no-comments',
    );
  });
});

describe('a variable', () => {
  test.each<[string, string, ReadonlyArray<readonly [string, ReasonCode]>]>([
    ['MILEPOST_SALE_MILES_LIMIT', 'many', [['sale.milesLimit', 'number-expected']]],
    ['MILEPOST_SALE_ASK_AGAIN_MINUTES', '1.5', [['sale.askAgainMinutes', 'whole-number-expected']]],
    ['MILEPOST_SALE_ASK_AGAIN_MINUTES', '1e20', [['sale.askAgainMinutes', 'number-high']]],
    ['MILEPOST_SOUNDS', 'oui', [['sounds', 'yes-no-expected']]],
    ['MILEPOST_STORE_LANE', 'x'.repeat(21), [['store.lane', 'text-long']]],
    ['MILEPOST_AIRMILES_BASE_URL', 'http://example.invalid', [['airmiles.baseUrl', 'https-address']]],
    ['MILEPOST_DEVICES_PRINTER', '{"connection":"serial"}', [['devices.printer.path', 'missing']]],
    [
      'MILEPOST_RECEIPTS_HEADING',
      '["A",7,""]',
      [
        ['receipts.heading.1', 'text-expected'],
        ['receipts.heading.2', 'text-empty'],
      ],
    ],
  ])('that can not be used is told by what is wrong in it: %s=%s', (name, text, told) => {
    const { notices } = readEnvironmentLayer({ [name]: text });
    expect(notices.map(({ file, key, reason }) => [file, key, reason.code])).toEqual(
      told.map((one) => [name, ...one]),
    );
  });
});
