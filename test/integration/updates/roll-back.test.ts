import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { inspectJournal } from '../../../main/journal/inspect.ts';
import { Settings } from '../../../main/settings/schema.ts';
import { putInstallerBack } from '../../../main/updates/kept-installer.ts';
import { openUpdateMemory } from '../../../main/updates/memory.ts';
import { createUpdater } from '../../../main/updates/updater.ts';
import { createManualClock } from '../../unit/manual-clock.ts';
import { openedJournal, recorded, temporaryFolder } from '../journal/support.ts';

const fixture = join(import.meta.dirname, 'version-process.ts');

/** A terminal whose AppImage is a shell script, with seven sales that wait. */
async function installed() {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const program = join(folder, 'Milepost.AppImage');
  const journal = await openedJournal(join(data, 'journal'));
  for (let count = 0; count < 7; count += 1) await recorded(journal);

  const image = (version: string, how: string): string =>
    `#!/bin/sh\nAPPIMAGE='${program}' exec '${process.execPath}' --disable-warning=ExperimentalWarning '${fixture}' ${version} '${data}' ${how}\n`;
  const put = (version: string, how = 'well'): void => {
    writeFileSync(`${program}.new`, image(version, how));
    chmodSync(`${program}.new`, 0o755);
    renameSync(`${program}.new`, program);
  };
  const start = (): number | null => spawnSync(program, { stdio: 'inherit' }).status;
  const told = (): string[] => readFileSync(join(data, 'told.txt'), 'utf8').trim().split('\n');
  const memory = openUpdateMemory(join(data, 'updates'));

  /** The running 1.0.0 installs the next version as electron-updater would: by putting its file in the place of this. */
  const update = async (how: string): Promise<void> => {
    const updater = createUpdater({
      installer: {
        check: async () => '2.0.0',
        download: async () => undefined,
        install: async () => put('2.0.0', how),
      },
      subject: {
        copyJournal: async () => {
          const { file, lastSeq } = await journal.backUp(memory.folder, 3, Date.now());
          return { file, lastSeq };
        },
        queue: async () => ({ due: 0, oldestDueAgeMs: 0 }),
        isSignedIn: () => false,
        isSaleOpen: () => false,
      },
      memory,
      form: { kind: 'appimage', program, ownInstaller: program, canReplace: true },
      settings: Settings.parse({
        updates: { mode: 'on', windowFrom: '00:00', windowTo: '00:00', startsAllowed: 2 },
      }),
      version: '1.0.0',
      clock: createManualClock().clock,
      log: createLog({ write: () => undefined }),
    });
    await updater.look();
    await journal.close();
  };
  put('1.0.0');
  mkdirSync(data, { recursive: true });
  return { data, program, put, start, told, memory, update, journal };
}

/** The version before was started by the failing one, and outlives it. */
const standsAgain = (told: () => string[]): Promise<void> =>
  vi.waitFor(() => expect(told().at(-1)).toBe('1.0.0 stands'), { timeout: 20_000, interval: 50 });

const queueIsWhole = async (data: string): Promise<void> =>
  expect(await inspectJournal(join(data, 'journal'))).toMatchObject({
    kind: 'whole',
    transactions: 7,
    auditLines: 7,
    due: 7,
    lastSeq: 7,
  });

