import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createRedactor } from '../../../main/diagnostics/redact.ts';
import { openSecrets, type SecretsOptions } from '../../../main/secrets/secrets.ts';
import { createKeptLog } from '../hosts/scripted-terminal.ts';

const SECRET = 'planted-secret-4713';

const unusedCall = (): never => {
  throw new Error('The synchronous calls block the window and are not used');
};

/** Electron's `safeStorage` on Linux, with a key of its own in the place of a keyring's. */
function fakeElectron(backend: string, key = randomBytes(32), isAvailable = true) {
  const safeStorage = {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    encryptStringAsync(text: string) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Promise.resolve(Buffer.concat([nonce, cipher.getAuthTag(), body]));
    },
    async decryptStringAsync(sealed: Buffer) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      const result = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
      return { result, shouldReEncrypt: false };
    },
    isEncryptionAvailable: unusedCall,
    encryptString: unusedCall,
    decryptString: unusedCall,
  };
  return { safeStorage };
}

/** The secrets of a folder as the Electron host opens them, with that `safeStorage`. */
async function openWith(electron: ReturnType<typeof fakeElectron>, dataFolder: string) {
  vi.resetModules();
  vi.doMock('electron', () => electron);
  const { createSafeStorageSealer } = await import('../../../main/hosts/electron/safe-storage.ts');
  const options: SecretsOptions = {
    dataFolder,
    sealer: createSafeStorageSealer(),
    environmentVariables: {},
    nowMs: Date.now,
    log: createKeptLog().log,
    redactor: createRedactor(),
    canWrite: true,
  };
  return openSecrets(options);
}

function provisioned(): string {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-safe-storage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'provisioning.json'), JSON.stringify({ 'client-secret': SECRET }), {
    mode: 0o600,
  });
  return folder;
}

test.runIf(process.platform === 'linux')(
  'safeStorage seals by its asynchronous calls, and the backend it chose is remembered with what it sealed',
  async () => {
    const folder = provisioned();
    const key = randomBytes(32);
    expect((await openWith(fakeElectron('gnome_libsecret', key), folder)).kind).toBe('open');
    const kept = readFileSync(join(folder, 'secrets.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ keptBy: 'gnome_libsecret' });
    expect(kept).not.toContain(SECRET);
    expect(existsSync(join(folder, 'provisioning.json'))).toBe(false);

    const again = await openWith(fakeElectron('gnome_libsecret', key), folder);
    expect(again.kind === 'open' && again.secrets.candidates('client-secret')).toEqual([SECRET]);
    // Another session’s keyring, even with the same key, is told apart and refused with both names.
    const other = await openWith(fakeElectron('kwallet6', key), folder);
    expect(other).toMatchObject({ kind: 'refused', code: 'secrets-other-backend' });
    expect(other.kind === 'refused' && other.message).toMatch(/gnome_libsecret.*kwallet6/);
  },
);

test.runIf(process.platform === 'linux').each([
  ['a backend that only scrambles', fakeElectron('basic_text')],
  ['none that answers', fakeElectron('gnome_libsecret', randomBytes(32), false)],
])('with %s nothing is kept, and the start says so', async (_, electron) => {
  const folder = provisioned();
  expect(await openWith(electron, folder)).toMatchObject({ kind: 'refused', code: 'seal-unavailable' });
  expect(existsSync(join(folder, 'secrets.json'))).toBe(false);
  expect(existsSync(join(folder, 'provisioning.json'))).toBe(true);
});
