import type { LoadedSettings } from './load.ts';
import type { Origin, Place } from './resolve.ts';

/** Values a gateway's administrator may have put a key into: only their names are ever shown. */
const namesOnly: ReadonlySet<string> = new Set(['airmiles.headers']);

/** A value as a person may see it, in one line. */
export function shownValue(key: string, value: unknown): string {
  if (value === undefined) return '(not set)';
  if (namesOnly.has(key) && typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0 ? '{}' : `{ ${Object.keys(value).join(', ')}: values not shown }`;
  }
  return JSON.stringify(value);
}

const placeText = ({ source, line }: Place): string =>
  line === undefined ? source : `${source}, line ${line}`;

function explained(origin: Origin): string[] {
  const { setting, holds, hides, isLocked } = origin;
  const lock = isLocked ? ', locked by the policy' : '';
  const from = holds.layer === 'defaults' ? 'default' : `${holds.layer}: ${placeText(holds)}`;
  return [
    `${setting.key} = ${shownValue(setting.key, holds.value)}   (${from}${lock})`,
    ...hides
      .filter(({ layer }) => layer !== 'defaults')
      .map(
        (place) =>
          `    hides ${shownValue(setting.key, place.value)}   (${place.layer}: ${placeText(place)})`,
      ),
  ];
}

/** Every setting with its value, the layer it came from and what it hides; then what was refused. */
export function explainSettings({ origins, notices, files }: LoadedSettings): string {
  const layers = [
    ...new Set(origins.flatMap(({ holds, hides }) => [holds, ...hides]).map(({ layer }) => layer)),
  ];
  const refused = notices.map(({ file, line, key, problem }) => {
    const where = line === undefined ? (file ?? '') : `${file ?? ''}, line ${line}`;
    return `  ${[where, key].filter((part) => part !== undefined && part !== '').join(': ')}: ${problem}`;
  });
  return [
    `Layers in use: ${layers.toSorted().join(', ')}`,
    `  policy    ${files.policy}`,
    `  store     ${files.store}`,
    `  terminal  ${files.terminal}`,
    '',
    ...origins.flatMap(explained),
    '',
    ...(refused.length === 0 ? ['Nothing was refused.'] : [`Refused (${refused.length}):`, ...refused]),
    '',
  ].join('\n');
}

/** The same for programs. */
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
