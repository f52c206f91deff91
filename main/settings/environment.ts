import { refusalsIn, type Refusal } from '../../shared/domain/issue-reason.ts';
import { reason } from '../../shared/domain/reasons.ts';
import type { LayerReading, SettingsNotice } from './layer.ts';
import { putValue, settingKeys, variableOf, type SettingKey } from './keys.ts';
import { nearestWord } from './nearest-word.ts';

/** Variables of ours that are no settings: secrets, and what the program is started with. */
const otherVariables = [
  'MILEPOST_CLIENT_SECRET',
  'MILEPOST_API_KEY',
  'MILEPOST_CLIENT_KEY_PASSPHRASE',
  'MILEPOST_PROXY_CREDENTIALS',
  'MILEPOST_PIN_PEPPER',
  'MILEPOST_CHROMIUM',
];

const nothing = Symbol('nothing usable');

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A variable is text: taken as it stands where the setting is one, else as JSON. */
function usable(schema: SettingKey['schema'], text: string): unknown {
  if (schema.safeParse(text).success) return text;
  const value = jsonOr(text);
  return schema.safeParse(value).success ? value : nothing;
}

/** Why a variable's text is no value of its setting: as the text it is where that is its kind, else as JSON. */
function refusalsOf({ schema }: SettingKey, text: string): Refusal[] {
  const asText = schema.safeParse(text).error?.issues ?? [];
  const value = asText.some(({ code }) => code === 'invalid_type') ? jsonOr(text) : text;
  return refusalsIn(schema.safeParse(value).error?.issues ?? [], value);
}

/** The settings that `MILEPOST_…` variables make. An empty variable counts as none. */
export function readEnvironmentLayer(
  environmentVariables: Readonly<Record<string, string | undefined>>,
): LayerReading {
  const notices: SettingsNotice[] = [];
  const tree: Record<string, unknown> = {};
  const byVariable = new Map(settingKeys().map((setting) => [variableOf(setting.key), setting]));
  for (const [name, text] of Object.entries(environmentVariables)) {
    if (!name.startsWith('MILEPOST_') || text === undefined || text === '') continue;
    const setting = byVariable.get(name);
    if (setting === undefined) {
      const meant = nearestWord(name, [...byVariable.keys(), ...otherVariables]);
      // Others may have variables of a like name: only one that looks misspelt is told.
      if (meant === undefined || otherVariables.includes(name)) continue;
      const why = reason('no-such-variable-meant', { meant });
      notices.push({ code: 'setting-refused', file: 'environment', key: name, reason: why });
      continue;
    }
    const value = usable(setting.schema, text);
    if (value !== nothing) putValue(tree, setting.path, value);
    else {
      for (const { path, reason: why } of refusalsOf(setting, text)) {
        const key = [setting.key, ...path].join('.');
        notices.push({ code: 'setting-refused', file: name, key, reason: why });
      }
    }
  }
  return { layer: { name: 'environment', source: 'environment', tree, lineOf: () => undefined }, notices };
}
