import { expect, test } from 'vitest';
import { createManualClock } from '../../unit/manual-clock.ts';
import { createKeptLog } from '../hosts/scripted-terminal.ts';
import { createRedactor } from '../../../main/diagnostics/redact.ts';
import { openSecrets } from '../../../main/secrets/secrets.ts';
import { temporaryFolder } from '../journal/support.ts';
import { ANA_PIN, LUC_PIN, openOperators } from './support.ts';

const DAY_MS = 86_400_000;

/** A store with operators over a real journal and the secrets of its own folder, as the terminal has them. */
async function openShop() {
  const manual = createManualClock();
  const opened = await openSecrets({
    dataFolder: temporaryFolder(),
    sealer: undefined,
    environmentVariables: {},
    nowMs: () => manual.clock.nowMs(),
    log: createKeptLog().log,
    redactor: createRedactor(),
    canWrite: true,
  });
  if (opened.kind === 'refused') throw new Error(opened.message);
  const { secrets } = opened;
  const operators = await openOperators(
    temporaryFolder(),
    { peppers: () => secrets.candidates('pin-pepper') },
    manual,
  );
  const enter = (value: string, acceptedForMs?: number): Promise<void> =>
    secrets.enter({
      name: 'pin-pepper',
      value,
      oldAcceptedUntil:
        acceptedForMs === undefined
          ? undefined
          : new Date(manual.clock.nowMs() + acceptedForMs).toISOString(),
    });
  /** How the hash of somebody's PIN is marked: with which pepper it was made. */
  const markOf = async (name: string): Promise<string | undefined> => {
    const row = (await operators.journal.operators()).find((one) => one.name === name);
    return /,k=([\w-]{8})\$/.exec(row?.pinHash ?? '')?.[1];
  };
  return { ...operators, enter, markOf };
}

test('a PIN from before there was a pepper stays good, and is kept with the pepper at the next sign-in', async () => {
  const shop = await openShop();
  await shop.setUpAna();
  expect(await shop.markOf('Ana')).toBeUndefined();
  await shop.enter('first-pepper');
  expect(await shop.signIn('Ana', '4417')).toBe('pin-wrong');
  // A wrong PIN renews nothing.
  expect(await shop.markOf('Ana')).toBeUndefined();
  expect(await shop.signIn('Ana', ANA_PIN)).toBe('signed-in');
  expect(await shop.markOf('Ana')).toMatch(/./);
  expect(await shop.signIn('Ana', ANA_PIN)).toBe('signed-in');
  expect(await shop.lineOf('operator-pin-rehashed')).toMatchObject([{ actor: 'Ana' }]);
});

test('a rotated pepper and the one before are both good until the date, and who signs in or approves is renewed', async () => {
  const shop = await openShop();
  await shop.enter('first-pepper');
  await shop.setUpAna(true);
  for (const name of ['Luc', 'Mia'])
    await shop.handlers['operators.add']({ name, role: 'manager', pin: LUC_PIN });
  const first = await shop.markOf('Ana');
  await shop.enter('second-pepper', DAY_MS);
  expect(await shop.signIn('Ana', ANA_PIN)).toBe('signed-in');
  expect(await shop.approve('Luc', LUC_PIN)).toBeDefined();
  const second = await shop.markOf('Ana');
  expect(second).not.toBe(first);
  expect([await shop.markOf('Luc'), await shop.markOf('Mia')]).toEqual([second, first]);
  shop.advance(DAY_MS);
  expect(await shop.signIn('Ana', ANA_PIN)).toBe('signed-in');
  expect(await shop.signIn('Luc', LUC_PIN)).toBe('signed-in');
  // Who never came in that time needs a new PIN, is told so, and is not taken for a guesser.
  for (let attempt = 0; attempt < 7; attempt += 1)
    expect(await shop.signIn('Mia', LUC_PIN)).toBe('pin-lapsed');
  expect((await shop.journal.operators()).find(({ name }) => name === 'Mia')?.failures).toBe(0);
  await shop.handlers['operators.resetPin']({ operatorId: shop.idOf('Mia'), pin: ANA_PIN });
  expect(await shop.signIn('Mia', ANA_PIN)).toBe('signed-in');
  expect(await shop.markOf('Mia')).toBe(second);
});

test('one’s own PIN is changed at the first try after a rotation too, and kept with the pepper in force', async () => {
  const shop = await openShop();
  await shop.enter('first-pepper');
  await shop.setUpAna();
  const operatorId = shop.idOf('Ana');
  const first = await shop.markOf('Ana');
  await shop.enter('second-pepper', DAY_MS);
  const reply = await shop.handlers['operators.provePin']({ operatorId, pin: ANA_PIN });
  if (reply.kind !== 'proven') throw new Error(reply.kind);
  const change = { operatorId, pin: LUC_PIN, proof: reply.proof };
  expect(await shop.handlers['operators.changePin'](change)).toEqual({ kind: 'done' });
  expect(await shop.markOf('Ana')).not.toBe(first);
  expect(await shop.signIn('Ana', LUC_PIN)).toBe('signed-in');
});

test('a new PIN given while the old one is renewed wins', async () => {
  const shop = await openShop();
  await shop.setUpAna(true);
  await shop.enter('first-pepper');
  const operatorId = shop.idOf('Ana');
  const before = (await shop.journal.operators())[0]?.pinHash ?? '';
  await shop.handlers['operators.resetPin']({ operatorId, pin: '82640' });
  const given = (await shop.journal.operators())[0]?.pinHash;
  const note = { atMs: 1, what: 'operator-pin-rehashed', actor: 'Ana', detail: {} };
  expect(await shop.journal.renewPinHash(operatorId, before, 'of-the-old-pin', note)).toBe(false);
  expect((await shop.journal.operators())[0]?.pinHash).toBe(given);
  expect(await shop.lineOf('operator-pin-rehashed')).toEqual([]);
});

test('no pepper is in the log, the journal or an announcement', async () => {
  const shop = await openShop();
  await shop.enter('first-pepper');
  await shop.setUpAna(true);
  const written = JSON.stringify([
    shop.logLines,
    shop.announced,
    await shop.journal.operators(),
    await shop.lineOf('operator-added'),
  ]);
  expect(written).toContain('Ana');
  expect(written).not.toContain('first-pepper');
});
