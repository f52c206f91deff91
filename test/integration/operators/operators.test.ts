import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../journal/support.ts';
import { ANA_PIN, LUC_PIN, openOperators, type TestOperators } from './support.ts';

const needed = { kind: 'approval-needed' } as const;
const by = (actor: string | null) => ({ kind: 'authorized', actor });

/** Ana, signed in, and Luc the cashier. */
async function openStore(changes = {}): Promise<TestOperators> {
  const store = await openOperators(temporaryFolder(), changes);
  await store.setUpAna(true);
  expect(await store.handlers['operators.add']({ name: 'Luc', role: 'cashier', pin: LUC_PIN })).toEqual({
    kind: 'done',
  });
  return store;
}

describe('the first manager', () => {
  test('is set up once, by whoever stands there, and gives a word that is good at once', async () => {
    const { setUpAna, handlers, authorize, operators, lineOf } = await openOperators(temporaryFolder());
    expect(operators.view()).toMatchObject({ isSetUp: false, operators: [] });
    const approval = await setUpAna();
    expect(authorize('manager', approval)).toEqual(by('Ana'));
    expect(await handlers['operators.setUp']({ name: 'Eve', pin: '8264', isSigningIn: true })).toEqual({
      kind: 'already-set-up',
    });
    expect(operators.view()).toMatchObject({ isSetUp: true, signedIn: null, operators: [{ name: 'Ana' }] });
    expect(await lineOf('operator-added')).toMatchObject([{ actor: 'Ana', detail: { isFirst: true } }]);
  });

  test('is one, from two windows at once', async () => {
    const { handlers, operators } = await openOperators(temporaryFolder());
    const setUp = (name: string) => handlers['operators.setUp']({ name, pin: ANA_PIN, isSigningIn: false });
    const kinds = (await Promise.all([setUp('Ana'), setUp('Eve')])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['already-set-up', 'set-up']);
    expect(operators.view().operators).toHaveLength(1);
  });

  test.each([
    ['', ANA_PIN, 'name-empty'],
    ['  ', ANA_PIN, 'name-empty'],
    ['Ana', '1234', 'pin-trivial'],
    ['Ana', '739', 'pin-too-short'],
  ])('named %j with PIN %s is refused as %s', async (name, pin, fault) => {
    const { handlers, operators } = await openOperators(temporaryFolder());
    expect(await handlers['operators.setUp']({ name, pin, isSigningIn: true })).toEqual({
      kind: 'refused',
      fault,
    });
    expect(operators.view().isSetUp).toBe(false);
  });
});

describe('an action that takes a manager', () => {
  test('goes in the name of the manager signed in, and of nobody once they are gone or locked', async () => {
    const { authorize, handlers, advance, signIn } = await openStore();
    expect(authorize('manager', undefined)).toEqual(by('Ana'));
    await handlers['operators.lock']({});
    expect(authorize('manager', undefined)).toEqual(needed);
    await signIn('Ana', ANA_PIN);
    expect(authorize('manager', undefined)).toEqual(by('Ana'));
    advance(5 * 60_000);
    expect(authorize('manager', undefined)).toEqual(needed);
    await signIn('Ana', ANA_PIN);
    await handlers['operators.signOut']({});
    expect(authorize('manager', undefined)).toEqual(needed);
    await signIn('Luc', LUC_PIN);
    expect(authorize('manager', undefined)).toEqual(needed);
  });

  test('goes by an approval over a cashier’s shoulder, once, and the cashier stays signed in', async () => {
    const { authorize, approve, signIn, operators, advance, lineOf } = await openStore();
    await signIn('Luc', LUC_PIN);
    const approval = await approve('Ana', ANA_PIN);
    expect(authorize('manager', approval)).toEqual(by('Ana'));
    expect(authorize('manager', approval)).toEqual(needed);
    expect(operators.view().signedIn).toMatchObject({ name: 'Luc' });
    const late = await approve('Ana', ANA_PIN);
    advance(60_000);
    expect(authorize('manager', late)).toEqual(needed);
    expect(await lineOf('operator-approved')).toMatchObject([{ actor: 'Ana' }, { actor: 'Ana' }]);
  });

  test('is not approved by a cashier, nor by a manager deactivated since', async () => {
    const { authorize, approve, handlers, idOf } = await openStore();
    expect(await approve('Luc', LUC_PIN)).toBeUndefined();
    await handlers['operators.add']({ name: 'Mia', role: 'manager', pin: '952713' });
    const approval = await approve('Mia', '952713');
    const change = { operatorId: idOf('Mia'), name: 'Mia', role: 'manager', isActive: false } as const;
    expect(await handlers['operators.change'](change)).toEqual({ kind: 'done' });
    await handlers['operators.signOut']({});
    expect(authorize('manager', approval)).toEqual(needed);
  });

  test('takes IT where it says IT, or a manager while the store has none', async () => {
    const { authorize, handlers, operators, signIn } = await openStore();
    expect(authorize('it', undefined)).toEqual(by('Ana'));
    await handlers['operators.add']({ name: 'Ivo', role: 'it', pin: '952713' });
    expect(operators.view().itApprovers).toEqual(['it']);
    expect(authorize('it', undefined)).toEqual(needed);
    await signIn('Ivo', '952713');
    expect(authorize('it', undefined)).toEqual(by('Ivo'));
    expect(authorize('manager', undefined)).toEqual(needed);
  });

  test('takes nobody where operators are off, and no name stands behind it', async () => {
    const { authorize, operators, handlers } = await openOperators(temporaryFolder(), { mode: 'off' });
    expect(authorize('manager', undefined)).toEqual(by(null));
    expect(operators.atCheckout()).toEqual({ kind: 'open', actor: null });
    // The way back for a store whose only manager forgot the PIN.
    expect(await handlers['operators.add']({ name: 'Ana', role: 'manager', pin: ANA_PIN })).toEqual({
      kind: 'done',
    });
  });
});

