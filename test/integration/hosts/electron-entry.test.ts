import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Installation, TerminalOptions, TerminalStart } from '../../../main/hosts/host.ts';
import { Settings } from '../../../main/settings/schema.ts';
import { createFakeElectron } from './fake-electron.ts';
import { createScriptedTerminal } from './scripted-terminal.ts';

/** What Electron and the terminal were told, in order. */
let told: string[];
let folder: string;
const processEvents = ['uncaughtException', 'unhandledRejection', 'SIGINT', 'SIGTERM'] as const;
const argumentsBefore = process.argv;
let listenersBefore: ReadonlyMap<string, readonly unknown[]>;

beforeEach(async () => {
  told = [];
  folder = await mkdtemp(join(tmpdir(), 'milepost-entry-'));
  await mkdir(join(folder, 'out', 'renderer'), { recursive: true });
  await writeFile(join(folder, 'out', 'renderer', 'index.html'), '<!doctype html>');
  vi.stubGlobal(
    'process',
    Object.assign(Object.create(process), { argv: ['electron', '.', '--data', folder] }),
  );
  listenersBefore = new Map(processEvents.map((event) => [event, process.rawListeners(event)]));
});
afterEach(async () => {
  process.argv = argumentsBefore;
  for (const event of processEvents) {
    for (const listener of process.rawListeners(event)) {
      if (!listenersBefore.get(event)?.includes(listener))
        process.removeListener(event, listener as () => void);
    }
  }
  await rm(folder, { recursive: true });
});

const installation: Installation = {
  settings: Settings.parse({}),
  updateSubject: {
    copyJournal: async () => ({ file: 'copy.sqlite', lastSeq: 0 }),
    queue: async () => ({ due: 0, oldestDueAgeMs: 0 }),
    isSignedIn: () => false,
    isSaleOpen: () => false,
  },
};

/** Runs main/index.ts on a fake Electron; resolves when a window is loaded or the program has ended. */
async function startEntry({
  hasLock = true,
  refusal,
  isPackaged = false,
}: { hasLock?: boolean; refusal?: string; isPackaged?: boolean } = {}) {
  const electron = createFakeElectron();
  const settled = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<number>();
  const app = Object.assign(electron.app, {
    isPackaged,
    getPath: (name: string) => join(folder, name),
    setPath: (name: string, path: string) => void told.push(`setPath ${name} ${path.slice(folder.length)}`),
    requestSingleInstanceLock() {
      told.push('lock');
      return hasLock;
    },
    releaseSingleInstanceLock: () => void told.push('lock given up'),
    enableSandbox: () => void told.push('sandbox'),
    whenReady: () => Promise.resolve(),
    getVersion: () => '1.2.3',
    getAppPath: () => folder,
    quit() {
      told.push('quit');
      electron.app.emit('before-quit', { preventDefault: () => void told.push('quit waits') });
      settled.resolve();
    },
    exit(code: number) {
      told.push(`exit ${code}`);
      ended.resolve(code);
      settled.resolve();
    },
  });
  electron.app.on('web-contents-created', () => setImmediate(() => settled.resolve()));
  const dialog = {
    showErrorBox: (_title: string, message: string) => void told.push(`error box: ${message}`),
  };
  const startTerminal = async (options: TerminalOptions): Promise<TerminalStart> => {
    told.push(`terminal ${options.version}`);
    for (const { code, version } of options.updates?.notices ?? []) told.push(`${code} ${version}`);
    if (refusal !== undefined) return { kind: 'refused', code: 'journal-newer', message: refusal };
    const stop = async (): Promise<void> =>
      void told.push(`terminal stopped, ${electron.handlers.size} channels`);
    const devices = {
      suspend: () => void told.push('devices suspend'),
      resume: () => void told.push('devices resume'),
    };
    return { kind: 'started', terminal: { ...createScriptedTerminal(), installation, devices, stop } };
  };
  vi.resetModules();
  vi.doMock('electron', () => ({ ...electron.main, app, dialog }));
  vi.doMock('../../../main/terminal.ts', () => ({ startTerminal }));
  await import('../../../main/index.ts');
  await settled.promise;
  return { electron, app: app as EventEmitter, ended: ended.promise };
}

