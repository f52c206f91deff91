import type { SecretName } from '../../../main/secrets/names.ts';

/** Secrets as the terminal's own store gives them: the newest first. */
export function someSecrets(values: Readonly<Partial<Record<SecretName, string | readonly string[]>>> = {}) {
  return { candidates: (name: SecretName): readonly string[] => [values[name] ?? []].flat() };
}
