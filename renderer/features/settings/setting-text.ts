import type { LayerName, SettingView } from '../../../shared/contract/settings.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';

/** How a layer is called. */
export const layerText: Readonly<Record<LayerName, MessageId>> = {
  defaults: 'settings.layer.defaults',
  policy: 'settings.layer.policy',
  store: 'settings.layer.store',
  terminal: 'settings.layer.terminal',
  environment: 'settings.layer.environment',
};

/** The groups settings are shown in; one that is not named here stands under the last. */
const groups: ReadonlyArray<readonly [string, MessageId]> = [
  ['store', 'settings.group.store'],
  ['airmiles', 'settings.group.airmiles'],
  ['forwarding', 'settings.group.forwarding'],
  ['sale', 'settings.group.sale'],
  ['devices', 'settings.group.devices'],
  ['journal', 'settings.group.journal'],
  ['support', 'settings.group.support'],
  ['updates', 'settings.group.updates'],
];

export interface SettingGroup {
  readonly id: string;
  readonly title: MessageId;
  readonly settings: readonly SettingView[];
}

/** Settings in their groups; only those that differ from the default where that is asked. */
export function groupSettings(settings: readonly SettingView[], onlyChanged: boolean): SettingGroup[] {
  const shown = settings.filter(
    ({ holds, isLocked, isWaiting }) => !onlyChanged || holds.layer !== 'defaults' || isLocked || isWaiting,
  );
  const groupOf = (key: string): string => {
    const [first = ''] = key.split('.');
    return groups.some(([id]) => id === first) ? first : 'general';
  };
  return [...groups, ['general', 'settings.group.general'] as const]
    .map(([id, title]) => ({ id, title, settings: shown.filter(({ key }) => groupOf(key) === id) }))
    .filter((group) => group.settings.length > 0);
}

/** A value as a person would write it: text without its quotes; what is not set is a dash. */
export function plainValue(value: string): string {
  if (value === '(not set)' || value === '{}' || value === '[]') return '–';
  return /^".*"$/s.test(value) ? String(JSON.parse(value)) : value;
}

/** A value in words: yes or no where it is one or the other, the names in a list without their brackets. */
export function valueWords(
  kind: SettingView['kind'],
  value: string,
  text: (id: MessageId) => string,
): string {
  if (kind.kind === 'yes-no' && value === 'true') return text('settings.yes');
  if (kind.kind === 'yes-no' && value === 'false') return text('settings.no');
  return /^\["[^"\\]*"(,"[^"\\]*")*\]$/.test(value)
    ? value.slice(2, -2).replaceAll('","', ', ')
    : plainValue(value);
}

/** What was typed, as JSON for the setting's kind; undefined where it can not be that. */
export function valueFromText(kind: SettingView['kind'], text: string): string | undefined {
  if (kind.kind !== 'number') return JSON.stringify(text);
  const number = Number(text.trim());
  const isInside = number >= kind.minimum && number <= kind.maximum;
  return text.trim() !== '' && Number.isInteger(number) && isInside ? String(number) : undefined;
}
