import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { Settings } from '../../../main/settings/schema.ts';
import type { InstalledForm } from '../../../main/updates/installed-form.ts';
import { openUpdateMemory } from '../../../main/updates/memory.ts';
import { createUpdater, type Installer, type UpdateSubject } from '../../../main/updates/updater.ts';
import { temporaryFolder } from '../../integration/journal/support.ts';
import { createManualClock } from '../manual-clock.ts';

const always = { mode: 'on', windowFrom: '00:00', windowTo: '00:00' };

function rig(
  given: {
    readonly subject?: Partial<UpdateSubject>;
    readonly installer?: Partial<Installer>;
    readonly form?: Partial<InstalledForm>;
    readonly updates?: object;
  } = {},
) {
  const folder = temporaryFolder();
  const program = join(folder, 'Milepost.AppImage');
  writeFileSync(program, 'version 1.0.0');
  const steps: string[] = [];
  const said: string[] = [];
  const installer: Installer = {
    check: async () => '2.0.0',
    download: async () => void steps.push('download'),
    install: async () => void steps.push('install'),
    ...given.installer,
  };
  const subject: UpdateSubject = {
    copyJournal: async () => {
      steps.push('copy');
      return { file: 'copy.sqlite', lastSeq: 40 };
    },
    queue: async () => ({ due: 0, oldestDueAgeMs: 0 }),
    isSignedIn: () => false,
    isSaleOpen: () => false,
    ...given.subject,
  };
  const manual = createManualClock();
  const memory = openUpdateMemory(join(folder, 'updates'));
  const updater = createUpdater({
    installer,
    subject,
    memory,
    form: { kind: 'appimage', program, ownInstaller: program, canReplace: true, ...given.form },
    settings: Settings.parse({ updates: given.updates ?? always }),
    version: '1.0.0',
    clock: manual.clock,
    log: createLog({ write: (line: string) => void said.push(JSON.parse(line).event) }),
  });
  return { updater, steps, memory, folder, manual, said };
}

describe('the updater', () => {
  test('downloads, copies the journal, keeps what puts this version back, then installs', async () => {
    const { updater, steps, memory } = rig();
    await updater.look();
    expect(steps).toEqual(['download', 'copy', 'install']);
    const attempt = memory.attempt();
    expect(attempt).toMatchObject({
      from: '1.0.0',
      to: '2.0.0',
      copy: 'copy.sqlite',
      lastSeq: 40,
      isRehearsed: false,
      startsAllowed: 3,
    });
    expect(readFileSync(attempt?.kept?.file ?? '', 'utf8')).toBe('version 1.0.0');
    expect(updater.view().state).toBe('installing');
  });

  test('that finds a sale begun while the journal was copied lets it be', async () => {
    let looks = 0;
    const { updater, steps, memory } = rig({
      subject: {
        isSaleOpen: () => {
          looks += 1;
          return looks > 1;
        },
      },
    });
    await updater.look();
    expect(steps).toEqual(['download', 'copy']);
    expect(memory.attempt()).toBeUndefined();
    expect(updater.view()).toMatchObject({ state: 'sale-open', offered: '2.0.0' });
  });

  test('that is stopped installs nothing', async () => {
    const { updater, steps } = rig();
    updater.stop();
    await updater.look();
    expect(steps).toEqual(['download']);
    expect(updater.view().state).toBe('stopping');
  });

  test('does not fetch a version that failed here', async () => {
    const { updater, steps, memory } = rig();
    memory.learn({ failed: { version: '2.0.0', previous: '1.0.0' } });
    await updater.look();
    expect(steps).toEqual([]);
    expect(updater.view()).toMatchObject({ state: 'failed-before', offered: '2.0.0' });
  });

  test('installs nothing when the journal can not be copied, and says so', async () => {
    const { updater, steps, memory, said } = rig({
      subject: { copyJournal: () => Promise.reject(new Error('The audit chain of the copy is broken at 7')) },
    });
    await updater.look();
    expect(steps).toEqual(['download']);
    expect(memory.attempt()).toBeUndefined();
    expect(updater.view().state).toBe('copy-failed');
    expect(said).toContain('update-copy-failed');
  });

  test('installs nothing when what puts this version back can not be kept', async () => {
    const { updater, steps, folder } = rig();
    mkdirSync(join(folder, 'updates'));
    writeFileSync(join(folder, 'updates', 'previous'), 'a file in the place of a folder');
    await updater.look();
    expect(steps).toEqual(['download', 'copy']);
    expect(updater.view().state).toBe('copy-failed');
  });

  test('fetches nothing where only IT may install, and says what is offered', async () => {
    const { updater, steps } = rig({ form: { kind: 'deb', canReplace: false } });
    await updater.look();
    expect(steps).toEqual([]);
    expect(updater.view()).toMatchObject({ state: 'needs-it', offered: '2.0.0' });
  });

  test.each(['off', 'it-tool'] as const)('asks nobody when updates are %s', async (mode) => {
    const { updater, steps, manual } = rig({
      updates: { ...always, mode },
      installer: { check: () => Promise.reject(new Error('asked')) },
    });
    updater.start();
    expect(manual.pendingTimers()).toBe(0);
    await updater.look();
    expect(steps).toEqual([]);
    expect(updater.view().state).toBe(mode);
  });

  test('waits for the store’s turn', async () => {
    const { updater, steps } = rig({ updates: { ...always, rolloutPercent: 0 } });
    await updater.look();
    expect(steps).toEqual([]);
    expect(updater.view()).toMatchObject({ state: 'rollout', offered: '2.0.0' });
  });

  test('says when there is nothing newer, and when the address does not answer', async () => {
    const newest = rig({ installer: { check: async () => undefined } });
    await newest.updater.look();
    expect(newest.updater.view().state).toBe('nothing-newer');
    const unreachable = rig({ installer: { check: () => Promise.reject(new Error('ENOTFOUND')) } });
    await unreachable.updater.look();
    expect(unreachable.updater.view().state).toBe('unreachable');
    expect(unreachable.said).toContain('update-not-fetched');
  });

  test('leaves a version whose installer did nothing alone for a night', async () => {
    const { updater, steps, memory, manual } = rig();
    memory.learn({ notInstalled: { version: '2.0.0', atMs: manual.clock.nowMs() } });
    await updater.look();
    expect(steps).toEqual(['download']);
    expect(updater.view().state).toBe('not-installed');
    manual.advance(24 * 3_600_000);
    await updater.look();
    expect(steps).toEqual(['download', 'copy', 'install']);
  });
});
