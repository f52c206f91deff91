import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../settings/write-atomically.ts';

/** What is remembered from before an installation until the new version has proved itself. */
const Attempt = z.strictObject({
  from: z.string(),
  to: z.string(),
  startedAtMs: z.int(),
  /** The checked copy of the journal, and how many transactions it held. */
  backup: z.string(),
  transactions: z.int().min(0),
  /** Starts of the new version so far that did not come up. */
  starts: z.int().min(0),
});
export type Attempt = z.output<typeof Attempt>;

/** What a start makes of an attempt. */
export type StartVerdict =
  | { readonly kind: 'none' }
  /** The new version is on its way up; it is believed when `confirm` is called. */
  | { readonly kind: 'first-start'; readonly attempt: Attempt }
  /** The installer did not do its work, or the previous version is back. */
  | { readonly kind: 'not-installed'; readonly attempt: Attempt }
  /** It came up too often without getting anywhere: the previous version has to come back. */
  | { readonly kind: 'roll-back'; readonly attempt: Attempt };

/** A start that a power cut ended says nothing about the version: three are believed. */
export const STARTS_BEFORE_ROLL_BACK = 3;

/** Pure: what to make of the start of `version`. */
export function judgeStart(attempt: Attempt | undefined, version: string): StartVerdict {
  if (attempt === undefined) return { kind: 'none' };
  if (attempt.to !== version) return { kind: 'not-installed', attempt };
  if (attempt.starts >= STARTS_BEFORE_ROLL_BACK) return { kind: 'roll-back', attempt };
  return { kind: 'first-start', attempt };
}

/** Whether the migrated journal holds all that the copy held. */
export function isComplete(attempt: Pick<Attempt, 'transactions'>, transactions: number): boolean {
  return transactions >= attempt.transactions;
}

/** Keeps the attempt in `<data>/updates/attempt.json`, and the version that failed beside it. */
export function createAttemptFile(folder: string) {
  const file = join(folder, 'attempt.json');
  const failedFile = join(folder, 'failed-version.json');
  const read = <Value>(path: string, schema: z.ZodType<Value>): Value | undefined => {
    try {
      const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
      return parsed.success ? parsed.data : undefined;
    } catch (error) {
      if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
      throw error;
    }
  };
  return {
    read: (): Attempt | undefined => read(file, Attempt),
    begin: (attempt: Attempt): void => writeAtomically(file, JSON.stringify(attempt)),
    countStart(attempt: Attempt): void {
      writeAtomically(file, JSON.stringify({ ...attempt, starts: attempt.starts + 1 }));
    },
    end: (): void => rmSync(file, { force: true }),
    failedVersion: (): string | undefined => read(failedFile, z.string()),
    fail(version: string): void {
      writeAtomically(failedFile, JSON.stringify(version));
      rmSync(file, { force: true });
    },
  };
}
export type AttemptFile = ReturnType<typeof createAttemptFile>;
