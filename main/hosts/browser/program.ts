import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { installCrashPath } from '../crash-path.ts';
import { defaultDataFolder } from '../default-data-folder.ts';
import type { StartTerminal } from '../host.ts';
import { openTerminalLog, type TerminalLog } from '../terminal-log.ts';
import { readArguments, type ProgramArguments } from './arguments.ts';
import { startBrowserHost } from './browser-host.ts';
import { openWindow } from './open-window.ts';
import { knock, openFrontDoor } from './front-door.ts';
import { createStopper } from './stopper.ts';

const exitCodes = { refused: 1, badArguments: 2 } as const;

export interface Program {
  readonly startTerminal: StartTerminal;
  /** The built renderer. */
  readonly rendererFolder: string;
  readonly version: string;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function dataFolderFor(wanted: string | undefined): string {
  if (wanted !== undefined) return resolve(wanted);
  return defaultDataFolder({
    platform: process.platform,
    environmentVariables: process.env,
    homeFolder: homedir(),
  });
}

function openLog(dataFolder: string): TerminalLog | undefined {
  try {
    return openTerminalLog(dataFolder);
  } catch (cause) {
    say(
      `The data folder ${dataFolder} can not be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
    return undefined;
  }
}

async function run(
  { startTerminal, rendererFolder, version }: Program,
  given: ProgramArguments,
): Promise<void> {
  const dataFolder = dataFolderFor(given.dataFolder);
  const terminalLog = openLog(dataFolder);
  if (terminalLog === undefined) {
    process.exitCode = exitCodes.refused;
    return;
  }
  const { log, redactor, flush } = terminalLog;
  // A parent that goes away closes our standard streams; a terminal with sales to send does not end for that.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  installCrashPath(terminalLog, (code) => process.exit(code));
  const stopper = createStopper({ log, flush, say });

  const start = await startTerminal({
    dataFolder,
    settingsFile: given.settingsFile === undefined ? undefined : resolve(given.settingsFile),
    policyFile: given.policyFile === undefined ? undefined : resolve(given.policyFile),
    log,
    redactor,
    environmentVariables: process.env,
    version,
  });
  if (start.kind === 'refused') {
    log.error('terminal-refused', { code: start.code });
    say(start.message);
    if (start.code === 'in-use' && (await knock(dataFolder))) say('It was brought to the front.');
    return stopper.stop(exitCodes.refused);
  }
  stopper.add(() => start.terminal.stop());

  const host = await startBrowserHost({
    terminal: start.terminal,
    log,
    port: given.port,
    rendererFolder,
  });
  if (host.kind === 'refused') {
    log.error('host-refused', { code: host.code });
    say(host.message);
    return stopper.stop(exitCodes.refused);
  }
  stopper.add(() => host.stop());

  let window = { close: (): void => undefined };
  stopper.add(() => window.close());
  const show = (url: string): void => {
    say(`Milepost is ready. Its address, which works once: ${url}`);
    if (!given.isWindowWanted) return;
    // A window in front is a new one: no program can raise another's.
    window.close();
    window = openWindow({ url, dataFolder, log, say });
  };
  const door = await openFrontDoor(dataFolder, () => show(host.newUrl()));
  stopper.add(() => door.close());

  const url = host.newUrl();
  process.stdout.write(`${JSON.stringify({ event: 'ready', url })}\n`);
  show(url);
}

/** The browser host as a program: reads its arguments, starts the terminal, then its window; stops on a signal. */
export async function runBrowserProgram(program: Program, words: readonly string[]): Promise<void> {
  const read = readArguments(words);
  if (read.kind === 'refused') {
    say(`milepost: ${read.message}`);
    process.exitCode = exitCodes.badArguments;
    return;
  }
  await run(program, read.arguments);
}
