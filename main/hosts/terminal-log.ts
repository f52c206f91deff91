import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { createLog, type Log } from '../diagnostics/log.ts';

export interface TerminalLog {
  readonly log: Log;
  /** Writes what is still in memory; for the last moment before the process ends. */
  flush(): void;
}

/**
 * The log of a running terminal: JSON lines in <data>/logs/terminal.log, warnings and errors on standard error too.
 * Throws the system's error when the folder can not be written; a disk that fails later costs lines, not the terminal.
 */
export function openTerminalLog(dataFolder: string): TerminalLog {
  const folder = join(dataFolder, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = pino.destination({
    dest: join(folder, 'terminal.log'),
    append: true,
    mode: 0o600,
    sync: true,
  });
  let hasComplained = false;
  file.on('error', (cause) => {
    if (hasComplained) return;
    hasComplained = true;
    process.stderr.write(`The log can not be written: ${String(cause)}\n`);
  });
  const both = pino.multistream([
    { level: 'info', stream: file },
    { level: 'warn', stream: process.stderr },
  ]);
  return { log: createLog(both), flush: () => file.flushSync() };
}
