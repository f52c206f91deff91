import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { createRedactor } from '../../../main/diagnostics/redact.ts';
import type { Sealer } from '../../../main/secrets/sealer.ts';
import { openSecrets, type SecretsOptions } from '../../../main/secrets/secrets.ts';
import { Settings } from '../../../main/settings/schema.ts';
import { createSimulator } from '../../../main/simulator/simulator.ts';
import { connectToIssuance } from '../../../main/uplink.ts';
import { saleOf } from '../airmiles/rig.ts';

const SECRET = 'planted-secret-4711';

/** A real seal with a key of its own, in the place of the operating system's. */
function createSealer(backend = 'test-keyring') {
  const key = randomBytes(32);
  const state = { backend, isAvailable: true, isStale: false, sealed: 0 };
  const sealer: Sealer = {
    backend: () => state.backend,
    isAvailable: () => Promise.resolve(state.isAvailable),
    seal(text) {
      state.sealed += 1;
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Promise.resolve(Buffer.concat([nonce, cipher.getAuthTag(), body]));
    },
    async open(given) {
      const sealed = Buffer.from(given);
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      const text = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
      return { text, isStale: state.isStale };
    },
  };
  return { sealer, state };
}

function someFolder() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'milepost-secrets-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  const lines: string[] = [];
  const redactor = createRedactor();
  const log = createLog({ write: (line: string) => lines.push(line) }, redactor);
  const file = (name: string): string => join(dataFolder, name);
  const open = (options: Partial<SecretsOptions> = {}) =>
    openSecrets({
      dataFolder,
      sealer: undefined,
      environmentVariables: {},
      nowMs: () => Date.parse('2026-06-01T00:00:00Z'),
      log,
      redactor,
      canWrite: true,
      ...options,
    });
  const opened = async (options: Partial<SecretsOptions> = {}) => {
    const opening = await open(options);
    if (opening.kind === 'refused') throw new Error(opening.message);
    return opening;
  };
  return { dataFolder, file, open, opened, lines, log };
}

const provision = (file: string, content: object): void =>
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });

describe('a provisioning file', () => {
  test('is sealed, shredded, and serves the next start; its content lies nowhere in plain text', async () => {
    const { sealer, state } = createSealer();
    const { file, opened, lines } = someFolder();
    provision(file('provisioning.json'), { 'client-secret': SECRET });
    const first = await opened({ sealer });
    expect(first.secrets.candidates('client-secret')).toEqual([SECRET]);
    expect(existsSync(file('provisioning.json'))).toBe(false);
    expect(state.sealed).toBe(1);
    expect(readFileSync(file('secrets.json'), 'utf8')).not.toContain(SECRET);
    const second = await opened({ sealer });
    expect(second.secrets.candidates('client-secret')).toEqual([SECRET]);
    expect(lines.join('')).not.toContain(SECRET);
  });

  test('in a host that seals nothing goes into a file that only its owner can read', async () => {
    const { file, opened } = someFolder();
    provision(file('provisioning.json'), { 'api-key': SECRET });
    const { secrets } = await opened();
    expect(secrets.candidates('api-key')).toEqual([SECRET]);
    expect(statSync(file('secrets.json')).mode & 0o777).toBe(0o600);
    expect(existsSync(file('provisioning.json'))).toBe(false);
  });

  test.each([
    ['half', '{\n"client-secret": ', 'json-value', 2],
    ['a list', '[]', 'file-no-object', undefined],
    ['empty', ' ', 'file-empty', undefined],
    ['misspelt', `{"client-secrt":"${SECRET}"}`, 'provisioning-name', 1],
    ['of a wrong type', `{"api-key": "${SECRET}",\n"client-secret": 12}`, 'provisioning-value', 2],
    ['UTF-16', Buffer.from(`\uFEFF{"client-secret":"${SECRET}"}`, 'utf16le'), 'file-utf-16', undefined],
    ['Latin-1', Buffer.from(`{\n"client-secret":"${SECRET}\u00e9"}`, 'latin1'), 'file-not-utf-8', 2],
    ['zeros', new Uint8Array(20), 'file-zeros', undefined],
  ])('that is %s stays, and the reason repeats nothing of it', async (_, content, code, line) => {
    const { file, opened } = someFolder();
    writeFileSync(file('provisioning.json'), content);
    const { notices } = await opened();
    expect(notices).toMatchObject([{ code: 'provisioning-refused', reason: { code } }]);
    expect(notices[0]?.line).toBe(line);
    expect(JSON.stringify(notices)).not.toContain(SECRET);
    expect(existsSync(file('provisioning.json'))).toBe(true);
  });
});

