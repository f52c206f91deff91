import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeStart, type Attempt } from '../../../main/updates/attempt.ts';
import { openUpdateMemory } from '../../../main/updates/memory.ts';
import { planRollBack, type RollBackFacts, type RollBackPlan } from '../../../main/updates/roll-back.ts';
import { temporaryFolder } from '../../integration/journal/support.ts';

const attempt: Attempt = {
  from: '1.0.0',
  to: '2.0.0',
  startedAtMs: 1,
  copy: 'copy.sqlite',
  lastSeq: 40,
  isRehearsed: false,
  starts: 0,
  startsAllowed: 3,
};

describe('a start', () => {
  test.each<[string, Attempt | undefined, string | undefined, string, string]>([
    ['the very first', undefined, undefined, '1.0.0', 'known'],
    ['the version that stood', undefined, '1.0.0', '1.0.0', 'known'],
    ['a newer one that IT installed', undefined, '1.0.0', '2.0.0', 'unannounced'],
    ['an older one that IT installed', undefined, '2.0.0', '1.0.0', 'unannounced'],
    ['the new version', attempt, '1.0.0', '2.0.0', 'trial'],
    ['the new version for the last time', { ...attempt, starts: 2 }, '1.0.0', '2.0.0', 'trial'],
    ['the new version once too often', { ...attempt, starts: 3 }, '1.0.0', '2.0.0', 'roll-back'],
    [
      'the new version, where IT allows one',
      { ...attempt, starts: 1, startsAllowed: 1 },
      '1.0.0',
      '2.0.0',
      'roll-back',
    ],
    ['the old version: nothing was installed', attempt, '1.0.0', '1.0.0', 'not-installed'],
    ['the old version after the new one', { ...attempt, starts: 2 }, '1.0.0', '1.0.0', 'is-back'],
    ['a third version', { ...attempt, starts: 2 }, '1.0.0', '2.0.1', 'unannounced'],
  ])('of %s', (_, given, confirmed, version, kind) => {
    expect(judgeStart(given, confirmed, version).kind).toBe(kind);
  });
});

describe('a version that does not start', () => {
  const facts: RollBackFacts = {
    form: 'appimage',
    canReplace: true,
    isKeptWhole: true,
    wasPutBack: false,
    journal: 'not-needed',
  };
  const goesBack = { kind: 'put-back', restoresJournal: false } as const;
  const stays = (why: Extract<RollBackPlan, { kind: 'stay' }>['why']) => ({ kind: 'stay', why }) as const;

  test.each<[string, Partial<RollBackFacts>, RollBackPlan]>([
    ['an AppImage, the journal as it was', {}, goesBack],
    ['NSIS, the journal as it was', { form: 'nsis' }, goesBack],
    ['the journal brought over, nothing since', { journal: 'same' }, { ...goesBack, restoresJournal: true }],
    ['the journal brought over, sales since', { journal: 'recorded-since' }, stays('recorded-since')],
    ['no copy to go back to', { journal: 'unreadable' }, stays('journal-unreadable')],
    ['a folder of another user', { canReplace: false }, stays('needs-it')],
    ['a Debian package', { form: 'deb' }, stays('needs-it')],
    ['an MSI', { form: 'msi' }, stays('needs-it')],
    ['a disk image', { form: 'dmg' }, stays('needs-it')],
    ['nothing kept, or not whole', { isKeptWhole: false }, stays('nothing-kept')],
    ['an installer that did nothing', { wasPutBack: true }, stays('did-not-work')],
    // Whatever else: sales are never forgotten for a version.
    [
      'sales since, and nothing kept',
      { journal: 'recorded-since', isKeptWhole: false, canReplace: false },
      stays('recorded-since'),
    ],
  ])('%s', (_, given, plan) => {
    expect(planRollBack({ ...facts, ...given })).toEqual(plan);
  });
});

test('what is remembered survives a power cut, and a torn file counts as none', () => {
  const folder = join(temporaryFolder(), 'updates');
  const memory = openUpdateMemory(folder);
  expect([memory.attempt(), memory.known()]).toEqual([undefined, {}]);
  memory.keepAttempt(attempt);
  memory.learn({ confirmed: '1.0.0' });
  memory.learn({ failed: { version: '2.0.0', previous: '1.0.0' } });
  const later = openUpdateMemory(folder);
  expect(later.attempt()).toEqual(attempt);
  expect(later.known()).toEqual({ confirmed: '1.0.0', failed: { version: '2.0.0', previous: '1.0.0' } });
  writeFileSync(join(folder, 'attempt.json'), '{"from":');
  writeFileSync(join(folder, 'known.json'), '\0\0\0');
  expect([later.attempt(), later.known()]).toEqual([undefined, {}]);
});
