import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';

/** electron-updater as far as the host uses it, with what it was told in order. */
function createFakeUpdater() {
  const told: string[] = [];
  const autoUpdater = Object.assign(new EventEmitter(), {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    allowPrerelease: true,
    logger: 'the console',
    setFeedURL: ({ url }: { url: string }) => void told.push(`feed ${url}`),
    checkForUpdates: vi.fn<() => Promise<unknown>>(),
    downloadUpdate: vi.fn<() => Promise<string[]>>(),
    quitAndInstall: (isSilent: boolean, isForceRunAfter: boolean) =>
      void told.push(`install ${isSilent} ${isForceRunAfter}`),
  });
  return { autoUpdater, told };
}

let fake: ReturnType<typeof createFakeUpdater>;

async function installer() {
  vi.resetModules();
  vi.doMock('electron-updater', () => ({ default: { autoUpdater: fake.autoUpdater } }));
  const { createElectronInstaller } = await import('../../../main/hosts/electron/updates.ts');
  return createElectronInstaller('https://updates.invalid/', {
    stop: async () => void fake.told.push('stopped'),
    restart: (cause) => void fake.told.push(`restart: ${String(cause)}`),
  });
}

beforeEach(() => {
  fake = createFakeUpdater();
});

test('nothing is downloaded unasked, and nothing is ever installed by quitting or going back', async () => {
  await installer();
  expect(fake.autoUpdater).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
    allowPrerelease: false,
    logger: null,
  });
  expect(fake.told).toEqual(['feed https://updates.invalid/']);
});

test('names a version only where it is newer', async () => {
  const { check } = await installer();
  fake.autoUpdater.checkForUpdates.mockResolvedValueOnce({
    isUpdateAvailable: true,
    updateInfo: { version: '2.0.0' },
  });
  expect(await check()).toBe('2.0.0');
  fake.autoUpdater.checkForUpdates.mockResolvedValueOnce({
    isUpdateAvailable: false,
    updateInfo: { version: '1.0.0' },
  });
  expect(await check()).toBeUndefined();
  fake.autoUpdater.checkForUpdates.mockResolvedValueOnce(null);
  expect(await check()).toBeUndefined();
});

test('installs silently once the terminal has stopped, and starts it again', async () => {
  const { install } = await installer();
  await install();
  expect(fake.told.slice(1)).toEqual(['stopped', 'install true true']);
});

test('starts the terminal again when the installer says or throws an error', async () => {
  const { install } = await installer();
  await install();
  fake.autoUpdater.emit('error', new Error('EACCES'));
  expect(fake.told.at(-1)).toBe('restart: Error: EACCES');
  fake.autoUpdater.quitAndInstall = () => {
    throw new Error('no file');
  };
  await install();
  expect(fake.told.at(-1)).toBe('restart: Error: no file');
});
