import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/**
 * What one guess costs: 32 MB and about a tenth of a second, twice Node's default. A PIN is short, so no cost keeps it from
 * whoever holds a copy of the file and has a day; more of it would only hold up the line. At the terminal the lockout
 * guards it.
 */
export interface PinCost {
  /** The logarithm of scrypt's N. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}
const pinCost: PinCost = { logN: 15, r: 8, p: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

function derive(pin: string, salt: Buffer, { logN, r, p }: PinCost): Promise<Buffer> {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

/** `$scrypt$ln=15,r=8,p=1$<salt>$<hash>`: a salt of its own and everything it takes to check it later. */
export async function hashPin(pin: string, cost: PinCost = pinCost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(pin, salt, cost);
  const { logN, r, p } = cost;
  return `$scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

/** Whether a PIN is the one behind a stored hash, in a time that does not depend on how much of it is right. */
export async function isPin(pin: string, stored: string): Promise<boolean> {
  const parts = STORED.exec(stored);
  if (parts === null) throw new Error('A stored PIN hash is not in the form it is written in');
  const [, logN, r, p, salt = '', hash = ''] = parts;
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const derived = await derive(pin, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
}
