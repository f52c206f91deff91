import { describe, expect, test } from 'vitest';
import { hashPin, isPin } from '../../../main/operators/pin-hash.ts';

const cheap = { logN: 4, r: 8, p: 1 };

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
