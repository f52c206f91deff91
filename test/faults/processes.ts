import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';

const OUTPUT_LIMIT = 100_000;
const running = new Set<ChildProcess>();
// Half of a start is Node reading TypeScript; a cache of what it read, for this run, makes twice as many kills a minute.
let cacheFolder: string | undefined;
// Nothing that was started here outlives this program, however it ends.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  if (cacheFolder !== undefined) rmSync(cacheFolder, { recursive: true, force: true });
});

export interface Started<Line> {
  /** Its one line of JSON; undefined where it ended before that. */
  readonly ready: Promise<Line | undefined>;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** The last of what it wrote. */
  output(): string;
  /** The plug: no warning, no clean-up. */
  kill(): Promise<void>;
  /** Asks it to stop and gives back its exit code. */
  stop(): Promise<number | null>;
}

/** Starts a program of this project from its sources. It says in one line of JSON when it can be used. */
export function startProgram<Line>(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  schema: z.ZodType<Line>,
): Started<Line> {
  cacheFolder ??= mkdtempSync(join(tmpdir(), 'milepost-faults-cache-'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: cacheFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  const keep = (text: string): void => {
    output = (output + text).slice(-OUTPUT_LIMIT);
  };
  child.stderr.on('data', (chunk: Buffer) => keep(chunk.toString()));
  const ended = once(child, 'exit').then(() => {
    running.delete(child);
  });
  const ready = new Promise<Line | undefined>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(`${line}\n`);
      const read = schema.safeParse(line.startsWith('{') ? JSON.parse(line) : undefined);
      if (read.success) resolve(read.data);
    });
    child.once('exit', () => resolve(undefined));
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!hasEnded()) child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    ready,
    ended,
    hasEnded,
    output: () => output,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}
