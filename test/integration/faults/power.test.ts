import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { NoTracing, requireTracing } from '../../faults/power/record.ts';

const POWER = fileURLToPath(new URL('../../faults/power/power.ts', import.meta.url));

// Some fifteen seconds of work; a limit against hanging, for a machine that does other things too.
const TIME_LIMIT_MS = 240_000;

const Figures = z.strictObject({
  images: z.int(),
  stops: z.int(),
  told_stored: z.int(),
  lost: z.int(),
  corrupt: z.int(),
  seed: z.int(),
});

async function whyNotHere(): Promise<string | undefined> {
  try {
    await requireTracing();
    return undefined;
  } catch (error) {
    if (error instanceof NoTracing) return error.message;
    throw error;
  }
}

function runPower(...words: string[]): Promise<{ code: number; output: string; words: string }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [POWER, ...words], (error, output, errors) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ code, output, words: errors });
      else reject(error ?? new Error('It ended in no known way'));
    });
  });
}

describe('a power cut', () => {
  // The two controls that must lose run with it: with exit code 3 the checker itself would be at fault.
  test(
    'takes nothing that was told stored and leaves a journal that opens whole',
    async ({ skip }) => {
      const obstacle = await whyNotHere();
      if (obstacle !== undefined) skip(obstacle);
      const run = await runPower('--stops', '60', '--sales', '120', '--seed', '7', '--json');
      expect(run.words, 'what it says on standard error').not.toContain('The checker itself is broken');
      const figures = Figures.parse(JSON.parse(run.output));
      expect(figures, run.words).toMatchObject({ stops: 60, lost: 0, corrupt: 0, seed: 7 });
      expect(figures.told_stored).toBeGreaterThanOrEqual(120);
      expect(figures.images).toBeGreaterThan(figures.stops);
      expect(run.code).toBe(0);
    },
    TIME_LIMIT_MS,
  );
});
