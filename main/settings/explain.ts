import { layerNames, type LayerName } from '../../shared/contract/settings.ts';
import type { Language } from '../../shared/contract/views.ts';
import type { MessageId } from '../../shared/i18n/catalogues.ts';
import { colonOf, plainText } from '../../shared/i18n/plain-text.ts';
import { reasonText } from '../../shared/i18n/reasons.ts';
import type { LoadedSettings } from './load.ts';
import type { Origin, Place } from './resolve.ts';

/** Values a gateway's administrator may have put a key into: only their names are ever shown. */
const namesOnly: ReadonlySet<string> = new Set(['airmiles.headers']);

/** The layers that are files. */
const fileLayers = ['policy', 'store', 'terminal'] as const;

/** A value as a person may see it, in one line. */
export function shownValue(key: string, value: unknown): string {
  if (value === undefined) return '(not set)';
  if (namesOnly.has(key) && typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0
      ? '{}'
      : `{ ${Object.keys(value)
          .map((name) => `${name}: ***`)
          .join(', ')} }`;
  }
  return JSON.stringify(value);
}

type Say = (id: MessageId, values?: Readonly<Record<string, string>>) => string;

function wordsIn(language: Language) {
  const say: Say = (id, values) => plainText(language, id, values);
  const layer = (name: LayerName): string => say(`settings.layer.${name}`);
  const value = (key: string, given: unknown): string =>
    given === undefined ? say('explain.not-set') : shownValue(key, given);
  const place = (file: string, line: number | undefined): string =>
    line === undefined ? file : say('notice.place', { file, line: String(line) });
  const from = (found: Place): string =>
    `${layer(found.layer)}${colonOf(language)} ${place(found.source, found.line)}`;
  return { say, layer, value, place, from, colon: colonOf(language) };
}

function explained(origin: Origin, { say, layer, value, from }: ReturnType<typeof wordsIn>): string[] {
  const { setting, holds, hides, isLocked } = origin;
  const lock = isLocked ? `, ${say('explain.locked')}` : '';
  const source = holds.layer === 'defaults' ? layer('defaults') : from(holds);
  return [
    `${setting.key} = ${value(setting.key, holds.value)}   (${source}${lock})`,
    ...hides
      .filter((place) => place.layer !== 'defaults')
      .map((place) => `    ${say('explain.hides')} ${value(setting.key, place.value)}   (${from(place)})`),
  ];
}

/** Every setting with its value, the layer it came from and what it hides; then what was refused. */
export function explainSettings({ origins, notices, files }: LoadedSettings, language: Language): string {
  const words = wordsIn(language);
  const { say, layer, place, colon } = words;
  const inUse = layerNames.filter((name) =>
    origins.some(({ holds, hides }) => [holds, ...hides].some((found) => found.layer === name)),
  );
  const width = Math.max(...fileLayers.map((name) => layer(name).length));
  const refused = notices.map(({ file, line, key, reason }) => {
    const where = [file === undefined ? undefined : place(file, line), key];
    const at = where.filter((part) => part !== undefined && part !== '').join(`${colon} `);
    return `  ${at}${colon} ${reasonText(reason, say)}`;
  });
  return [
    `${say('explain.layers')}${colon} ${inUse.map(layer).join(', ')}`,
    ...fileLayers.map((name) => `  ${layer(name).padEnd(width)}  ${files[name]}`),
    '',
    ...origins.flatMap((origin) => explained(origin, words)),
    '',
    ...(refused.length === 0
      ? [say('explain.none-refused')]
      : [`${say('explain.refused', { count: String(refused.length) })}${colon}`, ...refused]),
    '',
  ].join('\n');
}

/** The same for programs: what was refused by its code. */
export function explainAsJson({ origins, notices, files }: LoadedSettings): string {
  const place = (key: string) => (found: Place) => ({ ...found, value: shownValue(key, found.value) });
  const settings = origins.map(({ setting, holds, hides, isLocked }) => ({
    key: setting.key,
    ...place(setting.key)(holds),
    isLocked,
    hides: hides.map(place(setting.key)),
  }));
  return `${JSON.stringify({ files, settings, refused: notices }, undefined, 2)}\n`;
}
