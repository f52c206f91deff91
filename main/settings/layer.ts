import type { Reason } from '../../shared/domain/reasons.ts';
import type { Notice } from '../../shared/contract/views.ts';
import type { LayerName } from '../../shared/contract/settings.ts';
import type { JsonText, Path } from './json-text.ts';
import { refuseWrong } from './refusals.ts';

/** What is not used, and why. */
export type SettingsNotice = Omit<Notice, 'id' | 'reason'> & { readonly reason: Reason };

/** One place settings come from, with what was wrong in it taken out already. */
export interface Layer {
  readonly name: LayerName;
  /** The file, or what stands for it. */
  readonly source: string;
  readonly tree: object;
  lineOf(path: Path): number | undefined;
}

export interface LayerReading {
  readonly layer: Layer;
  readonly notices: readonly SettingsNotice[];
}

/** What a layer says from `at` on (the policy keeps its settings one step down). What can not be used is told. */
export function layerOf(name: LayerName, source: string, text: JsonText, at: Path = []): LayerReading {
  const notices: SettingsNotice[] = text.faults.map((fault) => ({
    code: 'settings-file-unreadable',
    file: source,
    ...fault,
  }));
  let value = text.value;
  for (const step of at) value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : {};
  const { tree, refusals } = refuseWrong(value);
  for (const { path, reason } of refusals) {
    const line = text.lineOf([...at, ...path]);
    const key = path.join('.');
    notices.push({
      code: 'setting-refused',
      file: source,
      key,
      reason,
      ...(line === undefined ? {} : { line }),
    });
  }
  const lineOf = (path: Path): number | undefined => text.lineOf([...at, ...path]);
  return { layer: { name, source, tree, lineOf }, notices };
}
