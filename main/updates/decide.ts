import { createHash } from 'node:crypto';

/** Everything the decision needs, gathered before. Times of day are minutes since local midnight. */
export interface UpdateFacts {
  readonly mode: 'off' | 'on' | 'it-tool';
  /** The version that is downloaded and checked; undefined where there is none. */
  readonly ready: string | undefined;
  /** Whether this user may replace the program without anybody's password; else IT's tool has to. */
  readonly canReplace: boolean;
  /** A version that failed to start here and was rolled back: never tried again. */
  readonly failedVersion: string | undefined;
  /** How long ago the installer of the very version did nothing; undefined where it never did that. */
  readonly notInstalledAgoMs: number | undefined;
  readonly minuteOfDay: number;
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly isSignedIn: boolean;
  readonly isSaleOpen: boolean;
  readonly due: number;
  readonly oldestDueAgeMs: number;
  readonly oldestQueueMs: number;
  readonly isStopping: boolean;
}

export type UpdateDecision =
  | { readonly kind: 'install'; readonly version: string }
  /** `why`: the first thing in the way; it is looked at again in a minute. */
  | {
      readonly kind: 'wait';
      readonly why:
        | 'off'
        | 'it-tool'
        | 'needs-it'
        | 'nothing-ready'
        | 'failed-before'
        | 'not-installed'
        | 'stopping'
        | 'outside-window'
        | 'signed-in'
        | 'sale-open'
        | 'queue-too-old';
    };

const wait = (why: Extract<UpdateDecision, { kind: 'wait' }>['why']): UpdateDecision => ({
  kind: 'wait',
  why,
});

/** Whether a minute of the day lies in a window, which may cross midnight; one that begins when it ends is all day. */
export function isInWindow(minute: number, from: number, to: number): boolean {
  if (from === to) return true;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** A night: an installer that did nothing is not tried again in the same one. */
const TRY_AGAIN_MS = 20 * 3_600_000;

/** When an update may be installed: never on the way out, never in the way of a sale. Pure. */
export function decideUpdate(facts: UpdateFacts): UpdateDecision {
  const { mode, ready } = facts;
  if (mode !== 'on') return wait(mode);
  if (!facts.canReplace) return wait('needs-it');
  if (ready === undefined) return wait('nothing-ready');
  if (ready === facts.failedVersion) return wait('failed-before');
  const { notInstalledAgoMs } = facts;
  // A clock that was set back counts as no time at all.
  if (notInstalledAgoMs !== undefined && notInstalledAgoMs < TRY_AGAIN_MS) return wait('not-installed');
  // An installer started at a shutdown is cut off by it.
  if (facts.isStopping) return wait('stopping');
  if (!isInWindow(facts.minuteOfDay, facts.windowFrom, facts.windowTo)) return wait('outside-window');
  if (facts.isSignedIn) return wait('signed-in');
  if (facts.isSaleOpen) return wait('sale-open');
  // What waits was promised to customers: young sales may wait through a restart, old ones are sent first.
  if (facts.due > 0 && facts.oldestDueAgeMs > facts.oldestQueueMs) return wait('queue-too-old');
  return { kind: 'install', version: ready };
}

/** A store's own place among all, from 0 up to 100: the same for ever, and another one for another version. */
export function rolloutPlace(storeNumber: string, version: string): number {
  const digest = createHash('sha256').update(`${version}\n${storeNumber}`).digest();
  return (digest.readUInt32BE(0) / 2 ** 32) * 100;
}

/** Whether this store's turn has come when so many of a hundred have the version. All lanes of a store go together. */
export function isInRollout(storeNumber: string, version: string, percent: number): boolean {
  return rolloutPlace(storeNumber, version) < percent;
}

/** `02:30` as minutes since midnight. */
export function minutesOf(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
