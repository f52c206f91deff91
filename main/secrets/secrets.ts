import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretView } from '../../shared/contract/settings.ts';
import { reason } from '../../shared/domain/reasons.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Redactor } from '../diagnostics/redact.ts';
import type { SettingsNotice } from '../settings/layer.ts';
import { secretNames, secretVariables, type SecretName } from './names.ts';
import { readProvisioning, shred, type Provisioned } from './provisioning.ts';
import type { Sealer } from './sealer.ts';
import { ownerOnlyVault, sealedVault, type SecretValue, type SecretValues } from './vault.ts';

export interface Secrets {
  /** What to try, in this order: the value in force, then the one it replaced, for as long as that is accepted. */
  candidates(name: SecretName): readonly string[];
  /** What there is and where it rests; never a value. */
  views(): readonly SecretView[];
  /** Keeps a new value; the one before it stays usable until the date given. Resolves when it is on the disk. */
  enter(secret: Provisioned): Promise<void>;
}

export type SecretsOpening =
  | { readonly kind: 'open'; readonly secrets: Secrets; readonly notices: readonly SettingsNotice[] }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface SecretsOptions {
  readonly dataFolder: string;
  /** The Electron host's. Without one, secrets come from the environment or a file that only its owner can read. */
  readonly sealer: Sealer | undefined;
  readonly environmentVariables: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
  readonly log: Log;
  readonly redactor: Redactor;
  /** False leaves a provisioning file where it is: for who only wants to look. */
  readonly canWrite: boolean;
}

/** A new value in front, the one before it behind for as long as it is accepted; never more than two. */
function withNew(kept: readonly SecretValue[], { value, oldAcceptedUntil }: Provisioned): SecretValue[] {
  const [before] = kept;
  const isNew = before?.value !== value;
  if (!isNew) return [...kept];
  const older = before !== undefined && oldAcceptedUntil !== undefined;
  return [
    { value, acceptedUntil: undefined },
    ...(older ? [{ value: before.value, acceptedUntil: oldAcceptedUntil }] : []),
  ];
}

/**
 * Opens this terminal's secrets, and takes in a provisioning file (`provisioning.json` in the data folder): kept first,
 * read back, then shredded. Nothing falls back to plain text: what can not be sealed or opened is refused.
 */
export async function openSecrets(options: SecretsOptions): Promise<SecretsOpening> {
  const { dataFolder, sealer, environmentVariables, log, redactor } = options;
  if (options.canWrite) mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const provisioningFile = join(dataFolder, 'provisioning.json');
  const file = join(dataFolder, 'secrets.json');
  const vault = sealer === undefined ? ownerOnlyVault(file) : sealedVault(file, sealer);
  const provisioning = readProvisioning(provisioningFile);
  const notices: SettingsNotice[] = [];
  const seal =
    sealer === undefined ? undefined : await unavailable(sealer, file, provisioning.kind !== 'none');
  if (seal !== undefined) return seal;

  const read = await vault.read();
  if (read.kind === 'refused') return read;
  let values: SecretValues = read.values;
  const keep = async (secrets: readonly Provisioned[]): Promise<void> => {
    const next = new Map(values);
    for (const secret of secrets) next.set(secret.name, withNew(next.get(secret.name) ?? [], secret));
    await vault.write(next);
    const back = await vault.read();
    const isKept =
      back.kind === 'read' && secrets.every(({ name, value }) => back.values.get(name)?.[0]?.value === value);
    if (!isKept) throw new Error('What was kept could not be read back');
    values = next;
  };

  if (provisioning.kind === 'refused') {
    const { reason: why, line } = provisioning;
    const place = { file: provisioningFile, ...(line === undefined ? {} : { line }) };
    notices.push({ code: 'provisioning-refused', reason: why, ...place });
  }
  if (provisioning.kind === 'read' && options.canWrite) {
    await keep(provisioning.secrets);
    log.info('secrets-provisioned', { count: provisioning.secrets.length, kind: vault.kind });
    try {
      shred(provisioningFile);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      const why = reason('provisioning-left', { code: String(error.code) });
      notices.push({ code: 'provisioning-refused', file: provisioningFile, reason: why });
    }
  }

  /** Only where nothing seals may the environment carry a secret. */
  const fromEnvironment = (name: SecretName): string | undefined =>
    sealer === undefined ? environmentVariables[secretVariables[name]] || undefined : undefined;
  const usable = (name: SecretName): readonly SecretValue[] =>
    (values.get(name) ?? []).filter(
      ({ acceptedUntil }) => acceptedUntil === undefined || Date.parse(acceptedUntil) > options.nowMs(),
    );
  const secrets: Secrets = {
    candidates(name) {
      const given = fromEnvironment(name);
      const kept = usable(name).map(({ value }) => value);
      return given === undefined ? kept : [given, ...kept.filter((value) => value !== given)];
    },
    views: () =>
      secretNames.map((name): SecretView => {
        const [first, older] = usable(name);
        const isGiven = fromEnvironment(name) !== undefined;
        const state = isGiven ? 'environment' : first === undefined ? 'missing' : vault.kind;
        const until = older?.acceptedUntil;
        return { name, state, ...(until === undefined ? {} : { oldAcceptedUntil: until }) };
      }),
    async enter(secret) {
      redactor.hide(secret.value);
      await keep([secret]);
      log.info('secret-entered', { key: secret.name });
    },
  };
  for (const name of secretNames) for (const value of secrets.candidates(name)) redactor.hide(value);
  return { kind: 'open', secrets, notices };
}

/** Why nothing can be sealed here, where that matters: something is sealed already, or wants to be. */
async function unavailable(
  sealer: Sealer,
  file: string,
  isWanted: boolean,
): Promise<Extract<SecretsOpening, { kind: 'refused' }> | undefined> {
  if (await sealer.isAvailable()) return undefined;
  if (!isWanted && !existsSync(file)) return undefined;
  const message = `Secrets can not be sealed here (${sealer.backend()}): on Linux unlock a keyring (GNOME Keyring or KWallet) for the user who runs Milepost. Nothing is kept in plain text instead`;
  return { kind: 'refused', code: 'seal-unavailable', message };
}
