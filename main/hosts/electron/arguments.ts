import { parseArgs } from 'node:util';

export interface ElectronArguments {
  readonly dataFolder: string | undefined;
  readonly settingsFile: string | undefined;
}

/**
 * Reads `--data DIR` and `--settings FILE`. Everything else is let pass: Chromium's own switches arrive on the same
 * command line.
 */
export function readElectronArguments(words: readonly string[]): ElectronArguments {
  const { values } = parseArgs({
    args: [...words],
    strict: false,
    options: { data: { type: 'string' }, settings: { type: 'string' } },
  });
  const path = (value: unknown): string | undefined =>
    typeof value === 'string' && value !== '' ? value : undefined;
  return { dataFolder: path(values.data), settingsFile: path(values.settings) };
}
