import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../main/diagnostics/log.ts';
import { Settings } from '../../../main/settings/schema.ts';
import {
  createAttemptFile,
  isComplete,
  judgeStart,
  STARTS_BEFORE_ROLL_BACK,
} from '../../../main/updates/attempt.ts';
import {
  decideUpdate,
  isInRollout,
  isInWindow,
  minutesOf,
  rolloutPlace,
  type UpdateFacts,
} from '../../../main/updates/decide.ts';
import { createUpdater, type Installer, type UpdateSubject } from '../../../main/updates/updater.ts';
import { createManualClock } from '../manual-clock.ts';

const quietNight: UpdateFacts = {
  mode: 'on',
  ready: '2.0.0',
  failedVersion: undefined,
  minuteOfDay: minutesOf('03:00'),
  windowFrom: minutesOf('02:00'),
  windowTo: minutesOf('05:00'),
  isSignedIn: false,
  isSaleOpen: false,
  due: 0,
  oldestDueAgeMs: 0,
  oldestQueueMs: 0,
  isStopping: false,
};

describe('an update', () => {
  test('is installed on a quiet night', () => {
    expect(decideUpdate(quietNight)).toEqual({ kind: 'install', version: '2.0.0' });
  });

  test.each<[string, Partial<UpdateFacts>]>([
    ['off', { mode: 'off' }],
    ['it-tool', { mode: 'it-tool' }],
    ['nothing-ready', { ready: undefined }],
    ['failed-before', { failedVersion: '2.0.0' }],
    ['stopping', { isStopping: true }],
    ['outside-window', { minuteOfDay: minutesOf('05:00') }],
    ['outside-window', { minuteOfDay: minutesOf('01:59') }],
    ['signed-in', { isSignedIn: true }],
    ['sale-open', { isSaleOpen: true }],
    ['queue-too-old', { due: 1, oldestDueAgeMs: 1 }],
    ['queue-too-old', { due: 3, oldestDueAgeMs: 7_200_001, oldestQueueMs: 7_200_000 }],
  ])('waits: %s', (why, facts) => {
    expect(decideUpdate({ ...quietNight, ...facts })).toEqual({ kind: 'wait', why });
  });

  test.each<[string, Partial<UpdateFacts>]>([
    ['a young queue', { due: 3, oldestDueAgeMs: 7_200_000, oldestQueueMs: 7_200_000 }],
    ['another version that failed', { failedVersion: '1.9.0' }],
    ['the first minute of the window', { minuteOfDay: minutesOf('02:00') }],
  ])('does not wait for %s', (_, facts) => {
    expect(decideUpdate({ ...quietNight, ...facts }).kind).toBe('install');
  });

  test('is never installed with a sale open, somebody signed in, on the way out or outside the window', () => {
    const facts = fc.record({
      mode: fc.constantFrom('on' as const, 'off' as const, 'it-tool' as const),
      ready: fc.constantFrom('2.0.0', undefined),
      failedVersion: fc.constantFrom('2.0.0', undefined),
      minuteOfDay: fc.nat(1439),
      windowFrom: fc.nat(1439),
      windowTo: fc.nat(1439),
      isSignedIn: fc.boolean(),
      isSaleOpen: fc.boolean(),
      due: fc.nat(5),
      oldestDueAgeMs: fc.nat(10_000),
      oldestQueueMs: fc.nat(10_000),
      isStopping: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (given) => {
        if (decideUpdate(given).kind !== 'install') return;
        expect([given.isSignedIn, given.isSaleOpen, given.isStopping, given.mode]).toEqual([
          false,
          false,
          false,
          'on',
        ]);
        expect(isInWindow(given.minuteOfDay, given.windowFrom, given.windowTo)).toBe(true);
        expect(given.due === 0 || given.oldestDueAgeMs <= given.oldestQueueMs).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['22:00', '04:00', '23:30', true],
  ['22:00', '04:00', '03:59', true],
  ['22:00', '04:00', '04:00', false],
  ['22:00', '04:00', '12:00', false],
  ['02:00', '02:00', '17:00', true],
])('a window from %s to %s at %s: %s', (from, to, at, isInside) => {
  expect(isInWindow(minutesOf(at), minutesOf(from), minutesOf(to))).toBe(isInside);
});

describe('a rollout', () => {
  const stores = Array.from({ length: 2000 }, (_, index) => String(index).padStart(4, '0'));

  test('reaches about as many stores as it says, and only ever more of them', () => {
    const reached = (percent: number): string[] =>
      stores.filter((store) => isInRollout(store, '2.0.0', percent));
    expect(reached(0)).toEqual([]);
    expect(reached(100)).toHaveLength(stores.length);
    expect(reached(10).length).toBeGreaterThan(140);
    expect(reached(10).length).toBeLessThan(260);
    const later = new Set(reached(35));
    expect(reached(10).every((store) => later.has(store))).toBe(true);
  });

  test('does not always begin with the same stores', () => {
    const first = (version: string) => stores.filter((store) => rolloutPlace(store, version) < 5);
    expect(first('2.0.0')).not.toEqual(first('2.1.0'));
  });
});

describe('the start after an update', () => {
  const attempt = { from: '1.0.0', to: '2.0.0', startedAtMs: 1, backup: 'b', transactions: 40, starts: 0 };
  test.each([
    ['no attempt', undefined, '2.0.0', 'none'],
    ['the new version', attempt, '2.0.0', 'first-start'],
    ['the old version: nothing was installed', attempt, '1.0.0', 'not-installed'],
    ['the new version once too often', { ...attempt, starts: STARTS_BEFORE_ROLL_BACK }, '2.0.0', 'roll-back'],
  ])('%s', (_, given, version, kind) => {
    expect(judgeStart(given, version).kind).toBe(kind);
  });

  test('counts its starts over power cuts, forgets a success, remembers a failure; a torn file is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'milepost-updates-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = createAttemptFile(folder);
    file.begin(attempt);
    for (let start = 0; start < STARTS_BEFORE_ROLL_BACK; start += 1) {
      const seen = createAttemptFile(folder).read();
      if (seen === undefined) throw new Error('The attempt is gone');
      expect(judgeStart(seen, '2.0.0').kind).toBe('first-start');
      file.countStart(seen);
    }
    expect(judgeStart(file.read(), '2.0.0').kind).toBe('roll-back');
    file.fail('2.0.0');
    expect([file.read(), file.failedVersion()]).toEqual([undefined, '2.0.0']);
    writeFileSync(join(folder, 'attempt.json'), '{"from":');
    expect(file.read()).toBeUndefined();
  });

  test('misses no transaction', () => {
    expect([39, 40, 41].map((count) => isComplete(attempt, count))).toEqual([false, true, true]);
  });
});

describe('the updater', () => {
  function rig(busy: Partial<UpdateSubject> = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'milepost-updates-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const steps: string[] = [];
    const installer: Installer = {
      check: () => Promise.resolve('2.0.0'),
      download: () => Promise.resolve(void steps.push('download')),
      install: () => void steps.push('install'),
    };
    const subject: UpdateSubject = {
      copyJournal: () => {
        steps.push('copy');
        return Promise.resolve({ file: 'copy.sqlite', transactions: 40 });
      },
      queue: () => Promise.resolve({ due: 0, oldestDueAgeMs: 0 }),
      isSignedIn: () => false,
      isSaleOpen: () => false,
      ...busy,
    };
    const attempts = createAttemptFile(folder);
    const updater = createUpdater({
      installer,
      subject,
      attempts,
      settings: Settings.parse({ updates: { mode: 'on', windowFrom: '00:00', windowTo: '00:00' } }),
      version: '1.0.0',
      clock: createManualClock().clock,
      log: createLog({ write: () => undefined }),
    });
    return { updater, steps, attempts };
  }

  test('downloads, copies the journal, remembers what it held, then installs', async () => {
    const { updater, steps, attempts } = rig();
    await updater.look();
    expect(steps).toEqual(['download', 'copy', 'install']);
    expect(attempts.read()).toMatchObject({
      from: '1.0.0',
      to: '2.0.0',
      backup: 'copy.sqlite',
      transactions: 40,
    });
  });

  test('that finds a sale begun while the journal was copied lets it be', async () => {
    let looks = 0;
    const { updater, steps, attempts } = rig({
      isSaleOpen: () => {
        looks += 1;
        return looks > 1;
      },
    });
    await updater.look();
    expect(steps).toEqual(['download', 'copy']);
    expect(attempts.read()).toBeUndefined();
  });

  test('that is stopped installs nothing', async () => {
    const { updater, steps } = rig();
    updater.stop();
    await updater.look();
    expect(steps).toEqual(['download']);
  });

  test('does not fetch a version that failed here', async () => {
    const { updater, steps, attempts } = rig();
    attempts.fail('2.0.0');
    await updater.look();
    expect(steps).toEqual([]);
  });
});
