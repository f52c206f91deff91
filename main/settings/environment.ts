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

/** A variable is text: taken as it stands where the setting is one, else as JSON. */
function usable(schema: SettingKey['schema'], text: string): unknown {
  if (schema.safeParse(text).success) return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return nothing;
  }
  return schema.safeParse(value).success ? value : nothing;
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
      const problem = `There is no such variable; did you mean "${meant}"?`;
      notices.push({ code: 'setting-refused', file: 'environment', key: name, problem });
      continue;
    }
    const value = usable(setting.schema, text);
    if (value !== nothing) putValue(tree, setting.path, value);
    else {
      const problem = setting.schema.safeParse(text).error?.issues[0]?.message ?? 'can not be used';
      notices.push({ code: 'setting-refused', file: name, key: setting.key, problem });
    }
  }
  return { layer: { name: 'environment', source: 'environment', tree, lineOf: () => undefined }, notices };
}