describe('Electron’s entry', () => {
  test('sandboxes everything, then starts the terminal and one window on the data folder it was given', async () => {
    const { electron } = await startEntry();
    expect(told).toEqual(['setPath userData /electron', 'lock', 'sandbox', 'terminal 1.2.3']);
    expect(electron.windows.map(({ loaded }) => loaded)).toEqual(['app://milepost/']);
    expect(electron.windows[0]?.options.webPreferences?.preload).toBe(
      join(folder, 'out', 'preload', 'preload.cjs'),
    );
  });

  test('starts nothing when another terminal holds the lock', async () => {
    await startEntry({ hasLock: false });
    expect(told).toEqual(['setPath userData /electron', 'lock', 'quit']);
  });

  test('a second start brings the window of the first to the front', async () => {
    const { app, electron } = await startEntry();
    app.emit('second-instance');
    expect(electron.windows[0]?.focus).toHaveBeenCalledOnce();
  });

  test('tells the devices when the machine sleeps and wakes, and listens no more once it is quitting', async () => {
    const { electron, app, ended } = await startEntry();
    electron.powerMonitor.emit('suspend');
    electron.powerMonitor.emit('resume');
    expect(told.slice(4)).toEqual(['devices suspend', 'devices resume']);
    app.emit('window-all-closed');
    await ended;
    expect(electron.powerMonitor.eventNames()).toEqual([]);
  });

  test('closing the last window stops the host, then the terminal, then ends', async () => {
    const { app, ended } = await startEntry();
    app.emit('window-all-closed');
    expect(await ended).toBe(0);
    expect(told.slice(4)).toEqual(['quit', 'quit waits', 'terminal stopped, 0 channels', 'exit 0']);
  });

  test('a terminal that refuses to start is said in a box, and ends', async () => {
    const { electron } = await startEntry({ refusal: 'A newer journal.' });
    expect(told.slice(4)).toEqual(['error box: A newer journal.', 'exit 1']);
    expect(electron.windows).toEqual([]);
  });

  describe('as an AppImage', () => {
    const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');
    const known = (): Promise<unknown> =>
      readFile(join(folder, 'updates', 'known.json'), 'utf8').then((text) => JSON.parse(text));

    /** 1.2.3 was installed in the place of 1.2.2, and came up `starts` times without getting anywhere. */
    async function failed(starts: number, isKept = true): Promise<string> {
      const program = join(folder, 'Milepost.AppImage');
      const before = `#!/bin/sh\necho "$@" > '${folder}/started'\n`;
      await mkdir(join(folder, 'updates'), { recursive: true });
      await writeFile(join(folder, 'kept'), isKept ? before : 'torn');
      await writeFile(program, 'the new version');
      await chmod(program, 0o755);
      const attempt = {
        from: '1.2.2',
        to: '1.2.3',
        startedAtMs: 1,
        lastSeq: 0,
        isRehearsed: false,
        starts,
        startsAllowed: 3,
        kept: { version: '1.2.2', file: join(folder, 'kept'), sha512: sha512(before), program },
      };
      await writeFile(join(folder, 'updates', 'attempt.json'), JSON.stringify(attempt));
      const argv = ['milepost', '--data', folder];
      const env = { ...process.env, APPIMAGE: program };
      Object.assign(process, { argv, env, resourcesPath: join(folder, 'resources') });
      return before;
    }

    test('believes a new version once its window stands', async () => {
      await failed(2);
      await startEntry({ isPackaged: true });
      await vi.waitFor(async () => expect(await known()).toEqual({ confirmed: '1.2.3', startsAllowed: 3 }), {
        timeout: 20_000,
      });
      expect(told).toEqual(['setPath userData /electron', 'lock', 'sandbox', 'terminal 1.2.3']);
    });

    test('puts the version before back after too many starts, gives up the lock, starts it and ends', async () => {
      const before = await failed(3);
      const { electron, ended } = await startEntry({ isPackaged: true });
      expect(await ended).toBe(0);
      expect(told.slice(3)).toEqual(['lock given up', 'exit 0']);
      expect(electron.windows).toEqual([]);
      expect(await readFile(join(folder, 'Milepost.AppImage'), 'utf8')).toBe(before);
      await vi.waitFor(
        async () => expect(await readFile(join(folder, 'started'), 'utf8')).toBe(`--data ${folder}\n`),
        { timeout: 20_000 },
      );
    });

    test('that can not go back starts all the same, and says how IT goes back when it is refused', async () => {
      await failed(3, false);
      await startEntry({ isPackaged: true, refusal: 'A newer journal.' });
      expect(told.slice(3, 5)).toEqual(['terminal 1.2.3', 'version-failing 1.2.3']);
      expect(told.at(-2)).toMatch(
        /^error box: A newer journal\.\n\nNo sale is lost\. .* 1\.2\.2 back: cp "1\.2\.2/,
      );
    });
  });

  test('a data folder that can not be written is said in a box, and ends', async () => {
    await writeFile(join(folder, 'logs'), 'a file in the place of a folder');
    await startEntry();
    expect(told.at(-2)).toMatch(/^error box: The data folder .* can not be written/);
    expect(told.at(-1)).toBe('exit 1');
  });
});
