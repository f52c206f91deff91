import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readTrace, tracedCalls, type TracedOperation } from './trace.ts';

const TIME_LIMIT_MS = 180_000;

/** This machine can not record what a program writes; the message says why. */
export class NoTracing extends Error {
  override readonly name = 'NoTracing';
}

async function run(
  command: string,
  args: readonly string[],
): Promise<{ code: number | null; errors: string }> {
  const child = spawn(command, [...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, errors };
}

/** Throws `NoTracing` where strace is missing or not allowed to trace. */
export async function requireTracing(): Promise<void> {
  if (process.platform !== 'linux')
    throw new NoTracing('Power cuts are replayed from strace, which is of Linux');
  let tried: Awaited<ReturnType<typeof run>>;
  try {
    tried = await run('strace', [
      '-f',
      '--seccomp-bpf',
      '-e',
      'trace=openat',
      '-o',
      '/dev/null',
      process.execPath,
      '-v',
    ]);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new NoTracing('strace is not installed: on Debian and Ubuntu, apt-get install strace');
  }
  if (tried.code !== 0)
    throw new NoTracing(`strace can not trace here: ${tried.errors.trim().split('\n').at(-1)}`);
}

/** Runs a Node program to its end and gives back what it did to `watched` and told. `scratch` takes the raw trace. */
export async function recordWrites(
  program: readonly string[],
  watched: string,
  scratch: string,
): Promise<TracedOperation[]> {
  const trace = join(scratch, 'trace.txt');
  const options = [
    '-f',
    '--seccomp-bpf',
    '-y',
    '-xx',
    '-s',
    '16000000',
    '-e',
    `trace=${tracedCalls.join(',')}`,
  ];
  const { code, errors } = await run('strace', [...options, '-o', trace, process.execPath, ...program]);
  if (code !== 0) throw new Error(`The traced program ended with ${code}: ${errors}`);
  return await readTrace(createInterface({ input: createReadStream(trace), crlfDelay: Infinity }), watched);
}
