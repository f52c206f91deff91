import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSettings } from '../../../main/settings/read.ts';
import { Settings } from '../../../main/settings/schema.ts';

const defaults = Settings.parse({});

describe('a settings file', () => {
  test('that is empty gives every default', () => {
    expect(readSettings('{}', 'settings.json')).toEqual({ settings: defaults, notices: [] });
  });

  test('may hold comments and a byte order mark', () => {
    const { settings, notices } = readSettings(
      '\uFEFF{ // ours\n "store": { "lane": "7", }, }',
      'settings.json',
    );
    expect(settings.store.lane).toBe('7');
    expect(notices).toEqual([]);
  });

  test('with a misspelt key says which, where, and what was probably meant; the rest holds', () => {
    const text = '{\n  "store": {\n    "provnce": "QC",\n    "number": "1100"\n  }\n}';
    const { settings, notices } = readSettings(text, 'settings.json');
    expect(settings.store).toMatchObject({ number: '1100', province: 'ON' });
    expect(notices).toEqual([
      {
        id: 'setting-1',
        code: 'setting-refused',
        file: 'settings.json',
        line: 3,
        key: 'store.provnce',
        reason: { code: 'no-such-setting-meant', values: { meant: 'province' } },
      },
    ]);
  });

  test.each([
    ['{"store":{"province":"Ontario"}}', 'store.province', 'not-allowed'],
    ['{"sale":{"amountLimitCents":-5}}', 'sale.amountLimitCents', 'number-low'],
    ['{"sale":"none"}', 'sale', 'group-expected'],
    ['{"airmiles":{"baseUrl":"http://example.invalid"}}', 'airmiles.baseUrl', 'https-address'],
    ['{"airmiles":{"headers":{"Authorization":"Bearer x"}}}', 'airmiles.headers.Authorization', 'own-header'],
    [
      '{"airmiles":{"headers":{"X-Store":"1\\r\\nX-Other: 2"}}}',
      'airmiles.headers.X-Store',
      'header-characters',
    ],
    ['{"airmiles":{"apiKeyHeader":"Idempotency-Key"}}', 'airmiles.apiKeyHeader', 'own-header'],
    ['{"airmiles":{"proxy":"socks5://proxy.example"}}', 'airmiles.proxy', 'proxy-address'],
    ['{"airmiles":{"proxy":"http://till:secret@proxy.example"}}', 'airmiles.proxy', 'proxy-password'],
    ['{"environment":"prod"}', 'environment', 'not-allowed'],
    ['{"taxes":{"ON":[{"from":"yesterday"}]}}', 'taxes.ON.0.from', 'day'],
    ['{"collectorNumber":{"startsWith":"x"}}', 'collectorNumber.startsWith', 'six-digits'],
  ])('with a wrong value keeps the default and names the key and why: %s', (text, key, code) => {
    const { settings, notices } = readSettings(text, 'settings.json');
    expect(settings).toEqual(defaults);
    expect(notices.map(({ reason, ...notice }) => [notice.key, reason.code])).toEqual([[key, code]]);
    expect(notices[0]?.line).toBe(1);
  });

  test.each([
    '',
    'hello',
    '[1,2]',
    '"text"',
    'null',
    '{"store":',
    '{"store":{"lane":"3"},,}',
    '\0\0\0\0',
    '{"a":1',
  ])('that is broken (%j) still gives a terminal that works, and a notice', (text) => {
    const { settings, notices } = readSettings(text, 'settings.json');
    expect(Settings.safeParse(settings).success).toBe(true);
    if (text !== 'null') expect(notices.length).toBeGreaterThan(0);
  });

  test('of any text or JSON at all never throws and always gives valid settings', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant('{"store":{"store":{}}}')), (text) => {
        expect(Settings.safeParse(readSettings(text, 'x').settings).success).toBe(true);
      }),
    );
  });

  test('that tries to reach the prototype changes nothing', () => {
    const { settings } = readSettings(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      'x',
    );
    expect(settings).toEqual(defaults);
    expect('polluted' in {}).toBe(false);
  });
});
