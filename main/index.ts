import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, dialog } from 'electron';
import { installCrashPath } from './hosts/crash-path.ts';
import { defaultDataFolder } from './hosts/default-data-folder.ts';
import { readElectronArguments } from './hosts/electron/arguments.ts';
import { startElectronHost, type ElectronHost } from './hosts/electron/electron.ts';
import { registerPageScheme } from './hosts/electron/protocol.ts';
import { startUtilityDeviceProcess } from './hosts/electron/utility-device-process.ts';
import { openTerminalLog, type TerminalLog } from './hosts/terminal-log.ts';
import { startTerminal } from './terminal.ts';

const given = readElectronArguments(process.argv.slice(app.isPackaged ? 1 : 2));
const dataFolder =
  given.dataFolder === undefined
    ? defaultDataFolder({
        platform: process.platform,
        environmentVariables: process.env,
        homeFolder: homedir(),
      })
    : resolve(given.dataFolder);

/** Ends the program with a message a person can read: nothing is running yet that could show it. */
function refuse(message: string): void {
  dialog.showErrorBox('Milepost', message);
  app.exit(1);
}

/** The folders and the log, or what the system said against them. */
function prepareData(): TerminalLog | Error {
  try {
    const electronFolder = join(dataFolder, 'electron');
    mkdirSync(electronFolder, { recursive: true, mode: 0o700 });
    // Before the lock, which Electron keeps here: one terminal for each data folder, not one for the machine.
    app.setPath('userData', electronFolder);
    return openTerminalLog(dataFolder);
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** Starts the terminal, then its window. Electron is ready. */
async function start({ log, flush }: TerminalLog, onHost: (host: ElectronHost) => void): Promise<void> {
  const started = await startTerminal({
    dataFolder,
    settingsFile: given.settingsFile === undefined ? undefined : resolve(given.settingsFile),
    log,
    environmentVariables: process.env,
    version: app.getVersion(),
    spawnDeviceProcess: startUtilityDeviceProcess,
  });
  if (started.kind === 'refused') {
    log.error('terminal-refused', { code: started.code });
    return refuse(started.message);
  }
  const { terminal } = started;
  const host = await startElectronHost({
    terminal,
    log,
    rendererFolder: join(app.getAppPath(), 'out', 'renderer'),
    preloadFile: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
  });
  if (host.kind === 'refused') {
    log.error('host-refused', { code: host.code });
    await terminal.stop();
    return refuse(host.message);
  }
  onHost(host);

  let isStopping = false;
  app.on('before-quit', (event) => {
    // Quitting waits until the terminal has stopped; `exit` below does not come back here.
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    host.stop();
    void terminal.stop().then(() => {
      log.info('stopped');
      flush();
      app.exit(0);
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  await host.openWindow();
}

function run(terminalLog: TerminalLog): void {
  installCrashPath(terminalLog, (code) => app.exit(code));
  app.enableSandbox();
  registerPageScheme();
  let host: ElectronHost | undefined;
  app.on('second-instance', () => host?.focus());
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top level: Electron is ready only after this module has run to its end.
  void app.whenReady().then(() =>
    start(terminalLog, (started) => {
      host = started;
    }),
  );
}

const terminalLog = prepareData();
if (terminalLog instanceof Error)
  refuse(`The data folder ${dataFolder} can not be written: ${terminalLog.message}`);
else if (app.requestSingleInstanceLock()) run(terminalLog);
else app.quit();
