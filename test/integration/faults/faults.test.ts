import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planRun } from '../../faults/plan.ts';

const program = join(import.meta.dirname, '../../faults/faults.ts');
/** Two runs side by side, about a minute for each sixty kills on two cores. */
const KILLS_EACH = 100;
const LIMIT_MS = 600_000;

/** `npm run faults` as anybody runs it; what it printed, and what it said where something was wrong. */
async function runFaults(seed: number) {
  const args = [
    '--disable-warning=ExperimentalWarning',
    program,
    '--kills',
    `${KILLS_EACH}`,
    '--seed',
    `${seed}`,
    '--json',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  const figures: unknown = printed === '' ? undefined : JSON.parse(printed);
  return { figures, said, code: child.exitCode };
}

describe(
  'nothing is lost and nothing doubled when the terminal is killed again and again',
  { concurrent: true },
  () => {
    test.for([1, 2])('with seed %i', { timeout: LIMIT_MS }, async (seed) => {
      const { figures, said, code } = await runFaults(seed);
      expect(said).toBe('');
      expect(figures).toMatchObject({ lost: 0, doubled: 0, parallel_violations: 0, unexplained: 0, seed });
      expect(figures).toHaveProperty(
        'kills',
        expect.toSatisfy((kills: number) => kills >= KILLS_EACH),
      );
      expect(code).toBe(0);
    });
  },
);

describe('a plan of faults', () => {
  test('is the same for the same seed, and another for another', () => {
    const plan = (seed: number): string => JSON.stringify([...planRun(seed, 120)]);
    expect(plan(7)).toBe(plan(7));
    expect(plan(7)).not.toBe(plan(8));
  });

  test('has the kills that were asked for', () => {
    const lives = [...planRun(3, 95)].flatMap((chapter) => chapter.lives);
    expect(lives.filter(({ end }) => end.kind !== 'orderly')).toHaveLength(95);
  });
});
