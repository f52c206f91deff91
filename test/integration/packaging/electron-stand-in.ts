import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The module `electron` for a packaged main that runs in plain Node. Its one window asks for its page and for the
 * terminal's snapshot as a real one would, tells what came, and closes.
 */
const appFolder = process.env['PACKAGED_APP'] ?? '';
// A packaged program's words begin after its own name.
process.argv.splice(1, 1);
Object.assign(process, { resourcesPath: join(appFolder, 'resources') });

const origin = 'app://milepost';
const calls: ((event: object, name: string, input: object) => Promise<unknown>)[] = [];
const pages = new Map<string, (request: Request) => Promise<Response>>();
const tell = (what: string): void => void process.stdout.write(`${what}\n`);

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  setPath: () => undefined,
  getPath: () => '/nonexistent',
  requestSingleInstanceLock: () => true,
  releaseSingleInstanceLock: () => undefined,
  enableSandbox: () => undefined,
  whenReady: async () => undefined,
  getVersion: (): string => JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')).version,
  getAppPath: () => appFolder,
  quit: () => void app.emit('before-quit', { preventDefault: () => undefined }),
  exit: (code: number) => process.exit(code),
});

/** The program believes its version once its window stands, and only then. */
function closeWhenBelieved(): void {
  const [folder = ''] = process.argv.slice(process.argv.indexOf('--data') + 1);
  if (existsSync(join(folder, 'updates', 'known.json'))) app.quit();
  else setTimeout(closeWhenBelieved, 20);
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), {
    mainFrame: { origin },
    setWindowOpenHandler: () => undefined,
    send: () => undefined,
  });
  isDestroyed = (): boolean => false;
  destroy = (): void => undefined;
  show = (): void => undefined;

  async loadURL(address: string): Promise<void> {
    tell(`window ${address}`);
    const page = await pages.get('app')?.(new Request(address));
    tell(`page ${page?.status} ${page?.headers.get('content-type')}`);
    const event = { senderFrame: this.webContents.mainFrame };
    const reply = await calls[0]?.(event, 'terminal.snapshot', {});
    const { output } = reply as { output: { version: string; environment: string } };
    tell(`snapshot ${output.version} ${output.environment}`);
    closeWhenBelieved();
  }
}

const windowSession = Object.assign(new EventEmitter(), {
  protocol: {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      void pages.set(scheme, handler),
  },
  setPermissionRequestHandler: () => undefined,
  setPermissionCheckHandler: () => undefined,
  setDevicePermissionHandler: () => undefined,
  webRequest: { onBeforeRequest: () => undefined },
});
export const session = { fromPartition: () => windowSession, defaultSession: windowSession };
export const protocol = { registerSchemesAsPrivileged: () => undefined };
export const ipcMain = {
  handle: (_channel: string, handler: (typeof calls)[number]) => void calls.push(handler),
  removeHandler: () => undefined,
};
export const dialog = {
  showErrorBox: (_title: string, message: string) => tell(`error box: ${message}`),
};
/** A machine without a key ring. */
export const safeStorage = {
  getSelectedStorageBackend: () => 'basic_text',
  isAsyncEncryptionAvailable: async () => false,
};
export const powerMonitor = new EventEmitter();
export const utilityProcess = {
  fork: () => {
    const child = new EventEmitter();
    return Object.assign(child, {
      pid: undefined,
      postMessage: ({ kind }: { kind: string }) => {
        if (kind === 'stop') setImmediate(() => child.emit('exit', 0));
      },
      kill: () => true,
    });
  },
};
