import { z } from 'zod';
import type { SettingView } from '../../shared/contract/settings.ts';
import { shownValue } from './explain.ts';
import { valueAt } from './keys.ts';
import type { Layer } from './layer.ts';
import type { Origin, Place } from './resolve.ts';

function innermost(schema: unknown): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault) {
    return innermost(schema.unwrap());
  }
  return schema;
}

/** How a setting can be changed on a screen. */
function kindOf(schema: unknown): SettingView['kind'] {
  const inner = innermost(schema);
  if (inner instanceof z.ZodEnum) return { kind: 'choice', options: inner.options.map(String) };
  if (inner instanceof z.ZodBoolean) return { kind: 'yes-no' };
  if (inner instanceof z.ZodNumber) {
    const { minValue, maxValue } = inner;
    return { kind: 'number', minimum: minValue ?? 0, maximum: maxValue ?? Number.MAX_SAFE_INTEGER };
  }
  // An address is text with a rule.
  return inner instanceof z.ZodString || inner instanceof z.ZodURL ? { kind: 'text' } : { kind: 'structure' };
}

/** Settings as a screen shows them; `current` is this terminal's own layer as it is now, beside what was started with. */
export function settingViews(origins: readonly Origin[], started: Layer, current: Layer): SettingView[] {
  return origins.map(({ setting, holds, hides, isLocked }): SettingView => {
    const { key, path, description, schema } = setting;
    const view = ({ layer, source, line, value }: Place) => ({
      layer,
      source,
      value: shownValue(key, value),
      ...(line === undefined ? {} : { line }),
    });
    const [before, now] = [started, current].map(({ tree }) => JSON.stringify(valueAt(tree, path)));
    return {
      key,
      kind: kindOf(schema),
      holds: view(holds),
      hides: hides.map(view),
      isLocked,
      isWaiting: before !== now,
      ...(description === undefined ? {} : { description }),
    };
  });
}
