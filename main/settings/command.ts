import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Language } from '../../shared/contract/views.ts';
import { languages } from '../../shared/i18n/languages.ts';
import { defaultDataFolder } from '../hosts/default-data-folder.ts';
import { explainAsJson, explainSettings } from './explain.ts';
import { loadSettings } from './load.ts';
import { settingsJsonSchema, settingsReference } from './published.ts';

const SETTINGS_USAGE = `settings explain [--data DIR] [--settings FILE] [--policy FILE] [--json] [--language en-CA|fr-CA]
                 every value, the layer it came from and what it hides
settings schema  the JSON Schema of a settings file
settings table   every setting as a page of Markdown
`;

export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
  readonly complaint?: string;
}

const text = { type: 'string' } as const;
/** The words of a command that looks at an installation; a value that is missing or unknown makes `parseArgs` throw. */
export const commandOptions = {
  data: text,
  settings: text,
  policy: text,
  language: text,
  json: { type: 'boolean' },
} as const;

/** The folder and files a command is about, as its words or the operating system say. */
export function placesOf(values: { readonly [Name in 'data' | 'settings' | 'policy']?: string | undefined }) {
  const inFull = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(path);
  return {
    dataFolder:
      inFull(values.data) ??
      defaultDataFolder({
        platform: process.platform,
        environmentVariables: process.env,
        homeFolder: homedir(),
      }),
    settingsFile: inFull(values.settings),
    policyFile: inFull(values.policy),
  };
}

/** What a command says to a language there are no words in. */
export const noLanguage = (name: string): string => `There is no language ${name}: ${languages.join(' or ')}`;

/** `settings explain|schema|table`: the same from the sources and in the packaged program. Changes nothing. */
export function runSettingsCommand(words: readonly string[]): CommandResult {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      options: commandOptions,
      allowPositionals: true,
    });
    const [command, ...more] = positionals;
    if (more.length > 0) return { exitCode: 2, output: '', complaint: SETTINGS_USAGE };
    if (command === 'schema') {
      return { exitCode: 0, output: `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n` };
    }
    if (command === 'table') return { exitCode: 0, output: settingsReference() };
    if (command !== 'explain') return { exitCode: 2, output: '', complaint: SETTINGS_USAGE };
    const language = values.language === undefined ? undefined : Language.safeParse(values.language).data;
    if (language === undefined && values.language !== undefined)
      return { exitCode: 2, output: '', complaint: `${noLanguage(values.language)}\n${SETTINGS_USAGE}` };
    const loaded = loadSettings({
      ...placesOf(values),
      environmentVariables: process.env,
      nowMs: Date.now(),
      canWrite: false,
    });
    const output =
      values.json === true
        ? explainAsJson(loaded)
        : explainSettings(loaded, language ?? loaded.settings.language);
    return { exitCode: loaded.notices.length === 0 ? 0 : 1, output };
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    return { exitCode: 2, output: '', complaint: `${error.message}\n${SETTINGS_USAGE}` };
  }
}
