import { expect, test } from 'vitest';
import { temporaryFolder } from '../journal/support.ts';
import { ANA_PIN, LUC_PIN, openOperators } from './support.ts';

const NEW_PIN = '952713';

/** Ana the manager, and Luc the cashier, nobody signed in. */
async function openStore(folder = temporaryFolder()) {
  const store = await openOperators(folder);
  const approval = await store.setUpAna();
  await store.handlers['operators.add']({ name: 'Luc', role: 'cashier', pin: LUC_PIN, approval });
  const operatorId = store.idOf('Luc');
  return {
    ...store,
    operatorId,
    prove: (pin: string) => store.handlers['operators.provePin']({ operatorId, pin }),
    change: (pin: string, proof: string) => store.handlers['operators.changePin']({ operatorId, pin, proof }),
    async proof(): Promise<string> {
      const reply = await store.handlers['operators.provePin']({ operatorId, pin: LUC_PIN });
      if (reply.kind !== 'proven') throw new Error(reply.kind);
      return reply.proof;
    },
  };
}

test('a cashier changes the PIN alone; the old one is wrong from then on, also after a restart, and it is audited', async () => {
  const folder = temporaryFolder();
  const { proof, change, signIn, lineOf, journal, logLines } = await openStore(folder);
  expect(await change(NEW_PIN, await proof())).toEqual({ kind: 'done' });
  expect(await signIn('Luc', LUC_PIN)).toBe('pin-wrong');
  expect(await signIn('Luc', NEW_PIN)).toBe('signed-in');
  const lines = await lineOf('operator-pin-changed');
  expect(lines).toMatchObject([{ actor: 'Luc', detail: { name: 'Luc' } }]);
  expect(await lineOf('operator-approved')).toEqual([]);
  expect(JSON.stringify([lines, logLines])).not.toMatch(new RegExp(`${LUC_PIN}|${NEW_PIN}`));
  await journal.close();
  expect(await (await openOperators(folder)).signIn('Luc', NEW_PIN)).toBe('signed-in');
});

test('whoever is signed in stays so', async () => {
  const { proof, change, signIn, operators } = await openStore();
  await signIn('Luc', LUC_PIN);
  await change(NEW_PIN, await proof());
  expect(operators.view()).toMatchObject({ signedIn: { name: 'Luc' }, isLocked: false });
});

test('the present PIN is guessed no oftener than at sign-in: the same count, the same lock', async () => {
  const { prove, signIn, handlers, operatorId, advance } = await openStore();
  expect(await prove('0000')).toEqual({ kind: 'pin-wrong', triesLeft: 4, waitMs: 0 });
  expect(await signIn('Luc', '0000')).toBe('pin-wrong');
  expect(await prove('0000')).toEqual({ kind: 'pin-wrong', triesLeft: 2, waitMs: 0 });
  await prove('0000');
  expect(await prove('0000')).toEqual({ kind: 'pin-wrong', triesLeft: 0, waitMs: 30_000 });
  expect(await prove(LUC_PIN)).toEqual({ kind: 'locked-out', waitMs: 30_000 });
  expect(await handlers['operators.signIn']({ operatorId, pin: LUC_PIN })).toMatchObject({
    kind: 'locked-out',
  });
  advance(30_000);
  expect(await prove(LUC_PIN)).toMatchObject({ kind: 'proven' });
});

test('a proof is good for one change of one’s own PIN, for a minute, and for nothing else', async () => {
  const { proof, change, handlers, idOf, authorize, advance, signIn } = await openStore();
  expect(await change(NEW_PIN, 'made-up')).toEqual({ kind: 'proof-needed' });
  const ofLuc = await proof();
  const other = { operatorId: idOf('Ana'), pin: NEW_PIN, proof: ofLuc };
  expect(await handlers['operators.changePin'](other)).toEqual({ kind: 'proof-needed' });
  expect(await signIn('Ana', ANA_PIN)).toBe('signed-in');
  await handlers['operators.signOut']({});

  const ofAna = await handlers['operators.provePin']({ operatorId: idOf('Ana'), pin: ANA_PIN });
  if (ofAna.kind !== 'proven') throw new Error(ofAna.kind);
  expect(authorize('manager', ofAna.proof)).toEqual({ kind: 'approval-needed' });

  const old = await proof();
  advance(60_000);
  expect(await change(NEW_PIN, old)).toEqual({ kind: 'proof-needed' });
  const used = await proof();
  expect(await change(NEW_PIN, used)).toEqual({ kind: 'done' });
  expect(await change(LUC_PIN, used)).toEqual({ kind: 'proof-needed' });
});

test('a PIN that is too easy is refused and leaves the proof good', async () => {
  const { proof, change } = await openStore();
  const word = await proof();
  expect(await change('1234', word)).toEqual({ kind: 'refused', fault: 'pin-trivial' });
  expect(await change('12', word)).toEqual({ kind: 'refused', fault: 'pin-too-short' });
  expect(await change(NEW_PIN, word)).toEqual({ kind: 'done' });
});

test('once a manager gave a new PIN, or took the operator away, knowing the old one changes nothing', async () => {
  const { proof, change, handlers, operatorId, approve, signIn } = await openStore();
  const old = await proof();
  const approval = await approve('Ana', ANA_PIN);
  expect(await handlers['operators.resetPin']({ operatorId, pin: NEW_PIN, approval })).toEqual({
    kind: 'done',
  });
  expect(await change('864209', old)).toEqual({ kind: 'proof-needed' });
  expect(await signIn('Luc', NEW_PIN)).toBe('signed-in');
  const reply = await handlers['operators.provePin']({ operatorId, pin: NEW_PIN });
  if (reply.kind !== 'proven') throw new Error(reply.kind);
  const gone = { operatorId, name: 'Luc', role: 'cashier', isActive: false } as const;
  await handlers['operators.change']({ ...gone, approval: await approve('Ana', ANA_PIN) });
  expect(await change('864209', reply.proof)).toEqual({ kind: 'proof-needed' });
});
