import type { TerminalLog } from './terminal-log.ts';

/**
 * The one way a bug ends the program: logged with its cause, then out. What was stored is on disk and is sent after
 * the next start; going on in an unknown state could promise a sale that is not.
 */
export function installCrashPath({ log, flush }: TerminalLog, exit: (code: number) => void): void {
  const crash = (event: string) => (cause: unknown) => {
    try {
      log.error(event, {}, cause);
      flush();
    } finally {
      exit(1);
    }
  };
  process.on('uncaughtException', crash('uncaught-exception'));
  process.on('unhandledRejection', crash('unhandled-rejection'));
}
