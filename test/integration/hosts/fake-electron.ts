import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import { vi } from 'vitest';

/** Electron's side of what the host uses, in one process: frames, windows, sessions and ipc, without Chromium. */
export interface Frame {
  readonly origin: string;
}

type CallHandler = (event: { senderFrame: Frame | null }, ...args: unknown[]) => unknown;
type PageHandler = (request: Request) => Promise<Response>;
type RequestGuard = (details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void;

function createFakeSession() {
  const events = new EventEmitter();
  return {
    events,
    pages: new Map<string, PageHandler>(),
    permissionRequestHandler: vi.fn<(handler: unknown) => void>(),
    permissionCheckHandler: vi.fn<(handler: unknown) => void>(),
    devicePermissionHandler: vi.fn<(handler: unknown) => void>(),
    requestGuard: vi.fn<(guard: RequestGuard) => void>(),
    asElectron() {
      return {
        protocol: { handle: (scheme: string, handler: PageHandler) => void this.pages.set(scheme, handler) },
        setPermissionRequestHandler: this.permissionRequestHandler,
        setPermissionCheckHandler: this.permissionCheckHandler,
        setDevicePermissionHandler: this.devicePermissionHandler,
        webRequest: { onBeforeRequest: this.requestGuard },
        on: events.on.bind(events),
      };
    },
  };
}

class FakeContents extends EventEmitter {
  readonly mainFrame: Frame = { origin: 'app://milepost' };
  readonly toPreload = new EventEmitter();
  openHandler: ((details: { url: string }) => unknown) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    this.toPreload.emit(channel, {}, ...args.map((value) => structuredClone(value)));
  }
  reload = vi.fn<() => void>();
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: BrowserWindowConstructorOptions;
  loaded: string | undefined;
  hasGone = false;
  focus = vi.fn<() => void>();
  show = vi.fn<() => void>();
  setKiosk = vi.fn<(isKiosk: boolean) => void>();
  setClosable = vi.fn<(isClosable: boolean) => void>();
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  async loadURL(address: string): Promise<void> {
    this.loaded = address;
  }
  isDestroyed(): boolean {
    return this.hasGone;
  }
  isMinimized(): boolean {
    return false;
  }
  destroy(): void {
    this.hasGone = true;
    this.emit('closed');
  }
}

export function createFakeElectron() {
  const handlers = new Map<string, CallHandler>();
  const app = Object.assign(new EventEmitter(), { getPath: (name: string): string => `/home/till/${name}` });
  const powerMonitor = new EventEmitter();
  const windows: FakeWindow[] = [];
  const sessions = new Map<string, ReturnType<typeof createFakeSession>>();
  const registeredSchemes = vi.fn<(schemes: unknown) => void>();

  function sessionNamed(name: string) {
    const found = sessions.get(name) ?? createFakeSession();
    sessions.set(name, found);
    return found;
  }

  async function invoke(frame: Frame | null, channel: string, ...args: unknown[]): Promise<unknown> {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(
      await handler({ senderFrame: frame }, ...args.map((value) => structuredClone(value))),
    );
  }

  /** `new BrowserWindow(…)` as main does it. */
  const BrowserWindow: new (options: BrowserWindowConstructorOptions) => FakeWindow =
    class extends FakeWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options);
        windows.push(this);
        app.emit('web-contents-created', {}, this.webContents);
      }
    };

  return {
    app,
    powerMonitor,
    windows,
    sessions,
    handlers,
    registeredSchemes,
    invoke,
    /** The module as main imports it. */
    main: {
      app,
      powerMonitor,
      BrowserWindow,
      protocol: { registerSchemesAsPrivileged: registeredSchemes },
      session: {
        fromPartition: (name: string) => sessionNamed(name).asElectron(),
        get defaultSession() {
          return sessionNamed('default').asElectron();
        },
      },
      ipcMain: {
        handle(channel: string, handler: CallHandler) {
          if (handlers.has(channel)) throw new Error(`A second handler for '${channel}'`);
          handlers.set(channel, handler);
        },
        removeHandler: (channel: string) => void handlers.delete(channel),
      },
    },
    /** The module as a window's preload imports it; what it exposes lands in `exposed`. */
    preloadOf(window: FakeWindow, exposed: Map<string, unknown>) {
      const { toPreload, mainFrame } = window.webContents;
      return {
        ipcRenderer: {
          invoke: (channel: string, ...args: unknown[]) => invoke(mainFrame, channel, ...args),
          on: toPreload.on.bind(toPreload),
          removeListener: toPreload.removeListener.bind(toPreload),
        },
        contextBridge: {
          exposeInMainWorld(name: string, api: object) {
            exposed.set(name, Object.freeze({ ...api }));
          },
        },
      };
    },
  };
}
