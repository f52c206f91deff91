import { describe, expect, test } from 'vitest';
import { createManualClock } from '../../unit/manual-clock.ts';
import { openedJournal, temporaryFolder } from '../journal/support.ts';
import { ANA_PIN, LUC_PIN, openOperators } from './support.ts';

describe('a wrong PIN', () => {
  test('is counted down, locks at the fifth, and the lock grows', async () => {
    const { setUpAna, idOf, handlers, advance, lineOf } = await openOperators(temporaryFolder());
    await setUpAna();
    const attempt = (pin = '0000') => handlers['operators.signIn']({ operatorId: idOf('Ana'), pin });
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await attempt()).toEqual({ kind: 'pin-wrong', triesLeft, waitMs: 0 });
    }
    expect(await attempt()).toEqual({ kind: 'pin-wrong', triesLeft: 0, waitMs: 30_000 });
    // Locked: not even the right one is looked at.
    expect(await attempt(ANA_PIN)).toEqual({ kind: 'locked-out', waitMs: 30_000 });
    advance(29_000);
    expect(await attempt(ANA_PIN)).toEqual({ kind: 'locked-out', waitMs: 1000 });
    advance(1000);
    expect(await attempt()).toEqual({ kind: 'pin-wrong', triesLeft: 0, waitMs: 60_000 });
    advance(60_000);
    expect(await attempt(ANA_PIN)).toEqual({ kind: 'signed-in' });
    // The right one begins the count anew.
    expect(await attempt()).toEqual({ kind: 'pin-wrong', triesLeft: 4, waitMs: 0 });
    expect((await lineOf('operator-locked-out')).map(({ detail }) => detail)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Ana', failures: 5, seconds: 30 }),
        expect.objectContaining({ name: 'Ana', failures: 6, seconds: 60 }),
      ]),
    );
  });

  test('locks over a restart too, and setting the clock ahead or back changes nothing of it', async () => {
    const folder = temporaryFolder();
    const before = await openOperators(folder);
    await before.setUpAna();
    const operatorId = before.idOf('Ana');
    for (let failure = 0; failure < 5; failure += 1) {
      await before.handlers['operators.approve']({ operatorId, pin: '0000' });
    }
    before.jump(86_400_000);
    expect(await before.handlers['operators.signIn']({ operatorId, pin: ANA_PIN })).toMatchObject({
      kind: 'locked-out',
      waitMs: 30_000,
    });
    before.jump(-86_400_000);
    await before.journal.close();

    const manual = createManualClock(before.clock.nowMs() + 10_000);
    const after = await openOperators(folder, {}, manual);
    expect(await after.handlers['operators.signIn']({ operatorId, pin: ANA_PIN })).toEqual({
      kind: 'locked-out',
      waitMs: 20_000,
    });
    after.advance(20_000);
    // What was wrong before the restart still counts.
    expect(await after.handlers['operators.signIn']({ operatorId, pin: '0000' })).toMatchObject({
      waitMs: 60_000,
    });
  });

  test('counts on the disk before it is looked at, so that what stops in between is no free guess', async () => {
    const folder = temporaryFolder();
    const journal = await openedJournal(folder);
    // A hash that can not be read stops the check in its middle, as pulling the plug does.
    const ana = {
      id: 'ana',
      name: 'Ana',
      role: 'manager',
      isActive: true,
      failures: 0,
      lockedUntilMs: 0,
    } as const;
    const note = { atMs: 1, what: 'operator-added', actor: 'Ana', detail: {} };
    await journal.saveOperator({ ...ana, pinHash: 'torn' }, note);
    await journal.close();
    const { handlers, journal: reopened } = await openOperators(folder);
    const attempt = handlers['operators.signIn']({ operatorId: 'ana', pin: ANA_PIN });
    await expect(attempt).rejects.toThrow('not in the form');
    expect((await reopened.operators())[0]?.failures).toBe(1);
  });

  test('gains nothing by many at once', async () => {
    const { setUpAna, idOf, handlers } = await openOperators(temporaryFolder());
    await setUpAna();
    const operatorId = idOf('Ana');
    const pins = [...Array.from({ length: 12 }, (_, index) => `500${index}`), ANA_PIN];
    const replies = await Promise.all(
      pins.map(async (pin) => await handlers['operators.signIn']({ operatorId, pin })),
    );
    const kinds = replies.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'pin-wrong')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'locked-out')).toHaveLength(8);
  });

  test('of one name after another makes everybody wait', async () => {
    const { setUpAna, handlers, signIn, idOf, advance } = await openOperators(temporaryFolder());
    await setUpAna(true);
    for (const name of ['Luc', 'Mia', 'Noé']) {
      await handlers['operators.add']({ name, role: 'cashier', pin: LUC_PIN });
    }
    for (const name of ['Luc', 'Mia', 'Noé']) {
      for (let failure = 0; failure < 4; failure += 1) await signIn(name, '0000');
    }
    const reply = await handlers['operators.signIn']({ operatorId: idOf('Ana'), pin: ANA_PIN });
    expect(reply).toEqual({ kind: 'too-many-tries', waitMs: 60_000 });
    advance(60_000);
    expect(await signIn('Ana', ANA_PIN)).toBe('signed-in');
  });
});

test('no PIN is in the log, the journal, an answer or an announcement', async () => {
  const shop = await openOperators(temporaryFolder());
  await shop.setUpAna(true);
  await shop.handlers['operators.add']({ name: 'Luc', role: 'cashier', pin: LUC_PIN });
  await shop.signIn('Luc', '4417');
  await shop.approve('Ana', ANA_PIN);
  await shop.handlers['operators.resetPin']({ operatorId: shop.idOf('Luc'), pin: '952713' });
  const written = JSON.stringify([
    shop.logLines,
    shop.announced,
    await shop.handlers['operators.list']({}),
    await Promise.all(
      ['operator-added', 'operator-pin-reset', 'operator-approved', 'operator-signed-in'].map(shop.lineOf),
    ),
  ]);
  expect(written).toContain('Luc');
  for (const secret of [ANA_PIN, LUC_PIN, '4417', '952713', 'scrypt']) expect(written).not.toContain(secret);
  const hashes = (await shop.journal.operators()).map(({ pinHash }) => pinHash);
  expect(hashes.every((hash) => hash.startsWith('$scrypt$'))).toBe(true);
});