describe.runIf(process.platform === 'linux')('an update on a quiet night', { timeout: 60_000 }, () => {
  test('that stands is believed, and what was kept of the version before stays', async () => {
    const { data, start, told, memory, update } = await installed();
    await update('well');
    expect(start()).toBe(0);
    expect(told()).toEqual(['2.0.0 update-journal-rehearsed', '2.0.0 update-confirmed', '2.0.0 stands']);
    expect([memory.attempt(), memory.known().confirmed]).toEqual([undefined, '2.0.0']);
    expect(readdirSync(join(memory.folder, 'previous'))).toEqual(['milepost-1.0.0.AppImage']);
    await queueIsWhole(data);
  });

  test('that never comes up gives way to the version before, with the queue intact', async () => {
    const { data, program, start, told, memory, update } = await installed();
    const before = readFileSync(program);
    await update('crashes');
    expect([start(), start()]).toEqual([1, 1]);
    expect(start()).toBe(0);
    await standsAgain(told);
    expect(readFileSync(program).equals(before)).toBe(true);
    expect(told()).toEqual([
      '2.0.0 update-journal-rehearsed',
      '2.0.0 update-failed-to-start',
      '2.0.0 update-rolled-back',
      '1.0.0 update-taken-back',
      '1.0.0 stands',
    ]);
    expect(memory.known()).toMatchObject({
      confirmed: '1.0.0',
      failed: { version: '2.0.0', previous: '1.0.0' },
    });
    await queueIsWhole(data);
  });

  test('that brought the journal over before it died gives way, and its journal too', async () => {
    const { data, start, told, update } = await installed();
    await update('crashes-late');
    expect([start(), start(), start()]).toEqual([1, 1, 0]);
    await standsAgain(told);
    await queueIsWhole(data);
    expect(readdirSync(join(data, 'journal')).filter((name) => name.startsWith('newer-'))).toHaveLength(1);
  });

  test('whose migration loses a row gives way at its very first start, the journal untouched', async () => {
    const { data, start, told, update } = await installed();
    await update('loses');
    expect(start()).toBe(0);
    await standsAgain(told);
    expect(told().slice(0, 2)).toEqual(['2.0.0 update-journal-not-brought-over', '2.0.0 update-rolled-back']);
    expect(existsSync(join(data, 'journal', 'journal.sqlite.before-3'))).toBe(false);
    expect(readdirSync(join(data, 'journal')).filter((name) => name.startsWith('newer-'))).toEqual([]);
    await queueIsWhole(data);
  });

  test('that sent a sale before it died stays: going back would forget that', async () => {
    const { data, start, told, update } = await installed();
    await update('sells');
    expect([start(), start(), start()]).toEqual([1, 1, 1]);
    expect(told().slice(-2)).toEqual(['2.0.0 update-stays', '2.0.0 failing recorded-since: a newer version']);
    await queueIsWhole(data);
  });

  test('whose way back is damaged stays, and comes up when it can', async () => {
    const { start, told, memory, update, put } = await installed();
    await update('crashes');
    const kept = memory.attempt()?.kept?.file ?? '';
    writeFileSync(kept, readFileSync(kept).subarray(1));
    expect([start(), start(), start()]).toEqual([1, 1, 1]);
    expect(told().at(-1)).toMatch(/^2\.0\.0 failing nothing-kept/);
    put('2.0.0', 'well');
    expect(start()).toBe(0);
    expect(told().slice(-2)).toEqual(['2.0.0 update-confirmed', '2.0.0 stands']);
    expect(memory.known().failed).toBeUndefined();
  });

  test('whose installer did nothing is left alone for a night', async () => {
    const { start, told, memory, update, put } = await installed();
    await update('well');
    put('1.0.0');
    expect(start()).toBe(0);
    expect(told()).toEqual(['1.0.0 update-not-installed', '1.0.0 stands']);
    expect(memory.known().notInstalled?.version).toBe('2.0.0');
  });

  test('by IT’s own tool is supervised too', async () => {
    const { data, start, told, memory, put, journal } = await installed();
    await journal.close();
    expect(start()).toBe(0);
    put('2.0.0', 'crashes');
    expect([start(), start(), start()]).toEqual([1, 1, 1]);
    expect(told().at(-1)).toMatch(/^2\.0\.0 failing nothing-kept: cp "1\.0\.0\/Milepost\.AppImage"/);
    put('1.0.0');
    expect(start()).toBe(0);
    expect(told().slice(-2)).toEqual(['1.0.0 update-taken-back', '1.0.0 stands']);
    expect(memory.known().failed).toEqual({ version: '2.0.0', previous: '1.0.0' });
    await queueIsWhole(data);
  });
});

test('NSIS’s kept installer is run silently, and starts the terminal afterwards', () => {
  const kept = { version: '1.0.0', file: 'C:\\data\\milepost-1.0.0.exe', sha512: '' };
  expect(putInstallerBack(kept, ['--data', 'x'])).toEqual({
    program: kept.file,
    words: ['--updated', '/S', '--force-run'],
  });
});
