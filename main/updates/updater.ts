import type { UpdateState } from '../../shared/contract/updates.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Settings } from '../settings/schema.ts';
import { decideUpdate, isInRollout, minutesOf, type UpdateDecision } from './decide.ts';
import type { InstalledForm } from './installed-form.ts';
import { keepInstaller } from './kept-installer.ts';
import type { UpdateMemory } from './memory.ts';

/** What downloads and installs: electron-updater in the Electron host. */
export interface Installer {
  /** The newest version offered, or nothing newer. */
  check(): Promise<string | undefined>;
  /** Downloads what `check` found and checks its signature. Resolves when it is ready to install. */
  download(): Promise<void>;
  /** Stops the terminal, installs, and ends this program; starts it again where the installer can not. */
  install(): Promise<void>;
}

/** The terminal as updates see it. */
export interface UpdateSubject {
  /** Copies the journal, follows the copy from end to end, and tells the number of its last transaction. */
  copyJournal(): Promise<{ readonly file: string; readonly lastSeq: number }>;
  queue(): Promise<{ readonly due: number; readonly oldestDueAgeMs: number }>;
  isSignedIn(): boolean;
  isSaleOpen(): boolean;
}

const LOOK_EVERY_MS = 60_000;
const CHECK_EVERY_MS = 4 * 3_600_000;

export interface UpdaterOptions {
  readonly installer: Installer;
  readonly subject: UpdateSubject;
  readonly memory: UpdateMemory;
  readonly form: InstalledForm;
  readonly settings: Settings;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Looks for a new version now and then, downloads it in the background, and installs it when the store sleeps. */
export function createUpdater(options: UpdaterOptions) {
  const { installer, subject, memory, form, settings, version, clock, log } = options;
  const { updates, store } = settings;
  let offered: string | undefined;
  let ready: string | undefined;
  let state: UpdateState = updates.mode === 'on' ? 'not-looked-yet' : updates.mode;
  let lookedAtMs: number | undefined;
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let isStopping = false;
  let isInstalling = false;
  let cancel = (): void => undefined;

  const enter = (next: UpdateState): void => {
    if (next !== state && offered !== undefined) log.info('update-waits', { reason: next, version: offered });
    state = next;
  };

  const fetchNewer = async (): Promise<void> => {
    if (updates.mode !== 'on' || clock.monotonicMs() - checkedAtMs < CHECK_EVERY_MS) return;
    checkedAtMs = clock.monotonicMs();
    try {
      offered = await installer.check();
      lookedAtMs = clock.nowMs();
      if (offered === undefined) return enter('nothing-newer');
      if (offered === ready || offered === memory.known().failed?.version || !form.canReplace) return;
      if (!isInRollout(store.number, offered, updates.rolloutPercent)) return enter('rollout');
      await installer.download();
      ready = offered;
      log.info('update-ready', { version: offered });
    } catch (cause) {
      enter('unreachable');
      log.warn('update-not-fetched', {}, cause);
    }
  };

  const decide = async (): Promise<UpdateDecision> => {
    const { due, oldestDueAgeMs } = await subject.queue();
    const now = new Date(clock.nowMs());
    const { failed, notInstalled } = memory.known();
    return decideUpdate({
      mode: updates.mode,
      canReplace: form.canReplace,
      ready,
      failedVersion: failed?.version,
      notInstalledAgoMs:
        notInstalled !== undefined && notInstalled.version === ready
          ? Math.max(0, clock.nowMs() - notInstalled.atMs)
          : undefined,
      minuteOfDay: now.getHours() * 60 + now.getMinutes(),
      windowFrom: minutesOf(updates.windowFrom),
      windowTo: minutesOf(updates.windowTo),
      isSignedIn: subject.isSignedIn(),
      isSaleOpen: subject.isSaleOpen(),
      due,
      oldestDueAgeMs,
      oldestQueueMs: updates.oldestQueueHours * 3_600_000,
      isStopping,
    });
  };

  const waitFor = (decision: Extract<UpdateDecision, { kind: 'wait' }>): void => {
    if (decision.why !== 'nothing-ready') return enter(decision.why);
    // What was found out while looking says more.
    if (offered !== undefined && offered === memory.known().failed?.version) enter('failed-before');
  };

  const look = async (): Promise<void> => {
    await fetchNewer();
    const decision = await decide();
    if (decision.kind === 'wait') return waitFor(decision);
    let copied: Awaited<ReturnType<UpdateSubject['copyJournal']>>;
    let kept: Awaited<ReturnType<typeof keepInstaller>>;
    try {
      copied = await subject.copyJournal();
      kept = await keepInstaller(form, version, memory.folder);
    } catch (cause) {
      // Without a whole copy and a way back nothing is installed.
      enter('copy-failed');
      log.warn('update-copy-failed', { version: decision.version }, cause);
      return;
    }
    // Copying takes a while: somebody may have come meanwhile.
    const again = await decide();
    if (again.kind === 'wait') return waitFor(again);
    if (kept === undefined) log.warn('update-without-way-back', { version: decision.version });
    memory.keepAttempt({
      from: version,
      to: decision.version,
      startedAtMs: clock.nowMs(),
      copy: copied.file,
      lastSeq: copied.lastSeq,
      isRehearsed: false,
      starts: 0,
      startsAllowed: updates.startsAllowed,
      ...(kept === undefined ? {} : { kept }),
    });
    isInstalling = true;
    enter('installing');
    log.info('update-begins', { version: decision.version, count: copied.lastSeq });
    await installer.install();
  };

  const lookAgain = (): void => {
    look()
      .catch((cause: unknown) => log.warn('update-failed', {}, cause))
      .finally(() => {
        if (!isStopping && !isInstalling) cancel = clock.after(LOOK_EVERY_MS, lookAgain);
      });
  };

  return {
    start: (): void => {
      if (updates.mode === 'on') cancel = clock.after(LOOK_EVERY_MS, lookAgain);
    },
    /** One look now, for tests and for a person who asks. */
    look,
    /** What is offered and why it is not installed. */
    view: () => ({ state, offered, lookedAtMs }),
    /** From here on nothing is installed. */
    stop: (): void => {
      isStopping = true;
      cancel();
    },
  };
}
export type Updater = ReturnType<typeof createUpdater>;