describe('the checkout', () => {
  test('is open without anybody in the way of managers, and names whoever stands there', async () => {
    const { operators, handlers } = await openStore();
    expect(operators.atCheckout()).toEqual({ kind: 'open', actor: 'Ana' });
    await handlers['operators.lock']({});
    expect(operators.atCheckout()).toEqual({ kind: 'open', actor: null });
  });

  test('takes somebody in the way of everyone, a cashier too', async () => {
    const { operators, handlers, signIn, advance } = await openStore({ mode: 'everyone' });
    await signIn('Luc', LUC_PIN);
    expect(operators.atCheckout()).toEqual({ kind: 'open', actor: 'Luc' });
    advance(5 * 60_000);
    expect(operators.atCheckout()).toEqual({ kind: 'sign-in-needed' });
    // Another one takes over from a locked screen.
    await signIn('Ana', ANA_PIN);
    expect(operators.atCheckout()).toEqual({ kind: 'open', actor: 'Ana' });
    await handlers['operators.signOut']({});
    expect(operators.atCheckout()).toEqual({ kind: 'sign-in-needed' });
  });
});

describe('a manager', () => {
  test('renames, changes roles, resets PINs and deactivates, each a line in their name', async () => {
    const { handlers, idOf, signIn, lineOf, operators } = await openStore();
    const operatorId = idOf('Luc');
    const change = (values: object) =>
      handlers['operators.change']({ operatorId, name: 'Luc', role: 'cashier', isActive: true, ...values });
    expect(await change({ name: ' Luc  Roy ' })).toEqual({ kind: 'done' });
    expect(await change({ name: 'Luc Roy', role: 'it' })).toEqual({ kind: 'done' });
    expect(await handlers['operators.resetPin']({ operatorId, pin: '952713' })).toEqual({ kind: 'done' });
    expect(await change({ name: 'Luc Roy', role: 'it', isActive: false })).toEqual({ kind: 'done' });
    expect(operators.view().operators.map(({ name }) => name)).toEqual(['Ana']);
    expect(await signIn('Luc Roy', '952713')).toBe('no-such-operator');
    const lines = (await lineOf('operator-changed')).toReversed();
    expect(lines).toMatchObject(
      expect.arrayContaining([
        { actor: 'Ana', detail: expect.objectContaining({ from: { name: 'Luc' }, to: { name: 'Luc Roy' } }) },
        { actor: 'Ana', detail: expect.objectContaining({ from: { role: 'cashier' }, to: { role: 'it' } }) },
        {
          actor: 'Ana',
          detail: expect.objectContaining({ from: { isActive: true }, to: { isActive: false } }),
        },
      ]),
    );
    expect(await lineOf('operator-pin-reset')).toMatchObject([{ actor: 'Ana', detail: { name: 'Luc Roy' } }]);
  });

  test('is asked for where none is signed in, and nothing changes until one says yes', async () => {
    const { handlers, approve, operators } = await openStore();
    await handlers['operators.signOut']({});
    const add = (approval?: string) =>
      handlers['operators.add']({ name: 'Mia', role: 'cashier', pin: '952713', approval });
    expect(await add()).toEqual(needed);
    expect(await add('guessed')).toEqual(needed);
    expect(operators.view().operators).toHaveLength(2);
    expect(await add(await approve('Ana', ANA_PIN))).toEqual({ kind: 'done' });
  });

  test('is never the last one to go, not even from two windows at once', async () => {
    const { handlers, idOf, operators } = await openStore();
    const ana = { operatorId: idOf('Ana'), name: 'Ana', role: 'manager', isActive: true } as const;
    const last = { kind: 'refused', fault: 'last-manager' };
    expect(await handlers['operators.change']({ ...ana, isActive: false })).toEqual(last);
    expect(await handlers['operators.change']({ ...ana, role: 'it' })).toEqual(last);
    await handlers['operators.add']({ name: 'Mia', role: 'manager', pin: '952713' });
    const mia = { ...ana, operatorId: idOf('Mia'), name: 'Mia' };
    const replies = await Promise.all([
      handlers['operators.change']({ ...mia, role: 'cashier' }),
      handlers['operators.change']({ ...ana, isActive: false }),
    ]);
    expect(replies).toEqual([{ kind: 'done' }, last]);
    expect(operators.view().isSetUp).toBe(true);
  });

  test('keeps names apart, also from those who left', async () => {
    const { handlers, idOf } = await openStore();
    const taken = { kind: 'refused', fault: 'name-taken' };
    await handlers['operators.change']({
      operatorId: idOf('Luc'),
      name: 'Luc',
      role: 'cashier',
      isActive: false,
    });
    expect(await handlers['operators.add']({ name: 'LUC', role: 'cashier', pin: '952713' })).toEqual(taken);
  });

  test('gives a new PIN that forgives a lockout and ends the old one’s session', async () => {
    const { handlers, idOf, signIn, approve, operators } = await openStore();
    for (let failure = 0; failure < 5; failure += 1) await signIn('Luc', '0000');
    expect(await signIn('Luc', LUC_PIN)).toBe('locked-out');
    await handlers['operators.resetPin']({ operatorId: idOf('Luc'), pin: '952713' });
    expect(await signIn('Luc', '952713')).toBe('signed-in');
    await handlers['operators.resetPin']({
      operatorId: idOf('Luc'),
      pin: '7158',
      approval: await approve('Ana', ANA_PIN),
    });
    expect(operators.view().signedIn).toBeNull();
  });
});

