import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { explainSettings } from '../../../main/settings/explain.ts';
import { isWholeObject, readJsonText } from '../../../main/settings/json-text.ts';
import { settingKeys, variableOf } from '../../../main/settings/keys.ts';
import { loadSettings, type LoadOptions } from '../../../main/settings/load.ts';
import { defaultPolicyFile } from '../../../main/settings/policy.ts';
import type { ReasonCode } from '../../../shared/domain/reasons.ts';
import { Settings } from '../../../main/settings/schema.ts';

const defaults = Settings.parse({});

/** A data folder with whatever files a test puts there, and the settings that come of it. */
function terminal(files: Readonly<Record<string, string | Uint8Array>>, environmentVariables = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dataFolder = join(folder, 'data');
  mkdirSync(dataFolder);
  const place = (name: string): string => join(name === 'terminal.json' ? dataFolder : folder, name);
  const write = (name: string, content: string | Uint8Array): void => writeFileSync(place(name), content);
  for (const [name, content] of Object.entries(files)) write(name, content);
  const load = (options: Partial<LoadOptions> = {}) =>
    loadSettings({
      dataFolder,
      settingsFile: place('store.json'),
      policyFile: place('policy.json'),
      environmentVariables,
      nowMs: Date.UTC(2026, 5, 1),
      canWrite: true,
      ...options,
    });
  return { folder, dataFolder, place, write, load };
}

const lane = (text: string): string => JSON.stringify({ store: { lane: text } });
const policy = (settings: object, locked: readonly string[] = []): string =>
  JSON.stringify({ settings, locked });
const none = { 'policy.json': '{}', 'store.json': '{}', 'terminal.json': '{}' };

