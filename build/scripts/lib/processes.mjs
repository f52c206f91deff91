import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { isWindows, root } from './workspace.mjs';

const keptOutputBytes = 512 * 1024;
/** Longer than the program's own limit for stopping. */
const graceMs = 15_000;

/** @type {readonly NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @typedef {object} ToolResult
 * @property {number} code 0 is success; 124 means stopped by a limit, 127 not startable
 * @property {string} output both streams in the order they came, the last 512 KB; empty when live
 * @property {number} elapsedMs
 */

/**
 * @typedef {object} ToolOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [live] show the output as it comes instead of keeping it
 * @property {number} [timeLimitMs] the whole run
 * @property {number} [idleLimitMs] time without progress
 * @property {() => number} [progress] grows while the tool gets on; without it, output counts as progress
 */

/**
 * Runs a tool to its end, in the project's folder, without input. Never throws for what the tool does. The tool leads its own
 * process group, so that stopping it stops what it started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ToolOptions} [options]
 * @returns {Promise<ToolResult>}
 */
export function runTool(command, args, options = {}) {
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const stream = options.live ? 'inherit' : 'pipe';
    const child = spawn(command, args, {
      cwd: root,
      env: options.env ?? process.env,
      stdio: ['ignore', stream, stream],
      detached: !isWindows,
      windowsHide: true,
    });
    let output = '';
    let outputBytes = 0;
    let stoppedByLimit = false;
    for (const source of [child.stdout, child.stderr]) {
      source?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        outputBytes += text.length;
        output = (output + text).slice(-keptOutputBytes);
      });
    }
    const stopAtLimit = () => {
      stoppedByLimit = true;
      stopGroup(child, 'SIGKILL');
    };
    const progress = options.progress ?? (() => outputBytes);
    const timers = [
      options.timeLimitMs === undefined ? undefined : setTimeout(stopAtLimit, options.timeLimitMs),
      options.idleLimitMs === undefined ? undefined : watchIdle(progress, options.idleLimitMs, stopAtLimit),
    ];
    const release = passSignalsOn((signal) => stopGroup(child, signal));
    /** @param {number} code */
    const finish = (code) => {
      for (const timer of timers) clearTimeout(timer);
      const interruptedBy = release();
      // A tool that was interrupted is no verdict: the command itself ends.
      if (interruptedBy !== undefined) process.exit(signalCode(interruptedBy));
      // What is kept is shown later, perhaps in a file: some tools colour it whatever they are told.
      resolve({ code, output: stripVTControlCharacters(output), elapsedMs: Date.now() - startedAt });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.once('close', (code, signal) => finish(stoppedByLimit ? 124 : exitCode(code, signal)));
  });
}

/**
 * Runs the program this command exists for: its input and output are ours, signals are passed on, and its exit code is
 * returned. A program that does not stop within 15 s of the first signal is killed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export function runProgram(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: 'inherit', windowsHide: false });
    /** @type {NodeJS.Timeout | undefined} */
    let patience;
    const release = passSignalsOn((signal) => {
      // Windows tells every program of the console by itself; a signal sent there would end the program unprepared.
      if (isWindows) return;
      child.kill(signal);
      patience ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
    });
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(patience);
      release();
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * @param {(signal: NodeJS.Signals) => void} act
 * @returns {() => NodeJS.Signals | undefined} stops listening, and tells the first signal that came
 */
function passSignalsOn(act) {
  /** @type {NodeJS.Signals | undefined} */
  let first;
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    first ??= signal;
    act(signal);
  };
  for (const signal of passedOn) process.on(signal, onSignal);
  const stopWatching = whenCallerIsGone(() => onSignal('SIGTERM'));
  return () => {
    for (const signal of passedOn) process.off(signal, onSignal);
    stopWatching();
    return first;
  };
}

/**
 * npm runs a script through a shell, and passes a signal on to that shell only: many shells die of it and tell nobody. So the
 * shell's end is taken for the signal. Not when npm did not call: then a shell may end and leave us running on purpose.
 * @param {() => void} act called once
 * @returns {() => void} stops watching
 */
function whenCallerIsGone(act) {
  if (isWindows || process.env['npm_lifecycle_event'] === undefined) return () => undefined;
  const caller = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === caller) return;
    clearInterval(timer);
    act();
  }, 200);
  return () => clearInterval(timer);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function stopGroup(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (isWindows)
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  else process.kill(-child.pid, signal);
}

/**
 * @param {() => number} progress
 * @param {number} limitMs
 * @param {() => void} onIdle
 */
function watchIdle(progress, limitMs, onIdle) {
  let seen = progress();
  let seenAt = Date.now();
  return setInterval(() => {
    const now = progress();
    if (now !== seen) {
      seen = now;
      seenAt = Date.now();
    } else if (Date.now() - seenAt > limitMs) {
      onIdle();
    }
  }, 1000);
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return code ?? (signal === null ? 1 : signalCode(signal));
}

/** @param {NodeJS.Signals} signal */
function signalCode(signal) {
  return 128 + (constants.signals[signal] ?? 0);
}