describe('nothing falls back to plain text', () => {
  test('without a seal the start is refused and the provisioning file stays as it is', async () => {
    const { sealer, state } = createSealer('basic_text');
    state.isAvailable = false;
    const { file, open } = someFolder();
    provision(file('provisioning.json'), { 'client-secret': SECRET });
    expect(await open({ sealer })).toMatchObject({ kind: 'refused', code: 'seal-unavailable' });
    expect(existsSync(file('secrets.json'))).toBe(false);
    expect(existsSync(file('provisioning.json'))).toBe(true);
  });

  test('where there is nothing to seal or to open, no seal is needed', async () => {
    const { sealer, state } = createSealer();
    state.isAvailable = false;
    expect((await someFolder().open({ sealer })).kind).toBe('open');
  });

  test.each([
    ['another backend', 'secrets-other-backend', createSealer('kwallet6').sealer],
    ['another key', 'secrets-not-opened', createSealer().sealer],
  ])('what %s sealed is refused', async (_, code, other) => {
    const { file, opened, open } = someFolder();
    provision(file('provisioning.json'), { 'client-secret': SECRET });
    await opened({ sealer: createSealer().sealer });
    expect(await open({ sealer: other })).toMatchObject({ kind: 'refused', code });
  });

  test('the environment carries no secret into a host that seals', async () => {
    const { sealer } = createSealer();
    const environmentVariables = { MILEPOST_CLIENT_SECRET: SECRET };
    const { secrets } = await someFolder().opened({ sealer, environmentVariables });
    expect(secrets.candidates('client-secret')).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('a file that others can read is refused', async () => {
    const { file, opened, open } = someFolder();
    provision(file('provisioning.json'), { 'client-secret': SECRET });
    await opened();
    chmodSync(file('secrets.json'), 0o640);
    const opening = await open();
    expect(opening).toMatchObject({ kind: 'refused', code: 'secrets-exposed' });
    expect(JSON.stringify(opening)).toContain('its permissions are 640');
  });

  test('what was sealed under a key since renewed is sealed again', async () => {
    const { sealer, state } = createSealer();
    const { file, opened } = someFolder();
    provision(file('provisioning.json'), { 'client-secret': SECRET });
    await opened({ sealer });
    const before = readFileSync(file('secrets.json'), 'utf8');
    state.isStale = true;
    await opened({ sealer });
    expect(readFileSync(file('secrets.json'), 'utf8')).not.toBe(before);
  });
});

describe('rotation', () => {
  test('keeps the old value until its date, and not a moment longer', async () => {
    const { sealer } = createSealer();
    const { opened } = someFolder();
    const { secrets } = await opened({ sealer });
    await secrets.enter({ name: 'client-secret', value: 'old-secret', oldAcceptedUntil: undefined });
    const until = '2026-07-01T00:00:00Z';
    await secrets.enter({ name: 'client-secret', value: 'new-secret', oldAcceptedUntil: until });
    expect(secrets.candidates('client-secret')).toEqual(['new-secret', 'old-secret']);
    expect(secrets.views()).toContainEqual({
      name: 'client-secret',
      state: 'sealed',
      oldAcceptedUntil: until,
    });
    const later = await opened({ sealer, nowMs: () => Date.parse(until) });
    expect(later.secrets.candidates('client-secret')).toEqual(['new-secret']);
  });

  test.each([
    ['before AIR MILES knows the new secret', ['not-yet-known', 'current']],
    ['after it', ['current', 'forgotten']],
  ])('sells on without a break %s', async (_, values) => {
    const simulator = await createSimulator();
    onTestFinished(() => simulator.stop());
    const { log, lines } = someFolder();
    const candidates = values.map((value) => (value === 'current' ? simulator.clientSecret : value));
    const uplink = await connectToIssuance({
      settings: Settings.parse({
        airmiles: { baseUrl: simulator.url, clientId: simulator.clientId, caFile: 'ca.pem' },
      }),
      secrets: { candidates: (name) => (name === 'client-secret' ? candidates : []) },
      readCaFile: () => simulator.caPem,
      log,
    });
    if (uplink.kind === 'refused') throw new Error(uplink.message);
    onTestFinished(() => uplink.close());
    const [collector = ''] = simulator.practiceCollectors;
    expect(await uplink.client.send(saleOf(collector), new AbortController().signal)).toMatchObject({
      status: 200,
    });
    expect(lines.some((line) => line.includes('token-by-older-secret'))).toBe(values[0] !== 'current');
  });
});
