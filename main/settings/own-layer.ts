import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { reason } from '../../shared/domain/reasons.ts';
import { keepCheckedCopy, readCheckedCopy } from './checked-copy.ts';
import { isWholeObject, readJsonText } from './json-text.ts';
import { layerOf, type LayerReading, type SettingsNotice } from './layer.ts';
import { readLayerFile } from './layer-file.ts';
import { writeAtomically } from './write-atomically.ts';

/** This terminal's own settings: what was set on its screen. */
export interface OwnLayer extends LayerReading {
  readonly file: string;
  /** Sets one key for the next start, or takes it out again with `undefined`. Throws the system's error. */
  set(key: string, value: unknown): void;
  /** What is in the file now, which may be newer than what this start read. */
  current(): LayerReading['layer'];
}

/**
 * Opens `terminal.json` in the data folder. It is kept by `conf`, which is electron-store without its Electron part:
 * the same file serves both hosts. `conf` writes atomically; the checked copy beside it is ours, because `conf` empties
 * or refuses a file that was torn by other means.
 */
export function openOwnLayer(
  dataFolder: string,
  copyFolder: string,
  nowMs: number,
  canWrite: boolean,
): OwnLayer {
  const file = join(dataFolder, 'terminal.json');
  const copyFile = join(copyFolder, 'terminal.json');
  const reading = readLayerFile({ file, isRequired: false, copyFile, nowMs, canWrite });
  const notices: SettingsNotice[] = [...reading.notices];
  if (canWrite && (notices.length > 0 || !isWholeObject(reading.text))) mend(file, copyFile, nowMs, notices);
  const { layer, notices: refused } = layerOf('terminal', file, reading.text);
  const open = (): Conf => new Conf({ cwd: dataFolder, configName: 'terminal', configFileMode: 0o600 });
  return {
    file,
    layer,
    notices: [...notices, ...refused],
    set(key, value) {
      const store = open();
      if (value === undefined) store.delete(key);
      else store.set(key, value);
      keepCheckedCopy(copyFile, JSON.stringify(store.store), nowMs);
    },
    current: () =>
      layerOf(
        'terminal',
        file,
        readLayerFile({ file, isRequired: false, copyFile, nowMs, canWrite: false }).text,
      ).layer,
  };
}

/** Sets a torn file aside, whole, and puts its copy in its place, where there is one. */
function mend(file: string, copyFile: string, nowMs: number, notices: SettingsNotice[]): void {
  const aside = `${file}.damaged-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    renameSync(file, aside);
    const copy = readCheckedCopy(copyFile);
    if (copy !== undefined && isWholeObject(readJsonText(copy.text))) writeAtomically(file, copy.text);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const why = reason('not-set-aside', { code: String(error.code) });
    notices.push({ code: 'settings-file-unreadable', file, reason: why });
  }
}
