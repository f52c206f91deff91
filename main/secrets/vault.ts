import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { writeAtomically } from '../settings/write-atomically.ts';
import { isSecretName, type SecretName } from './names.ts';
import type { Sealer } from './sealer.ts';

/** One value of a secret. `acceptedUntil` is there on the older one of two. */
export interface SecretValue {
  readonly value: string;
  readonly acceptedUntil: string | undefined;
}

/** The values of each secret, the newest first. */
export type SecretValues = ReadonlyMap<SecretName, readonly SecretValue[]>;

export type VaultReading =
  | { readonly kind: 'read'; readonly values: SecretValues }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** Where secrets rest. Both kinds keep the same file, one with sealed and one with plain values. */
export interface Vault {
  readonly kind: 'sealed' | 'owner-only-file';
  readonly file: string;
  read(): Promise<VaultReading>;
  /** Resolves when the file is on the disk. */
  write(values: SecretValues): Promise<void>;
}

const VaultFile = z.strictObject({
  keptBy: z.string(),
  secrets: z.record(
    z.string(),
    z.array(z.strictObject({ value: z.string(), acceptedUntil: z.iso.datetime().optional() })),
  ),
});
type VaultFile = z.output<typeof VaultFile>;

const refusal = (code: string, message: string) => ({ kind: 'refused', code, message }) as const;

function parseVault(file: string): VaultFile | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const parsed = VaultFile.safeParse(content);
  return parsed.success ? parsed.data : undefined;
}

async function mapValues(
  secrets: VaultFile['secrets'],
  change: (value: string) => Promise<string>,
): Promise<SecretValues> {
  const values = new Map<SecretName, readonly SecretValue[]>();
  for (const [name, kept] of Object.entries(secrets)) {
    if (!isSecretName(name)) continue;
    const changed = kept.map(async ({ value, acceptedUntil }) => ({
      value: await change(value),
      acceptedUntil,
    }));
    values.set(name, await Promise.all(changed));
  }
  return values;
}

function writeVault(file: string, keptBy: string, values: SecretValues): void {
  const secrets = Object.fromEntries(
    [...values].map(([name, kept]) => [
      name,
      kept.map(({ value, acceptedUntil }) =>
        acceptedUntil === undefined ? { value } : { value, acceptedUntil },
      ),
    ]),
  );
  writeAtomically(file, JSON.stringify({ keptBy, secrets } satisfies VaultFile));
}

const damaged = (file: string) =>
  refusal(
    'secrets-damaged',
    `The file of the secrets can not be read: ${file}. Remove it and provision them again`,
  );

/** Secrets sealed by the operating system. Without a seal there is no vault: nothing is ever kept in plain text. */
export function sealedVault(file: string, sealer: Sealer): Vault {
  return {
    kind: 'sealed',
    file,
    async read() {
      if (!existsSync(file)) return { kind: 'read', values: new Map() };
      const kept = parseVault(file);
      if (kept === undefined) return damaged(file);
      const backend = sealer.backend();
      if (kept.keptBy !== backend) {
        const message = `The secrets were sealed by ${kept.keptBy} and this session has ${backend}. Start it as it was, or provision the secrets again`;
        return refusal('secrets-other-backend', message);
      }
      try {
        let isStale = false;
        const values = await mapValues(kept.secrets, async (sealed) => {
          const opened = await sealer.open(Buffer.from(sealed, 'base64'));
          isStale ||= opened.isStale;
          return opened.text;
        });
        if (isStale) await this.write(values);
        return { kind: 'read', values };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        // Not the error's own words: a secret store's could hold what it keeps.
        const message = `The sealed secrets can not be opened by ${backend}: they were sealed by another user or machine. Provision them again`;
        return refusal('secrets-not-opened', message);
      }
    },
    async write(values) {
      const sealed = new Map<SecretName, SecretValue[]>();
      for (const [name, kept] of values) {
        const list: SecretValue[] = [];
        for (const { value, acceptedUntil } of kept) {
          const bytes = await sealer.seal(value);
          list.push({ value: Buffer.from(bytes).toString('base64'), acceptedUntil });
        }
        sealed.set(name, list);
      }
      writeVault(file, sealer.backend(), sealed);
    },
  };
}

/** Why a file may be read by others than its owner, if it may. */
function exposureOf(file: string): string | undefined {
  if (process.platform === 'win32') return 'Windows does not tell a program who else can read it';
  const { mode, uid } = statSync(file);
  if ((mode & 0o077) !== 0) return `its permissions are ${(mode & 0o777).toString(8)} and should be 600`;
  return uid === process.getuid?.() ? undefined : 'it belongs to another user';
}

/** Secrets in a file that nobody but its owner may read: the browser host has nothing that seals. */
export function ownerOnlyVault(file: string): Vault {
  return {
    kind: 'owner-only-file',
    file,
    read() {
      if (!existsSync(file)) return Promise.resolve({ kind: 'read', values: new Map() });
      const exposure = exposureOf(file);
      if (exposure !== undefined) {
        const message = `The file of the secrets is refused, because others may read it: ${file} (${exposure}). Change them, then correct the file or use the environment`;
        return Promise.resolve(refusal('secrets-exposed', message));
      }
      const kept = parseVault(file);
      if (kept === undefined) return Promise.resolve(damaged(file));
      if (kept.keptBy !== 'owner-only') {
        const message = `The secrets are sealed by ${kept.keptBy}: only the installed program can open them`;
        return Promise.resolve(refusal('secrets-sealed', message));
      }
      return mapValues(kept.secrets, (value) => Promise.resolve(value)).then((values) => ({
        kind: 'read',
        values,
      }));
    },
    write: (values) => Promise.resolve(writeVault(file, 'owner-only', values)),
  };
}
