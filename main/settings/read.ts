import type { Notice } from '../../shared/contract/views.ts';
import { readJsonText } from './json-text.ts';
import { layerOf, type SettingsNotice } from './layer.ts';
import { Settings } from './schema.ts';

export interface SettingsReading {
  readonly settings: Settings;
  /** What was refused, with file, line, key and reason. The next layer down holds in its place. */
  readonly notices: ReadonlyArray<Notice & SettingsNotice>;
}

/** Gives each notice the name by which a person dismisses it. */
export function numbered(
  notices: readonly SettingsNotice[],
  name = 'setting',
): Array<Notice & SettingsNotice> {
  return notices.map((notice, index) => ({ id: `${name}-${index + 1}`, ...notice }));
}

/**
 * Reads settings from one JSON text (comments allowed) on top of the defaults. What can not be used is refused key by
 * key, and a notice says which file, line and key, and why. Never throws on what the text holds.
 */
export function readSettings(text: string, file: string): SettingsReading {
  const { layer, notices } = layerOf('store', file, readJsonText(text));
  return { settings: Settings.parse(layer.tree), notices: numbered(notices) };
}
