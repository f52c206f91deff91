import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeAtomically } from './write-atomically.ts';

const CheckedCopy = z.object({ sha256: z.string(), savedAt: z.iso.datetime(), text: z.string() });

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface Copy {
  readonly text: string;
  readonly savedAt: string;
}

/** The copy in `file`, or nothing where there is none or it is not whole itself. */
export function readCheckedCopy(file: string): Copy | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // A copy that can not be read is no copy: what it stands for is told to be broken by who asked.
    return undefined;
  }
  const copy = CheckedCopy.safeParse(content);
  return copy.success && digest(copy.data.text) === copy.data.sha256 ? copy.data : undefined;
}

/** Keeps `text` with its checksum, unless the very same is kept already. */
export function keepCheckedCopy(file: string, text: string, nowMs: number): void {
  if (readCheckedCopy(file)?.text === text) return;
  const copy = { sha256: digest(text), savedAt: new Date(nowMs).toISOString(), text };
  writeAtomically(file, JSON.stringify(copy));
}
