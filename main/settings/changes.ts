import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { shownValue } from './explain.ts';
import type { Origin } from './resolve.ts';
import { writeAtomically } from './write-atomically.ts';

const Seen = z.record(z.string(), z.string());

export interface SettingChange {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly layer: string;
}

function seenBefore(file: string): Readonly<Record<string, string>> | undefined {
  try {
    const seen = Seen.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return seen.success ? seen.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

/** What became different since the last start, whoever changed it and in whichever layer. None at the very first. */
export function changesSince(file: string, origins: readonly Origin[]): SettingChange[] {
  const before = seenBefore(file);
  if (before === undefined) return [];
  return origins.flatMap(({ setting: { key, defaultValue }, holds }) => {
    const to = shownValue(key, holds.value);
    const from = before[key] ?? shownValue(key, defaultValue);
    return from === to ? [] : [{ key, from, to, layer: holds.layer }];
  });
}

/** Remembers what this start holds, for the next one to compare. Throws the system's error. */
export function rememberStart(file: string, origins: readonly Origin[]): void {
  const held = origins
    .filter(({ holds }) => holds.layer !== 'defaults')
    .map(({ setting: { key }, holds }) => [key, shownValue(key, holds.value)] as const);
  writeAtomically(file, JSON.stringify(Object.fromEntries(held)));
}