describe('layers', () => {
  test.each([
    ['defaults', none, {}, '1'],
    ['policy', { ...none, 'policy.json': policy({ store: { lane: 'P' } }) }, {}, 'P'],
    ['store', { ...none, 'policy.json': policy({ store: { lane: 'P' } }), 'store.json': lane('S') }, {}, 'S'],
    ['terminal', { ...none, 'store.json': lane('S'), 'terminal.json': lane('T') }, {}, 'T'],
    ['environment', { ...none, 'terminal.json': lane('T') }, { MILEPOST_STORE_LANE: '007' }, '007'],
  ])('the highest that has a value holds: %s', (layer, files, variables, value) => {
    const { settings, origins, notices } = terminal(files, variables).load();
    expect(settings.store.lane).toBe(value);
    expect(origins.find(({ setting }) => setting.key === 'store.lane')?.holds.layer).toBe(layer);
    expect(notices).toEqual([]);
  });

  test('each key comes from its own layer, and what is hidden is known', () => {
    const { load, place } = terminal({
      'policy.json': policy({ store: { province: 'QC', lane: '4' } }),
      'store.json': '{\n  "store": {\n    "number": "1100",\n    "lane": "5"\n  }\n}',
      'terminal.json': lane('6'),
    });
    const { settings, origins } = load();
    expect(settings.store).toMatchObject({ province: 'QC', number: '1100', lane: '6' });
    const found = origins.find(({ setting }) => setting.key === 'store.lane');
    expect(found?.hides.map(({ layer, line, value }) => [layer, line, value])).toEqual([
      ['store', 4, '5'],
      ['policy', 1, '4'],
      ['defaults', undefined, '1'],
    ]);
    const explained = explainSettings(load(), 'en-CA');
    expect(explained).toContain(`store.number = "1100"   (store file: ${place('store.json')}, line 3)`);
    expect(explained).toContain(`    hides "5"   (store file: ${place('store.json')}, line 4)`);
  });

  test.each([
    ['the key', ['store.lane']],
    ['the group it is in', ['store']],
  ])('what the policy locks by %s no layer above it sets, and each is told', (_, locked) => {
    const { settings, notices, origins } = terminal(
      {
        'policy.json': policy({ store: { lane: 'P' } }, locked),
        'store.json': lane('S'),
        'terminal.json': lane('T'),
      },
      { MILEPOST_STORE_LANE: 'E' },
    ).load();
    expect(settings.store.lane).toBe('P');
    expect(notices.map(({ key, reason }) => [key, reason.code])).toEqual(
      Array.from({ length: 3 }, () => ['store.lane', 'locked']),
    );
    expect(origins.find(({ setting }) => setting.key === 'store.lane')?.isLocked).toBe(true);
  });

  test('a lock without a value locks the default; a lock on nothing is told', () => {
    const { settings, notices } = terminal({
      ...none,
      'policy.json': policy({}, ['store.lane', 'store.lanes']),
      'store.json': lane('S'),
    }).load();
    expect(settings.store.lane).toBe('1');
    expect(notices.map(({ key }) => key)).toEqual(['locked.1', 'store.lane']);
    expect(notices[0]?.reason).toEqual({ code: 'no-such-lock-meant', values: { meant: 'store.lane' } });
  });

  test('a wrong value is refused where it stands and the next layer down holds', () => {
    const { load, place } = terminal({
      ...none,
      'policy.json': policy({ store: { province: 'QC' } }),
      'store.json': '{\n "store": { "province": "Ontario" }\n}',
    });
    const { settings, notices } = load();
    expect(settings.store.province).toBe('QC');
    expect(notices).toMatchObject([{ file: place('store.json'), line: 2, key: 'store.province' }]);
  });

  test.each([
    ['MILEPOST_AIRMILES_CONNECT_TIMEOUT_MS', '250', 'airmiles.connectTimeoutMs', 250],
    ['MILEPOST_AIRMILES_BASE_URL', 'https://example.invalid', 'airmiles.baseUrl', 'https://example.invalid'],
    ['MILEPOST_AIRMILES_SPONSOR_CODES', '["A","B"]', 'airmiles.sponsorCodes', ['A', 'B']],
    ['MILEPOST_STORE_NUMBER', '0042', 'store.number', '0042'],
  ])('a variable sets its key: %s', (name, text, key, value) => {
    const { origins, notices } = terminal(none, { [name]: text }).load();
    const found = origins.find(({ setting }) => setting.key === key);
    expect(found?.holds).toMatchObject({ layer: 'environment', source: name, value });
    expect(notices).toEqual([]);
  });

  test('a wrong or misspelt variable is told, one of somebody else is not, and none is repeated', () => {
    const { settings, notices } = terminal(none, {
      MILEPOST_STORE_PROVINCE: 'Atlantis',
      MILEPOST_STORE_NUMBR: '77',
      MILEPOST_SOMETHING_ELSE_ALTOGETHER: '1',
      MILEPOST_CLIENT_SECRET: 'planted',
    }).load();
    expect(settings).toEqual(defaults);
    expect(notices.map(({ key }) => key)).toEqual(['store.province', 'MILEPOST_STORE_NUMBR']);
    expect(JSON.stringify(notices)).not.toContain('planted');
  });

  test('headers of a gateway are explained by name only', () => {
    const { load } = terminal({ ...none, 'store.json': '{"airmiles":{"headers":{"X-Key":"hush"}}}' });
    expect(explainSettings(load(), 'en-CA')).toContain('airmiles.headers = { X-Key: *** }');
    expect(explainSettings(load(), 'en-CA')).not.toContain('hush');
  });

  test('every key has its variable, no two the same, and a description in both languages', () => {
    const keys = settingKeys();
    expect(keys.length).toBeGreaterThan(45);
    expect(new Set(keys.map(({ key }) => variableOf(key))).size).toBe(keys.length);
    expect(keys.filter(({ description }) => description === undefined).map(({ key }) => key)).toEqual([]);
  });

  test.each([
    ['linux', {}, '/etc/milepost/policy.json'],
    ['darwin', {}, '/Library/Application Support/Milepost/policy.json'],
    ['win32', { ProgramData: 'D:\\Data' }, 'D:\\Data\\Milepost\\policy.json'],
  ] as const)('the policy lies where %s keeps such things', (platform, variables, file) => {
    expect(defaultPolicyFile(platform, variables)).toBe(file);
  });
});

const brokenFiles: ReadonlyArray<readonly [string, string | Uint8Array]> = [
  ['emptied', ''],
  ['zeroed', new Uint8Array(300)],
  ['cut short', '{"store":{"lane":"9'],
  ['overwritten with noise', new Uint8Array([0xff, 0xfe, 1, 2, 3, 0, 200, 100])],
  ['no object', '[1,2,3]'],
  ['10 MB', `{"store":{"lane":"${'9'.repeat(10_000_000)}"}}`],
  ['nested a hundred thousand deep', '{"a":'.repeat(100_000)],
];

/** What a person may put in the place of a settings file, and what the terminal says of it. */
const noText: ReadonlyArray<
  readonly [name: string, put: (file: string) => void, code: ReasonCode, line: number | undefined]
