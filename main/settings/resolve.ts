import { reason } from '../../shared/domain/reasons.ts';
import type { LayerName } from '../../shared/contract/settings.ts';
import { putValue, settingKeys, valueAt, variableOf, type SettingKey } from './keys.ts';
import type { Layer, SettingsNotice } from './layer.ts';
import { isLockedBy } from './policy.ts';
import { refuseWrong } from './refusals.ts';
import { Settings } from './schema.ts';

export interface Place {
  readonly layer: LayerName;
  readonly source: string;
  readonly line: number | undefined;
  readonly value: unknown;
}

/** Where a setting's value came from and what it hides, the nearest first. */
export interface Origin {
  readonly setting: SettingKey;
  readonly holds: Place;
  readonly hides: readonly Place[];
  readonly isLocked: boolean;
}

export interface Resolved {
  readonly settings: Settings;
  readonly origins: readonly Origin[];
  readonly notices: readonly SettingsNotice[];
}

/** Above the policy nothing may set what it locks; below and in it, everything counts. */
function mayBeLocked(layer: LayerName): boolean {
  return layer !== 'defaults' && layer !== 'policy';
}

function placesOf(setting: SettingKey, layers: readonly Layer[]): Place[] {
  return layers.flatMap((layer): Place[] => {
    const value = valueAt(layer.tree, setting.path);
    if (value === undefined) return [];
    const source = layer.name === 'environment' ? variableOf(setting.key) : layer.source;
    return [{ layer: layer.name, source, line: layer.lineOf(setting.path), value }];
  });
}

/**
 * Puts layers (lowest first) on top of the defaults: the highest value holds, but for keys that `locked` takes from
 * the layers above the policy. Pure; every layer was read and cleaned before.
 */
export function resolveSettings(layers: readonly Layer[], locked: readonly string[]): Resolved {
  const notices: SettingsNotice[] = [];
  const tree = {};
  const origins = settingKeys().map((setting): Origin => {
    const { key, path, defaultValue } = setting;
    const isLocked = isLockedBy(locked, key);
    const beginning: Place = {
      layer: 'defaults',
      source: 'built in',
      line: undefined,
      value: defaultValue,
    };
    const places = [beginning, ...placesOf(setting, layers)].toReversed();
    const refused = isLocked ? places.filter(({ layer }) => mayBeLocked(layer)) : [];
    for (const { source, line } of refused) {
      const place = line === undefined ? {} : { line };
      notices.push({ code: 'setting-refused', file: source, key, reason: reason('locked'), ...place });
    }
    const holds = places.find((place) => !refused.includes(place)) ?? beginning;
    if (holds.layer !== 'defaults') putValue(tree, path, structuredClone(holds.value));
    return { setting, holds, hides: places.filter((place) => place !== holds), isLocked };
  });
  // Every value is valid by itself; should two of them not go together, the defaults hold for those that are named.
  const { tree: usable, refusals } = refuseWrong(tree);
  for (const { path: refusedPath, reason: why } of refusals) {
    notices.push({ code: 'setting-refused', key: refusedPath.join('.'), reason: why });
  }
  return { settings: Settings.parse(usable), origins, notices };
}
