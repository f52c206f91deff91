import {
  app,
  BrowserWindow,
  ipcMain,
  session,
  type BrowserWindowConstructorOptions,
  type IpcMainInvokeEvent,
} from 'electron';
import type { CallReply, Role } from '../../../shared/contract/contract.ts';
import type { Log } from '../../diagnostics/log.ts';
import { createContractServer } from '../contract-server.ts';
import type { HostedTerminal } from '../host.ts';
import { openRendererFiles } from '../renderer-files.ts';
import { channels, pageOrigin } from './channels.ts';
import { guardContents, guardSession } from './guards.ts';
import { servePages } from './protocol.ts';

/** Held in memory only: a window keeps nothing that main does not keep better. */
const SESSION_NAME = 'milepost-window';

export interface ElectronHost {
  readonly kind: 'started';
  /** Opens one more window on the terminal; resolves when its page is loaded. */
  openWindow(): Promise<void>;
  /** Brings the first window to the front. */
  focus(): void;
  /** Gives the screen back: every window leaves full screen. */
  leaveKiosk(): void;
  stop(): void;
}

export type ElectronHostStart =
  ElectronHost | { readonly kind: 'refused'; readonly code: 'renderer-not-built'; readonly message: string };

/** The settings of every window. Security is stated even where it is Electron's default, so that a test can hold it. */
function windowOptions(
  preloadFile: string,
  isKiosk: boolean,
  hasDevTools: boolean,
): BrowserWindowConstructorOptions {
  return {
    width: 1024,
    height: 768,
    minWidth: 800,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    kiosk: isKiosk,
    closable: !isKiosk,
    webPreferences: {
      preload: preloadFile,
      session: session.fromPartition(SESSION_NAME),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: hasDevTools,
    },
  };
}

/** Gives the terminal windows of Electron's. Call when Electron is ready and the scheme is registered. */
export async function startElectronHost({
  terminal,
  log,
  rendererFolder,
  preloadFile,
  isKiosk = false,
  hasDevTools = false,
}: {
  terminal: HostedTerminal;
  log: Log;
  rendererFolder: string;
  preloadFile: string;
  /** Full screen, and no way to close it but a manager's. */
  isKiosk?: boolean;
  /** In a release there are none. */
  hasDevTools?: boolean;
}): Promise<ElectronHostStart> {
  const renderer = await openRendererFiles(rendererFolder, terminal);
  if (renderer.kind === 'missing') {
    const message = `The screens are not built: ${rendererFolder} has no index.html.`;
    return { kind: 'refused', code: 'renderer-not-built', message };
  }
  const servers = {
    operator: createContractServer({ terminal, log }),
    customer: createContractServer({ terminal, log, role: 'customer' }),
  } as const satisfies Record<Role, unknown>;
  const windows = new Map<BrowserWindow, Role>();

  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, log, () => void openWindow('customer')),
  );
  const windowSession = session.fromPartition(SESSION_NAME);
  const savedFolder = app.getPath('downloads');
  guardSession(windowSession, log, savedFolder);
  guardSession(session.defaultSession, log, savedFolder);
  servePages(windowSession, renderer.files, log);

  /** Only the main frame of one of our windows, and only while it shows one of our pages; whose window it is. */
  function roleOf({ senderFrame }: IpcMainInvokeEvent): Role | undefined {
    if (senderFrame === null || senderFrame.origin !== pageOrigin) return undefined;
    return [...windows].find(
      ([window]) => !window.isDestroyed() && window.webContents.mainFrame === senderFrame,
    )?.[1];
  }

  ipcMain.handle(channels.call, async (event, name: unknown, input: unknown): Promise<CallReply> => {
    const role = roleOf(event);
    if (role !== undefined) return servers[role].call(name, input);
    log.warn('call-refused', { reason: 'not-allowed', origin: event.senderFrame?.origin });
    return { kind: 'failure', failure: 'not-allowed' };
  });
  const stopEvents = (['operator', 'customer'] as const).map((role) =>
    servers[role].onEvent((name, payload) => {
      for (const [window, its] of windows) {
        if (its === role && !window.isDestroyed()) window.webContents.send(channels.event, name, payload);
      }
    }),
  );

  async function openWindow(role: Role): Promise<void> {
    const window = new BrowserWindow(windowOptions(preloadFile, isKiosk, hasDevTools));
    windows.set(window, role);
    window.on('closed', () => windows.delete(window));
    window.once('ready-to-show', () => window.show());
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error('window-crashed', { reason });
      // Main holds the truth, the sale being keyed included: a fresh page shows all of it again.
      if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
    });
    await window.loadURL(`${pageOrigin}${role === 'customer' ? '/customer' : '/'}`);
  }

  return {
    kind: 'started',
    openWindow: () => openWindow('operator'),
    focus() {
      const [first] = windows.keys();
      if (first === undefined) return;
      if (first.isMinimized()) first.restore();
      first.focus();
    },
    leaveKiosk() {
      for (const window of windows.keys()) {
        window.setKiosk(false);
        window.setClosable(true);
      }
    },
    stop() {
      for (const stop of stopEvents) stop();
      ipcMain.removeHandler(channels.call);
      for (const window of windows.keys()) window.destroy();
      windows.clear();
    },
  };
}
