import { describe, expect, test } from 'vitest';
import { createPinHasher, type PinCost } from '../../../main/operators/pin-hash.ts';

const cheap = { logN: 4, r: 8, p: 1 };
const PEPPER = 'planted-pepper-2025';
const NEW_PEPPER = 'planted-pepper-2026';

const hasher = (cost: PinCost | undefined, ...peppers: string[]) =>
  createPinHasher({ peppers: () => peppers, cost });
const hashPin = (pin: string, cost?: PinCost) => hasher(cost).hash(pin);
const isPin = async (pin: string, stored: string) =>
  (await hasher(cheap).check(pin, stored)).kind === 'right';

describe('a PIN hash', () => {
  test('names scrypt with 32 MB a guess, and holds its own salt', async () => {
    const [one, other] = await Promise.all([hashPin('739158'), hashPin('739158')]);
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(one).not.toContain('739158');
    expect(await isPin('739158', one)).toBe(true);
  });

  test('opens for its PIN and for nothing near it', async () => {
    const stored = await hashPin('73915', cheap);
    expect(await isPin('73915', stored)).toBe(true);
    for (const guess of ['7391', '739150', '73916', ' 73915', '']) {
      expect(await isPin(guess, stored), guess).toBe(false);
    }
  });

  test('is checked with the cost it was made with, whatever the cost is today', async () => {
    const stored = await hashPin('8264', { logN: 6, r: 4, p: 2 });
    expect(stored).toContain('$ln=6,r=4,p=2$');
    expect(await isPin('8264', stored)).toBe(true);
    expect(await isPin('8264', stored.replace('ln=6', 'ln=5'))).toBe(false);
  });

  test('that is in no known form is a fault of the program, not a wrong PIN', async () => {
    await expect(isPin('8264', '8264')).rejects.toThrow('not in the form');
  });
});

describe('a PIN hash with a pepper', () => {
  test('can not be checked by whoever has the file alone, nor with another pepper', async () => {
    const stored = await hasher(cheap, PEPPER).hash('73915');
    expect(stored).toMatch(/^\$scrypt\$ln=4,r=8,p=1,k=[\w-]{8}\$[\w-]{22}\$[\w-]{43}$/);
    expect(stored).not.toContain(PEPPER);
    expect(await hasher(cheap).check('73915', stored)).toEqual({ kind: 'pepper-gone' });
    expect(await hasher(cheap, NEW_PEPPER).check('73915', stored)).toEqual({ kind: 'pepper-gone' });
    // Not by taking its mark away either: the pepper is in what was hashed.
    expect(await hasher(cheap).check('73915', stored.replace(/,k=[\w-]{8}/, ''))).toEqual({ kind: 'wrong' });
  });

  test('opens for its PIN only, and is not stale while its pepper is the one in force', async () => {
    const { hash, check } = hasher(cheap, PEPPER);
    const stored = await hash('73915');
    expect(await check('73915', stored)).toEqual({ kind: 'right', isStale: false });
    expect(await check('73916', stored)).toEqual({ kind: 'wrong' });
  });

  test('of the pepper before, or of none, is right and stale', async () => {
    const [older, bare] = await Promise.all([hasher(cheap, PEPPER).hash('73915'), hashPin('73915', cheap)]);
    const { check, hash } = hasher(cheap, NEW_PEPPER, PEPPER);
    for (const stored of [older, bare]) {
      expect(await check('73915', stored)).toEqual({ kind: 'right', isStale: true });
      expect(await check('73916', stored)).toEqual({ kind: 'wrong' });
    }
    const renewed = await hash('73915');
    expect(await hasher(cheap, NEW_PEPPER).check('73915', renewed)).toEqual({
      kind: 'right',
      isStale: false,
    });
  });
});
