import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decideUpdate,
  isInRollout,
  isInWindow,
  minutesOf,
  rolloutPlace,
  type UpdateFacts,
} from '../../../main/updates/decide.ts';

const quietNight: UpdateFacts = {
  mode: 'on',
  canReplace: true,
  ready: '2.0.0',
  failedVersion: undefined,
  notInstalledAgoMs: undefined,
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
    ['needs-it', { canReplace: false }],
    ['nothing-ready', { ready: undefined }],
    ['failed-before', { failedVersion: '2.0.0' }],
    ['not-installed', { notInstalledAgoMs: 0 }],
    ['not-installed', { notInstalledAgoMs: 20 * 3_600_000 - 1 }],
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
    ['an installer that did nothing the night before', { notInstalledAgoMs: 20 * 3_600_000 }],
    ['the first minute of the window', { minuteOfDay: minutesOf('02:00') }],
  ])('does not wait for %s', (_, facts) => {
    expect(decideUpdate({ ...quietNight, ...facts }).kind).toBe('install');
  });

  test('that several things hold up says the one a person can do least about first', () => {
    const everything: UpdateFacts = {
      mode: 'off',
      canReplace: false,
      ready: undefined,
      failedVersion: '2.0.0',
      notInstalledAgoMs: 0,
      minuteOfDay: minutesOf('12:00'),
      windowFrom: minutesOf('02:00'),
      windowTo: minutesOf('05:00'),
      isSignedIn: true,
      isSaleOpen: true,
      due: 1,
      oldestDueAgeMs: 1,
      oldestQueueMs: 0,
      isStopping: true,
    };
    const mended: Partial<UpdateFacts>[] = [
      { mode: 'on' },
      { canReplace: true },
      { ready: '2.0.0' },
      { failedVersion: undefined },
      { notInstalledAgoMs: undefined },
      { isStopping: false },
      { minuteOfDay: minutesOf('02:00') },
      { isSignedIn: false },
      { isSaleOpen: false },
      { due: 0 },
    ];
    let facts = everything;
    const said = mended.map((change) => {
      const decision = decideUpdate(facts);
      facts = { ...facts, ...change };
      return decision.kind === 'wait' ? decision.why : decision.kind;
    });
    expect(said).toEqual([
      'off',
      'needs-it',
      'nothing-ready',
      'failed-before',
      'not-installed',
      'stopping',
      'outside-window',
      'signed-in',
      'sale-open',
      'queue-too-old',
    ]);
    expect(decideUpdate(facts).kind).toBe('install');
  });

  test('is never installed with a sale open, somebody signed in, on the way out or outside the window', () => {
    const facts = fc.record({
      mode: fc.constantFrom('on' as const, 'off' as const, 'it-tool' as const),
      canReplace: fc.boolean(),
      ready: fc.constantFrom('2.0.0', undefined),
      failedVersion: fc.constantFrom('2.0.0', undefined),
      notInstalledAgoMs: fc.constantFrom(undefined, 0, 80_000_000),
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
        expect([given.isSignedIn, given.isSaleOpen, given.isStopping]).toEqual([false, false, false]);
        expect([given.mode, given.canReplace, given.ready]).toEqual(['on', true, '2.0.0']);
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
