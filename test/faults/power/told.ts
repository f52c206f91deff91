import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { z } from 'zod';

/** What a program under test says it has made safe. Told in one write to standard output, so that it stands in the trace. */
export const Told = z.discriminatedUnion('fact', [
  z.strictObject({ fact: z.literal('stored'), seq: z.int(), digest: z.string() }),
  /** It may be sent from now on: the mark stands in the journal. */
  z.strictObject({ fact: z.literal('claimed'), seq: z.int() }),
  z.strictObject({ fact: z.literal('settled'), seq: z.int(), state: z.string() }),
]);
export type Told = z.output<typeof Told>;

export function tell(told: Told): void {
  writeSync(1, `${JSON.stringify(told)}\n`);
}

/** Reads what was told in one write. */
export function readTold(text: string): Told[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => Told.parse(JSON.parse(line)));
}

/** Stands for everything of a sale that must never change: its key and its exact bytes. */
export function digestOf(idempotencyKey: string, request: Uint8Array): string {
  return createHash('sha256').update(`${idempotencyKey}\n`).update(request).digest('hex');
}
