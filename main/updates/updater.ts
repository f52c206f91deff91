import type { Clock } from '../clock.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Settings } from '../settings/schema.ts';
import type { AttemptFile } from './attempt.ts';
import { decideUpdate, isInRollout, minutesOf, type UpdateDecision } from './decide.ts';

/** What downloads and installs: electron-updater in the Electron host. */
export interface Installer {
  /** The newest version offered, or nothing newer. */
  check(): Promise<string | undefined>;
  /** Downloads what `check` found and checks its signature. Resolves when it is ready to install. */
  download(): Promise<void>;
  /** Ends this program and installs. Nothing after it runs. */
  install(): void;
}

/** The terminal as updates see it. */
export interface UpdateSubject {
  /** Copies the journal, tries this version's successor's premise on the copy (it opens whole), and counts. */
  copyJournal(): Promise<{ readonly file: string; readonly transactions: number }>;
  queue(): Promise<{ readonly due: number; readonly oldestDueAgeMs: number }>;
  isSignedIn(): boolean;
  isSaleOpen(): boolean;
}

const LOOK_EVERY_MS = 60_000;
const CHECK_EVERY_MS = 4 * 3_600_000;

export interface UpdaterOptions {
  readonly installer: Installer;
  readonly subject: UpdateSubject;
  readonly attempts: AttemptFile;
  readonly settings: Settings;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Looks for a new version now and then, downloads it in the background, and installs it when the store sleeps. */
export function createUpdater(options: UpdaterOptions) {
  const { installer, subject, attempts, settings, clock, log } = options;
  const { updates, store } = settings;
  let ready: string | undefined;
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let isStopping = false;
  let told = '';
  let cancel = (): void => undefined;

  const fetchNewer = async (): Promise<void> => {
    if (updates.mode !== 'on' || clock.monotonicMs() - checkedAtMs < CHECK_EVERY_MS) return;
    checkedAtMs = clock.monotonicMs();
    const found = await installer.check();
    if (found === undefined || found === ready || found === attempts.failedVersion()) return;
    if (!isInRollout(store.number, found, updates.rolloutPercent)) {
      log.info('update-waits-for-its-turn', { version: found });
      return;
    }
    await installer.download();
    ready = found;
    log.info('update-ready', { version: found });
  };

  const decide = async (): Promise<UpdateDecision> => {
    const { due, oldestDueAgeMs } = await subject.queue();
    const now = new Date(clock.nowMs());
    return decideUpdate({
      mode: updates.mode,
      ready,
      failedVersion: attempts.failedVersion(),
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

  const look = async (): Promise<void> => {
    await fetchNewer();
    const decision = await decide();
    if (decision.kind === 'wait') {
      if (decision.why !== told && ready !== undefined) log.info('update-waits', { reason: decision.why });
      told = decision.why;
      return;
    }
    const { file, transactions } = await subject.copyJournal();
    // Copying takes a while: somebody may have come meanwhile.
    const again = await decide();
    if (again.kind === 'wait') return;
    attempts.begin({
      from: options.version,
      to: decision.version,
      startedAtMs: clock.nowMs(),
      backup: file,
      transactions,
      starts: 0,
    });
    log.info('update-installed', { version: decision.version, count: transactions });
    installer.install();
  };

  const lookAgain = (): void => {
    look()
      .catch((cause: unknown) => log.warn('update-failed', {}, cause))
      .finally(() => {
        if (!isStopping) cancel = clock.after(LOOK_EVERY_MS, lookAgain);
      });
  };

  return {
    start: (): void => {
      if (updates.mode === 'on') cancel = clock.after(LOOK_EVERY_MS, lookAgain);
    },
    /** One look now, for tests and for a person who asks. */
    look,
    /** From here on nothing is installed. */
    stop: (): void => {
      isStopping = true;
      cancel();
    },
  };
}
