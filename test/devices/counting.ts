import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { asDeviceProcess, type DeviceProcess } from '../../main/devices/spawn.ts';

const program = fileURLToPath(new URL('./device-process-counting.ts', import.meta.url));

/** What a device process holds, and what main holds for it. */
const Held = z.strictObject({
  emitters: z.int(),
  /** serialport 13 never lets go of the poller of a port it closed: an object for each opening, without listeners. */
  pollers: z.int(),
  /** Of all emitters: `process`, the IPC channel, ports, pollers, watchers. */
  listeners: z.int(),
  /** Handles, timers and requests that Node's loop knows of. */
  resources: z.int(),
});
export type Held = z.output<typeof Held> & { readonly descriptors: number; readonly inMain: number };

/** Descriptors of a process, where the system shows them. */
function descriptorsOf(pid: number): number {
  return process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : 0;
}

const listenersOn = (emitter: NodeJS.EventEmitter): number =>
  emitter.eventNames().reduce((sum, event) => sum + emitter.listenerCount(event), 0);

/** Starts device processes that can be asked what they hold; `count` asks the one started last. */
export function createCountingSpawn() {
  let last: { readonly child: ChildProcess; readonly lines: Interface } | undefined;
  return {
    spawn(): DeviceProcess {
      const child = fork(program, [], { execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
      if (child.stdout === null) throw new Error('The device process has no standard output');
      last = { child, lines: createInterface({ input: child.stdout }) };
      return asDeviceProcess(child);
    },
    async count(): Promise<Held> {
      if (last === undefined) throw new Error('No device process was started');
      const { child, lines } = last;
      const descriptors = descriptorsOf(child.pid ?? 0);
      const inMain = listenersOn(process) + listenersOn(child);
      const answered = once(lines, 'line');
      child.kill('SIGUSR2');
      const [line] = z.tuple([z.string()]).parse(await answered);
      return { ...Held.parse(JSON.parse(line)), descriptors, inMain };
    },
  };
}
