import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, whatever the current one is. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export const isWindows = process.platform === 'win32';

/** @param {...string} parts */
export function inRoot(...parts) {
  return path.join(root, ...parts);
}

/**
 * A line for the person at the terminal. Always standard error: standard output belongs to the program that is
 * started, whose lines other programs read.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {number} elapsedMs */
export function seconds(elapsedMs) {
  return `${(elapsedMs / 1000).toFixed(elapsedMs < 10_000 ? 1 : 0)} s`;
}

/** A line for the person, and the end of the command: for what only the person can put right. */
export class ClearStop extends Error {}

/**
 * Runs a command of ours: what only the person can put right becomes one line, anything else is a bug and shows its stack.
 * The exit code is set, not forced, so that everything written reaches its reader.
 * @param {() => Promise<number>} command returns the exit code
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof ClearStop)) throw error;
    say(error.message);
    process.exitCode = 2;
  }
}
