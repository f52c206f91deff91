import { z } from 'zod';
import descriptions from './descriptions.json' with { type: 'json' };
import { Settings } from './schema.ts';

/** One setting: the smallest part of the tree that has a value of its own. Lists and records are one value. */
export interface SettingKey {
  /** `store.number`. */
  readonly key: string;
  readonly path: readonly string[];
  readonly schema: z.ZodType;
  readonly defaultValue: unknown;
  readonly description: { readonly 'en-CA': string; readonly 'fr-CA': string } | undefined;
}

const described: ReadonlyMap<string, SettingKey['description']> = new Map(Object.entries(descriptions));

/** Only an object whose parts all have defaults is a group of settings; any other is a value. */
function partsOf(schema: unknown): Readonly<Record<string, z.core.$ZodType>> | undefined {
  if (schema instanceof z.ZodPrefault) return partsOf(schema.unwrap());
  return schema instanceof z.ZodObject ? schema.shape : undefined;
}

function isGroup(schema: unknown): boolean {
  return schema instanceof z.ZodPrefault && partsOf(schema) !== undefined;
}

/** The value at a path of own properties, or undefined. */
export function valueAt(tree: unknown, path: readonly string[]): unknown {
  let value = tree;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** Puts a value at a path, making the groups it lies in. */
export function putValue(tree: object, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  let parent = tree;
  for (const step of path.slice(0, -1)) {
    const next: unknown = Object.hasOwn(parent, step) ? Reflect.get(parent, step) : undefined;
    const child = typeof next === 'object' && next !== null ? next : {};
    Reflect.set(parent, step, child);
    parent = child;
  }
  if (last !== undefined) Reflect.set(parent, last, value);
}

function keysUnder(schema: unknown, path: readonly string[], defaults: unknown): SettingKey[] {
  return Object.entries(partsOf(schema) ?? {}).flatMap(([name, part]) => {
    const partPath = [...path, name];
    if (isGroup(part)) return keysUnder(part, partPath, defaults);
    if (!(part instanceof z.ZodType)) throw new TypeError(`The setting ${partPath.join('.')} has no schema`);
    const key = partPath.join('.');
    return [
      {
        key,
        path: partPath,
        schema: part,
        defaultValue: valueAt(defaults, partPath),
        description: described.get(key),
      },
    ];
  });
}

let known: readonly SettingKey[] | undefined;

/** Every setting there is, in the schema's order. */
export function settingKeys(): readonly SettingKey[] {
  known ??= keysUnder(Settings, [], Settings.parse({}));
  return known;
}

/** The variable that sets a key: `MILEPOST_AIRMILES_BASE_URL` for `airmiles.baseUrl`. */
export function variableOf(key: string): string {
  return `MILEPOST_${key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[.-]/g, '_')
    .toUpperCase()}`;
}