> = [
  [
    'UTF-16, as PowerShell writes it',
    (file) => writeFileSync(file, `\uFEFF${lane('9')}`, 'utf16le'),
    'file-utf-16',
    undefined,
  ],
  ['UTF-16 without a mark', (file) => writeFileSync(file, lane('9'), 'utf16le'), 'file-utf-16', undefined],
  [
    'Latin-1',
    (file) => writeFileSync(file, '{\n"store": {"lane": "9\u00e9"}}', 'latin1'),
    'file-not-utf-8',
    2,
  ],
  ['zeros', (file) => writeFileSync(file, new Uint8Array(300)), 'file-zeros', undefined],
  ['a folder', (file) => mkdirSync(file), 'file-folder', undefined],
  ['a byte larger than any', (file) => writeFileSync(file, ' '.repeat(1_000_001)), 'file-large', undefined],
  ['10 MB', (file) => writeFileSync(file, lane('9'.repeat(10_000_000))), 'file-large', undefined],
  ['a link to a device', (file) => symlinkSync('/dev/zero', file), 'file-device', undefined],
];

const firstFiles = ['store.json', 'policy.json'].flatMap((name) =>
  noText.map(([what, put, code, line]) => ({ name, what, put, code, line })),
);

test.each(firstFiles)('a first $name that is $what is named, once, and the terminal starts', (given) => {
  const { name, put, code, line } = given;
  const { load, place } = terminal(name === 'store.json' ? { 'policy.json': '{}' } : { 'store.json': '{}' });
  put(place(name));
  const { settings, notices } = load();
  expect(settings).toEqual(defaults);
  const where = { file: place(name), ...(line === undefined ? {} : { line }) };
  expect(notices).toEqual([
    {
      id: 'setting-1',
      code: 'settings-file-unreadable',
      ...where,
      reason: { code, values: expect.any(Object) },
    },
  ]);
});

describe('a file that was whole once', () => {
  test.each(brokenFiles)('and is %s now gives way to its copy, and it is told', (_, broken) => {
    const { load, write, place } = terminal({ ...none, 'store.json': lane('3') });
    expect(load().settings.store.lane).toBe('3');
    write('store.json', broken);
    const { settings, notices } = load();
    expect(settings.store.lane).toBe('3');
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ code: 'settings-file-unreadable', file: place('store.json') });
    expect(notices[0]?.reason.values['savedAt']).toBe('2026-06-01 00:00 UTC');
  });

  test.each(brokenFiles)('and is the terminal’s own, %s, is set aside and mended', (_, broken) => {
    const { load, write, place, dataFolder } = terminal(none);
    load().own.set('store.lane', 'T');
    expect(load().settings.store.lane).toBe('T');
    write('terminal.json', broken);
    expect(load().settings.store.lane).toBe('T');
    expect(JSON.parse(readFileSync(place('terminal.json'), 'utf8'))).toEqual({ store: { lane: 'T' } });
    expect(readdirSync(dataFolder).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
    // From here on it is as if nothing had been.
    expect(load().notices).toEqual([]);
  });

  test('a copy that is damaged itself is not believed', () => {
    const { load, write, dataFolder } = terminal({ ...none, 'store.json': lane('3') });
    load();
    const copy = join(dataFolder, 'settings-copies', 'store.json');
    writeFileSync(copy, readFileSync(copy, 'utf8').replace('\\"3\\"', '\\"4\\"'));
    write('store.json', '');
    expect(load().settings.store.lane).toBe('1');
  });

  test('what the terminal writes is for its owner only, and looking writes nothing', () => {
    const { load, place, dataFolder } = terminal({ ...none, 'store.json': lane('3') });
    load({ canWrite: false });
    expect(readdirSync(dataFolder)).toEqual(['terminal.json']);
    load().own.set('store.lane', 'T');
    for (const file of [place('terminal.json'), join(dataFolder, 'settings-copies', 'store.json')]) {
      if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });
});

test('whatever is in the files, the terminal has valid settings and names the file at fault', () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ maxLength: 400 }),
    fc.json(),
    // Whole files cut anywhere, and right keys with wrong types.
    fc.nat(60).map((end) => '{"store":{"number":"1100","lane":"3","province":"QC"}}'.slice(0, end)),
    fc
      .record({ store: fc.anything(), airmiles: fc.anything(), sale: fc.anything() })
      .map((tree) =>
        JSON.stringify(tree, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      ),
  );
  const { load, write, dataFolder, place } = terminal(none);
  fc.assert(
    fc.property(content, fc.constantFrom('policy.json', 'store.json', 'terminal.json'), (text, name) => {
      for (const each of Object.keys(none)) write(each, '{}');
      rmSync(join(dataFolder, 'settings-copies'), { recursive: true, force: true });
      write(name, text);
      const { settings, notices } = load();
      expect(Settings.safeParse(settings).success).toBe(true);
      expect(notices.every(({ file }) => file === place(name))).toBe(true);
      const isWhole = isWholeObject(
        readJsonText(typeof text === 'string' ? text : Buffer.from(text).toString('utf8')),
      );
      if (!isWhole) expect(notices.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
  // Three hundred terminals on a real disk: a limit against hanging, no measure.
}, 60_000);
