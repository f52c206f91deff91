import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ForkOptions } from 'electron';

const asUtilityProcess = new URL('./as-utility-process.ts', import.meta.url).href;
const deviceProcess = fileURLToPath(new URL('../../../main/devices/device-process.ts', import.meta.url));

export interface Forked {
  readonly modulePath: string;
  readonly options: ForkOptions | undefined;
  /** Ends it as a crash would. */
  crash(): void;
}

/**
 * Electron's `utilityProcess` over real child processes that find a `process.parentPort`: messages are cloned, `pid` is
 * known from `spawn` to `exit`, and `exit` carries a code. Whatever is forked, the device process from source is run.
 */
export function createFakeUtilityProcess() {
  const forks: Forked[] = [];
  return {
    forks,
    utilityProcess: {
      fork(modulePath: string, args: string[] = [], options?: ForkOptions) {
        const execArgv = ['--disable-warning=ExperimentalWarning', '--import', asUtilityProcess];
        const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
        const env = Object.fromEntries(
          Object.entries(options?.env ?? {}).map(([name, value]) => [name, String(value)]),
        );
        const child = fork(deviceProcess, args, { execArgv, env, stdio: [...stdio] });
        const utility = Object.assign(new EventEmitter(), {
          pid: undefined as number | undefined,
          postMessage: (message: unknown) =>
            void child.send(Object(structuredClone(message)), () => undefined),
          kill: () => child.kill('SIGTERM'),
        });
        child.once('spawn', () => {
          utility.pid = child.pid;
          utility.emit('spawn');
        });
        child.on('message', (message) => utility.emit('message', message));
        child.once('exit', (code) => {
          utility.pid = undefined;
          utility.emit('exit', code ?? 1);
        });
        forks.push({ modulePath, options, crash: () => void child.kill('SIGKILL') });
        return utility;
      },
    },
  };
}
