import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../settings/write-atomically.ts';
import { Attempt } from './attempt.ts';

const Known = z.strictObject({
  /** The version that last stood here. */
  confirmed: z.string().optional(),
  /** How many failed starts IT wants to allow, as the settings last said. */
  startsAllowed: z.int().min(1).optional(),
  /** A version that could not be started here, and the one that runs in its place. */
  failed: z.strictObject({ version: z.string(), previous: z.string() }).optional(),
  /** A version whose installer did nothing, and when. */
  notInstalled: z.strictObject({ version: z.string(), atMs: z.int() }).optional(),
});
export type Known = z.output<typeof Known>;

function read<Value>(file: string, schema: z.ZodType<Value>): Value | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

/**
 * What is remembered about updates from one start to the next, in `folder`: `attempt.json` while a new version has not
 * proved itself, `known.json` for good. A torn file is none. Writing throws the system's error.
 */
export function openUpdateMemory(folder: string) {
  const attemptFile = join(folder, 'attempt.json');
  const knownFile = join(folder, 'known.json');
  const write = (file: string, value: unknown): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeAtomically(file, JSON.stringify(value));
  };
  const known = (): Known => read(knownFile, Known) ?? {};
  return {
    folder,
    attempt: (): Attempt | undefined => read(attemptFile, Attempt),
    keepAttempt: (attempt: Attempt): void => write(attemptFile, attempt),
    endAttempt: (): void => rmSync(attemptFile, { force: true }),
    known,
    learn: (news: Known): void => write(knownFile, { ...known(), ...news }),
  };
}
export type UpdateMemory = ReturnType<typeof openUpdateMemory>;
