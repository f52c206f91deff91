import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { CLIENT_SECRET, startTerminal, writeSettings, type TerminalProgram } from './programs.ts';

/** What shows the terminal under test. */
export interface Host {
  /** Starts the terminal in a folder, with these settings, and has its window shown in `page`. */
  start(folder: string, settings: object): Promise<TerminalProgram>;
  /** Resolves with the name of the next file that the window saves. Ask before it does. */
  saved(page: Page): Promise<string>;
  /** What its windows said on their consoles, and what they keep on the disk. */
  leftBehind(): Promise<ReadonlyArray<{ readonly path: string; readonly text: string }>>;
}

/** The terminal's own little server, and the test's browser on it. */
export function browserHost(page: Page): Host {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  return {
    async start(folder, settings) {
      const terminal = await startTerminal(folder, settings);
      await page.goto(terminal.ready.url);
      return terminal;
    },
    saved: async (window) => (await window.waitForEvent('download')).suggestedFilename(),
    async leftBehind() {
      const kept = await page.context().storageState();
      return [
        { path: 'console', text: said.join('\n') },
        { path: 'browser storage', text: JSON.stringify(kept.origins) },
      ];
    },
  };
}

/**
 * A page that is not there yet: whatever is asked of it is asked of the newest window. What was had of an older one, such
 * as a locator, stays with that one.
 */
function newestOf(window: () => Page): Page {
  return new Proxy({} as Page, {
    get(_, name) {
      const value: unknown = Reflect.get(window(), name);
      return typeof value === 'function' ? value.bind(window()) : value;
    },
    getPrototypeOf: () => Reflect.getPrototypeOf(window()),
  });
}

/** The packaged program under real Electron. Its secret comes by a provisioning file, once, and is sealed by the system. */
export function electronHost(executablePath: string): Host & { readonly page: Page } {
  const said: string[] = [];
  let newest: Page | undefined;
  let program: ElectronApplication | undefined;
  return {
    page: newestOf(() => {
      if (newest === undefined) throw new Error('No window is open yet: shop.open() opens one');
      return newest;
    }),
    async start(folder, settings) {
      const data = join(folder, 'data');
      if (!existsSync(data)) {
        mkdirSync(data);
        writeFileSync(join(data, 'provisioning.json'), JSON.stringify({ 'client-secret': CLIENT_SECRET }), {
          mode: 0o600,
        });
      }
      const keyring = process.platform === 'linux' ? ['--password-store=gnome-libsecret'] : [];
      const app = await _electron.launch({
        executablePath,
        args: ['--data', data, '--settings', writeSettings(folder, settings), ...keyring],
        timezoneId: 'America/Toronto',
        locale: 'en-CA',
      });
      program = app;
      const child = app.process();
      const exited = once(child, 'exit');
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
      app.on('console', (message) => said.push(message.text()));
      newest = await app.firstWindow();
      newest.on('console', (message) => said.push(message.text()));
      return {
        child,
        ready: { event: 'ready', url: newest.url() },
        output: () => output,
        async kill() {
          child.kill('SIGKILL');
          await exited;
        },
        async stop() {
          if (child.exitCode === null && child.signalCode === null) await app.close();
          return child.exitCode;
        },
      };
    },
    async saved() {
      if (program === undefined) throw new Error('No program runs yet');
      // Behind the terminal's own listener, which has chosen the place or refused it by then.
      return await program.evaluate(
        ({ session }) =>
          new Promise<string>((resolve) =>
            session
              .fromPartition('milepost-window')
              .once('will-download', (event, item) =>
                resolve(event.defaultPrevented ? 'refused' : item.getFilename()),
              ),
          ),
      );
    },
    // Its session is in memory alone, and ends with it.
    leftBehind: async () => [{ path: 'console', text: said.join('\n') }],
  };
}
