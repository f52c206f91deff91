import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const program = fileURLToPath(new URL('./rig.py', import.meta.url));

const Answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), id: z.int(), hex: z.string().optional() }),
  z.object({ kind: z.literal('failed'), id: z.int(), problem: z.string() }),
]);
type Answer = z.output<typeof Answer>;

/** One thing the device does. `README.md` beside this file lists them. */
export type RigStep =
  | { readonly do: 'write'; readonly data: string | Uint8Array }
  | { readonly do: 'paced' | 'speed'; readonly data: string | Uint8Array; readonly baud: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'hang' | 'reopen' | 'lock' | 'unlock' | 'read' }
  | { readonly do: 'mode'; readonly octal: string };

export interface RigChunk {
  readonly data: string | Uint8Array;
  /** Silence after it. */
  readonly gapMs?: number;
}

/** A device on a pseudo-terminal. Every promise resolves when the device has done it. */
export interface Rig {
  /** The link to put into the settings; it stays the same over `hang` and `reopen`. */
  readonly path: string;
  write(data: string | Uint8Array): Promise<void>;
  /** One byte at a time, as a line of that baud rate would bring them. */
  writePaced(data: string | Uint8Array, baud: number): Promise<void>;
  chunks(parts: readonly RigChunk[]): Promise<void>;
  /** Pulls the plug. */
  hang(): Promise<void>;
  /** Plugs in again: a new pseudo-terminal under the same link. */
  reopen(): Promise<void>;
  /** Several steps with nothing between them. */
  script(steps: readonly RigStep[]): Promise<void>;
  /** What the terminal has sent to the device since the last look. */
  readBack(): Promise<Uint8Array>;
  /** Pulls the plug and ends the device. */
  stop(): Promise<void>;
}

function hex(data: string | Uint8Array): string {
  return Buffer.from(data).toString('hex');
}

function encode(step: RigStep): object {
  return 'data' in step ? { ...step, data: undefined, hex: hex(step.data) } : step;
}

/** Starts a device whose link is `<folder>/<name>`. Needs `python3`; Linux and macOS. */
export async function startRig(folder: string, name = 'scanner'): Promise<Rig> {
  const path = join(folder, name);
  const child = spawn('python3', ['-u', program, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let lastId = 0;

  function expectAnswer(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = Answer.parse(JSON.parse(line));
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.kind === 'done') waiter?.resolve(answer);
    else waiter?.reject(new Error(`The rig failed: ${answer.problem}`));
  });
  child.once('error', fail);
  child.once('exit', (code) => fail(new Error(`The rig ended with ${String(code)}`)));
  child.stdin.on('error', fail);

  function fail(error: Error): void {
    for (const waiter of waiting.values()) waiter.reject(error);
    waiting.clear();
  }

  /** All commands in one write, so that the device does them back to back. */
  function run(commands: readonly object[]): Promise<Answer[]> {
    const numbered = commands.map((command) => {
      lastId += 1;
      return { id: lastId, line: JSON.stringify({ ...command, id: lastId }) };
    });
    const answers = numbered.map(({ id }) => expectAnswer(id));
    child.stdin.write(numbered.map(({ line }) => `${line}\n`).join(''));
    return Promise.all(answers);
  }

  async function script(steps: readonly RigStep[]): Promise<void> {
    await run(steps.map(encode));
  }

  await expectAnswer(0);
  return {
    path,
    write: (data) => script([{ do: 'write', data }]),
    writePaced: (data, baud) => script([{ do: 'paced', data, baud }]),
    async chunks(parts) {
      await run([{ do: 'chunks', parts: parts.map(({ data, gapMs = 0 }) => ({ hex: hex(data), gapMs })) }]);
    },
    hang: () => script([{ do: 'hang' }]),
    reopen: () => script([{ do: 'reopen' }]),
    script,
    async readBack() {
      const [answer] = await run([{ do: 'read' }]);
      return Buffer.from(answer?.kind === 'done' ? (answer.hex ?? '') : '', 'hex');
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.stdin.end(`${JSON.stringify({ do: 'quit' })}\n`);
      await ended;
    },
  };
}
