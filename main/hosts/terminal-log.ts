import { join } from 'node:path';
import { pino } from 'pino';
import { createLog, type Log } from '../diagnostics/log.ts';
import { createRedactor, type Redactor } from '../diagnostics/redact.ts';
import { openRotatingFile } from '../diagnostics/rotating-file.ts';
import { makeFolder } from './make-folder.ts';

export interface TerminalLog {
  readonly log: Log;
  /** Stands in front of the log; what must never be written is told to it. */
  readonly redactor: Redactor;
  /** Writes what is still in memory; for the last moment before the process ends. */
  flush(): void;
}

/** A busy store writes about a megabyte a week: fifty hold a year and no disk feels them. */
const MAX_BYTES = 5_000_000;
const KEPT = 9;

/**
 * The log of a running terminal: JSON lines in <data>/logs/terminal.log, warnings and errors on standard error too.
 * Throws the system's error when the folder can not be written; a disk that fails later costs lines, not the terminal.
 */
export function openTerminalLog(dataFolder: string): TerminalLog {
  const folder = join(dataFolder, 'logs');
  makeFolder(folder);
  const file = openRotatingFile({
    file: join(folder, 'terminal.log'),
    maxBytes: MAX_BYTES,
    kept: KEPT,
    onError: (cause) => process.stderr.write(`The log can not be written: ${String(cause)}\n`),
  });
  const both = pino.multistream([
    { level: 'info', stream: file },
    { level: 'warn', stream: process.stderr },
  ]);
  const redactor = createRedactor();
  return { log: createLog(both, redactor), redactor, flush: () => file.flush() };
}
