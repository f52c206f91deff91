import { win32 } from 'node:path';
import { reason, type Reason } from '../../shared/domain/reasons.ts';
import type { JsonText } from './json-text.ts';
import { settingKeys } from './keys.ts';
import { layerOf, type LayerReading, type SettingsNotice } from './layer.ts';
import { nearestWord } from './nearest-word.ts';

/** Where IT manages a machine's settings: a place an ordinary user can not write to. */
export function defaultPolicyFile(
  platform: NodeJS.Platform,
  environmentVariables: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32') {
    const programData = environmentVariables['ProgramData'] || 'C:\\ProgramData';
    return win32.join(programData, 'Milepost', 'policy.json');
  }
  if (platform === 'darwin') return '/Library/Application Support/Milepost/policy.json';
  return '/etc/milepost/policy.json';
}

export interface Policy extends LayerReading {
  /** Keys, or groups of keys, that no higher layer may set. */
  readonly locked: readonly string[];
}

/** The file holds an object of two parts: "settings", as in every other layer, and "locked", a list of keys. */
export function readPolicy(file: string, text: JsonText): Policy {
  const reading = layerOf('policy', file, text, ['settings']);
  const notices: SettingsNotice[] = [...reading.notices];
  const refuse = (path: string | number, why: Reason): void => {
    const line = text.lineOf(
      path === 'locked' ? ['locked'] : typeof path === 'number' ? ['locked', path] : [path],
    );
    const key = typeof path === 'number' ? `locked.${path}` : path;
    notices.push({
      code: 'setting-refused',
      file,
      key,
      reason: why,
      ...(line === undefined ? {} : { line }),
    });
  };
  const parts = typeof text.value === 'object' && text.value !== null ? Object.entries(text.value) : [];
  const names = settingKeys().flatMap(({ path }) =>
    path.map((_, index) => path.slice(0, index + 1).join('.')),
  );
  const known = [...new Set(names)];
  const locked: string[] = [];
  for (const [name, value] of parts) {
    if (name === 'settings' || name === '$schema') continue;
    if (name !== 'locked') refuse(name, reason('policy-part'));
    else if (!Array.isArray(value)) refuse('locked', reason('list-expected'));
    else {
      for (const [index, entry] of value.entries()) {
        if (typeof entry === 'string' && known.includes(entry)) {
          locked.push(entry);
          continue;
        }
        const meant = typeof entry === 'string' ? nearestWord(entry, known) : undefined;
        refuse(index, meant === undefined ? reason('no-such-lock') : reason('no-such-lock-meant', { meant }));
      }
    }
  }
  return { layer: reading.layer, notices, locked };
}

/** Whether a lock covers a key: its own, or that of a group it belongs to. */
export function isLockedBy(locked: readonly string[], key: string): boolean {
  return locked.some((lock) => key === lock || key.startsWith(`${lock}.`));
}
