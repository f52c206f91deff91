import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironmentLayer } from './environment.ts';
import { isWholeObject } from './json-text.ts';
import { layerOf } from './layer.ts';
import { readLayerFile } from './layer-file.ts';
import { openOwnLayer, type OwnLayer } from './own-layer.ts';
import { defaultPolicyFile, readPolicy } from './policy.ts';
import { numbered, type SettingsReading } from './read.ts';
import { resolveSettings, type Resolved } from './resolve.ts';

export interface LoadOptions {
  readonly dataFolder: string;
  /** The store file, where one was named; else `settings.json` in the data folder, which may be missing. */
  readonly settingsFile: string | undefined;
  /** The machine's policy; where nobody names one, the place the operating system has for it. */
  readonly policyFile: string | undefined;
  readonly environmentVariables: Readonly<Record<string, string | undefined>>;
  readonly nowMs: number;
  readonly canWrite: boolean;
}

export interface LoadedSettings extends Omit<Resolved, 'notices'> {
  readonly notices: SettingsReading['notices'];
  readonly own: OwnLayer;
  readonly files: { readonly policy: string; readonly store: string; readonly terminal: string };
}

/** Reads every layer and puts them on top of each other. Never throws on what a file or a variable holds. */
export function loadSettings(options: LoadOptions): LoadedSettings {
  const { dataFolder, environmentVariables, nowMs, canWrite } = options;
  const policyFile = options.policyFile ?? defaultPolicyFile(process.platform, environmentVariables);
  const storeFile = options.settingsFile ?? join(dataFolder, 'settings.json');
  const copyFolder = join(dataFolder, 'settings-copies');
  if (canWrite) makeFolder(copyFolder);

  const common = { nowMs, canWrite };
  const policyText = readLayerFile({
    ...common,
    file: policyFile,
    isRequired: options.policyFile !== undefined,
    copyFile: join(copyFolder, 'policy.json'),
  });
  const policy = readPolicy(policyFile, policyText.text);
  const storeText = readLayerFile({
    ...common,
    file: storeFile,
    isRequired: options.settingsFile !== undefined,
    copyFile: join(copyFolder, 'store.json'),
  });
  const store = layerOf('store', storeFile, storeText.text);
  const own = openOwnLayer(dataFolder, copyFolder, nowMs, canWrite);
  const environment = readEnvironmentLayer(environmentVariables);

  const layers = [policy, store, own, environment].map(({ layer }) => layer);
  const resolved = resolveSettings(layers, policy.locked);
  const found = [
    ...policyText.notices,
    ...policy.notices,
    ...storeText.notices,
    // What a file without a copy can not be read for is told once.
    ...(isWholeObject(storeText.text) || storeText.notices.length === 0 ? store.notices : []),
    ...own.notices,
    ...environment.notices,
    ...resolved.notices,
  ];
  return {
    ...resolved,
    notices: numbered(found),
    own,
    files: { policy: policyFile, store: storeFile, terminal: own.file },
  };
}

/** A data folder that can not be written is told when the journal is opened: here it only costs the copies. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
