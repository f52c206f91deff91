import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, dialog } from 'electron';
import { installCrashPath } from './hosts/crash-path.ts';
import { defaultDataFolder } from './hosts/default-data-folder.ts';
import { readElectronArguments } from './hosts/electron/arguments.ts';
import { startElectronHost, type ElectronHost } from './hosts/electron/electron.ts';
import { registerPageScheme } from './hosts/electron/protocol.ts';
import { createSafeStorageSealer } from './hosts/electron/safe-storage.ts';
import { makeFolder } from './hosts/make-folder.ts';
import { openTerminalLog, type TerminalLog } from './hosts/terminal-log.ts';
import { commandIn } from './hosts/electron/commands.ts';
import { startDeviceProcess } from './hosts/electron/device-process.ts';
import { beginUpdates } from './hosts/electron/updating.ts';
import { followPower } from './hosts/electron/power.ts';
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
    makeFolder(electronFolder);
    // Before the lock, which Electron keeps here: one terminal for each data folder, not one for the machine.
    app.setPath('userData', electronFolder);
    return openTerminalLog(dataFolder);
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** Starts the terminal, then its window. Electron is ready. */
async function start(terminalLog: TerminalLog, onHost: (host: ElectronHost) => void): Promise<void> {
  const { log, redactor, flush } = terminalLog;
  const updates = await beginUpdates(terminalLog, dataFolder, process.argv.slice(1));
  if (updates === undefined) {
    flush();
    return app.exit(0);
  }
  const window: { host: ElectronHost | undefined } = { host: undefined };
  const started = await startTerminal({
    dataFolder,
    settingsFile: given.settingsFile === undefined ? undefined : resolve(given.settingsFile),
    log,
    redactor,
    sealer: createSafeStorageSealer(),
    window: { kind: 'electron', leaveKiosk: () => window.host?.leaveKiosk() },
    spawnDeviceProcess: startDeviceProcess,
    environmentVariables: process.env,
    version: app.getVersion(),
    updates: updates.known,
  });
  if (started.kind === 'refused') {
    log.error('terminal-refused', { code: started.code });
    return refuse(`${started.message}${updates.advice}`);
  }
  const { terminal } = started;
  const host = await startElectronHost({
    terminal,
    log,
    rendererFolder: join(app.getAppPath(), 'out', 'renderer'),
    preloadFile: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
    isKiosk: terminal.installation?.settings.lockdown.isKiosk === true,
    hasDevTools: !app.isPackaged,
  });
  if (host.kind === 'refused') {
    log.error('host-refused', { code: host.code });
    await terminal.stop();
    return refuse(host.message);
  }
  onHost(host);
  window.host = host;
  const unfollowPower = terminal.devices === undefined ? undefined : followPower(terminal.devices, log);

  let stopping: Promise<void> | undefined;
  let isInstalling = false;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      updates.stop();
      unfollowPower?.();
      host.stop();
      await terminal.stop();
      log.info('stopped');
      flush();
    })();
    return stopping;
  };
  app.on('before-quit', (event) => {
    // Quitting waits until the terminal has stopped; `exit` below does not come back here.
    event.preventDefault();
    void stop().then(() => {
      if (!isInstalling) app.exit(0);
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  await host.openWindow();
  await updates.stand(terminal, async () => {
    // The window's end must not end the program before its installer is started; that one quits again.
    isInstalling = true;
    await stop();
    isInstalling = false;
  });
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

const words = process.argv.slice(app.isPackaged ? 1 : 2);
const command = commandIn(words, app.getVersion(), createSafeStorageSealer);

/** Runs a command of the console instead of a window, then ends. */
function runCommand(run: NonNullable<typeof command>): void {
  app.on('window-all-closed', () => undefined);
  void app
    .whenReady()
    .then(run)
    .then(({ exitCode, output, complaint }) => {
      process.stdout.write(output);
      if (complaint !== undefined) process.stderr.write(complaint);
      app.exit(exitCode);
    });
}

function startWindowed(): void {
  const terminalLog = prepareData();
  if (terminalLog instanceof Error) {
    refuse(`The data folder ${dataFolder} can not be written: ${terminalLog.message}`);
  } else if (app.requestSingleInstanceLock()) run(terminalLog);
  else app.quit();
}

if (command === undefined) startWindowed();
else runCommand(command);
