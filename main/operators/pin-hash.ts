import { createHmac, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/**
 * What one guess costs: 32 MB and about a tenth of a second, twice Node's default. A PIN is short, so no cost keeps it from
 * whoever holds a copy of the file and has a day: a pepper does, which is not in that file. At the terminal the lockout
 * guards it.
 */
export interface PinCost {
  /** The logarithm of scrypt's N. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}
const storeCost: PinCost = { logN: 15, r: 8, p: 1 };

export interface PinHasherOptions {
  /** The store's PIN peppers, the one in force first, then the one it replaced while that is accepted; none at all is fine. */
  readonly peppers: () => readonly string[];
  /** Left out: what a store's terminal takes. */
  readonly cost?: PinCost | undefined;
}

/** `isStale`: right, but made with another pepper than the one in force, or before there was one: hash it anew. */
export type PinVerdict =
  | { readonly kind: 'right'; readonly isStale: boolean }
  | { readonly kind: 'wrong' }
  /** Made with a pepper that this terminal no longer has, or not yet: nobody can tell whether it is right. */
  | { readonly kind: 'pepper-gone' };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})(?:,k=([\w-]{8}))?\$([\w-]{22})\$([\w-]{43})$/;

function derive(pin: string | Buffer, salt: Buffer, { logN, r, p }: PinCost): Promise<Buffer> {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

const peppered = (pin: string, pepper: string | undefined): string | Buffer =>
  pepper === undefined ? pin : createHmac('sha256', pepper).update(`pin:${pin}`).digest();

/** Which pepper a hash was made with: enough to tell two apart, nothing that helps to guess either. */
const versionOf = (pepper: string): string =>
  createHmac('sha256', pepper).update('version').digest().subarray(0, 6).toString('base64url');

/** Keeps PINs as `$scrypt$ln=15,r=8,p=1,k=<pepper's version>$<salt>$<hash>`; without a pepper there is no `k`. */
export function createPinHasher({ peppers, cost = storeCost }: PinHasherOptions) {
  return {
    /** Of a PIN somebody chose: a salt of its own and everything it takes to check it later but the pepper. */
    async hash(pin: string): Promise<string> {
      const [pepper] = peppers();
      const salt = randomBytes(SALT_BYTES);
      const hash = await derive(peppered(pin, pepper), salt, cost);
      const { logN, r, p } = cost;
      const version = pepper === undefined ? '' : `,k=${versionOf(pepper)}`;
      return `$scrypt$ln=${logN},r=${r},p=${p}${version}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
    },
    /** Whether a PIN is the one behind a stored hash, in a time that does not depend on how much of it is right. */
    async check(pin: string, stored: string): Promise<PinVerdict> {
      const { version, made, salt, hash } = partsOf(stored);
      const current = peppers();
      const pepper =
        version === undefined ? undefined : current.find((known) => versionOf(known) === version);
      if (version !== undefined && pepper === undefined) return { kind: 'pepper-gone' };
      const derived = await derive(peppered(pin, pepper), salt, made);
      return timingSafeEqual(derived, hash)
        ? { kind: 'right', isStale: pepper !== current[0] }
        : { kind: 'wrong' };
    },
  };
}
export type PinHasher = ReturnType<typeof createPinHasher>;

function partsOf(stored: string) {
  const parts = STORED.exec(stored);
  if (parts === null) throw new Error('A stored PIN hash is not in the form it is written in');
  const [, logN, r, p, version, salt = '', hash = ''] = parts;
  return {
    version,
    made: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}
