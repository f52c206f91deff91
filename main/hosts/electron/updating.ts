import { join } from 'node:path';
import { app } from 'electron';
import type { Notice } from '../../../shared/contract/views.ts';
import { systemClock } from '../../clock.ts';
import { inspectJournal } from '../../journal/inspect.ts';
import type { UpdatesKnown } from '../../updates/handlers.ts';
import { installedForm, onThisDisk } from '../../updates/installed-form.ts';
import { startSuccessor } from '../../updates/kept-installer.ts';
import { openUpdateMemory } from '../../updates/memory.ts';
import { superviseStart, type FailingVersion } from '../../updates/supervise.ts';
import { createUpdater, type Updater } from '../../updates/updater.ts';
import type { StartedTerminal } from '../host.ts';
import type { TerminalLog } from '../terminal-log.ts';
import { createElectronInstaller, type Around } from './updates.ts';

/** Updates of the program that runs, from before its terminal stands to its end. */
export interface ProgramUpdates {
  readonly known: UpdatesKnown;
  /** What to add when this version can not start: how the one before comes back. */
  readonly advice: string;
  /** The terminal and its window stand: believes this version, and looks for newer ones from now on. */
  stand(terminal: StartedTerminal, stop: () => Promise<void>): Promise<void>;
  stop(): void;
}

const inert: ProgramUpdates = {
  known: { notices: [], view: () => ({ state: 'sources' }) },
  advice: '',
  stand: async () => undefined,
  stop: () => undefined,
};

/**
 * Supervises the start of an installed version before anything of it touches the data. Undefined when the version
 * before was put back and started in its place: this program is to end.
 */
export async function beginUpdates(
  { log }: TerminalLog,
  dataFolder: string,
  words: readonly string[],
): Promise<ProgramUpdates | undefined> {
  if (!app.isPackaged) return inert;
  const version = app.getVersion();
  const journalFolder = join(dataFolder, 'journal');
  const memory = openUpdateMemory(join(dataFolder, 'updates'));
  const form = installedForm({
    isPackaged: true,
    platform: process.platform,
    execPath: process.execPath,
    resourcesPath: process.resourcesPath,
    environmentVariables: process.env,
    ...onThisDisk,
  });
  const nowMs = (): number => systemClock.nowMs();
  const supervised = await superviseStart({
    memory,
    version,
    form,
    journalFolder,
    words,
    nowMs,
    log,
  });
  if (supervised.kind === 'put-back') {
    app.releaseSingleInstanceLock();
    await startSuccessor(supervised.successor);
    return undefined;
  }
  const { failing } = supervised;
  const putBack = memory.known().failed;
  let updater: Updater | undefined;
  let feedState: 'no-feed' | 'off' | 'it-tool' = 'no-feed';

  const around = (stop: () => Promise<void>): Around => ({
    async stop() {
      await stop();
      app.releaseSingleInstanceLock();
    },
    restart(cause) {
      log.error('update-failed', {}, cause);
      void startSuccessor({ program: form.program, words }).finally(() => app.exit(1));
    },
  });

  return {
    known: {
      notices: noticesOf(failing, putBack?.previous === version ? putBack.version : undefined),
      view: () => ({
        ...(updater?.view() ?? { state: feedState }),
        ...(putBack?.previous === version ? { putBack: putBack.version } : {}),
        ...(failing === undefined ? {} : { failing }),
      }),
    },
    advice: adviceOf(failing),
    async stand({ installation }, stop) {
      if (installation === undefined) return;
      const { settings, updateSubject: subject } = installation;
      try {
        await supervised.confirm(() => inspectJournal(journalFolder), settings.updates.startsAllowed);
      } catch (cause) {
        // Without a place to remember it the next start is supervised once more.
        log.warn('update-not-confirmed', { version }, cause);
      }
      const { feedUrl, mode } = settings.updates;
      if (mode !== 'on') feedState = mode;
      if (feedUrl === undefined || mode !== 'on') return;
      const installer = createElectronInstaller(feedUrl, around(stop));
      updater = createUpdater({
        installer,
        subject,
        memory,
        form,
        settings,
        version,
        clock: systemClock,
        log,
      });
      updater.start();
    },
    stop: () => updater?.stop(),
  };
}

function adviceOf(failing: FailingVersion | undefined): string {
  if (failing === undefined) return '';
  const { previous, command } = failing;
  const next =
    command === undefined ? 'Install a newer version.' : `To put version ${previous} back: ${command}`;
  return `\n\nNo sale is lost. ${next}`;
}

function noticesOf(failing: FailingVersion | undefined, putBack: string | undefined): Notice[] {
  if (failing !== undefined) {
    return [{ id: 'version-failing', code: 'version-failing', version: failing.version }];
  }
  if (putBack === undefined) return [];
  return [{ id: 'version-put-back', code: 'version-put-back', version: putBack }];
}