test('IT decides on IT people, and makes nobody a manager', async () => {
  const { handlers, signIn, idOf } = await openStore();
  await handlers['operators.add']({ name: 'Ivo', role: 'it', pin: '952713' });
  await signIn('Ivo', '952713');
  const add = (role: 'it' | 'manager' | 'cashier') =>
    handlers['operators.add']({ name: `New ${role}`, role, pin: '7158' });
  expect(await add('it')).toEqual({ kind: 'done' });
  expect(await add('manager')).toEqual(needed);
  expect(await add('cashier')).toEqual(needed);
  expect(await handlers['operators.resetPin']({ operatorId: idOf('Ana'), pin: '7158' })).toEqual(needed);
  const ivo = { operatorId: idOf('Ivo'), name: 'Ivo', isActive: true } as const;
  expect(await handlers['operators.change']({ ...ivo, role: 'manager' })).toEqual(needed);
});

test('a restart keeps everybody and signs everybody out', async () => {
  const folder = temporaryFolder();
  const before = await openOperators(folder);
  await before.setUpAna(true);
  await before.journal.close();
  const after = await openOperators(folder);
  expect(after.operators.view()).toMatchObject({ isSetUp: true, signedIn: null, isLocked: false });
  expect(await after.signIn('Ana', ANA_PIN)).toBe('signed-in');
  expect(after.announced.at(-1)).toMatchObject({ signedIn: { name: 'Ana', role: 'manager' } });
});
