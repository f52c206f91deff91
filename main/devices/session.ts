import type { WatchArrival } from './arrival.ts';
import { createBackoff } from './backoff.ts';
import type { Clock } from '../clock.ts';
import { type OpenFault, openFaultOf } from './faults.ts';
import type { Identify } from './identity.ts';
import { closeBounded, type SerialStream } from './stream.ts';

const OPEN_TIMEOUT_MS = 3_000;
const WATCHDOG_MS = 2_000;
/** The first retry comes sooner: a device just plugged in is out of bounds until udev has set its permissions. */
const FIRST_BLOCKED_RETRY_MS = 1_000;
const BLOCKED_RETRY_MS = 10_000;
const PROVEN_MS = 10_000;
/** A port that will not close holds its handle until the process ends; a second one means ending it. */
const ABANDONED_LIMIT = 2;

export type SessionState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready' }
  /** The device went away or failed; its stream is being closed. */
  | { readonly kind: 'lost' }
  /** Waiting before the next attempt. */
  | { readonly kind: 'back-off' }
  /** A person must change something; tried again all the same. */
  | { readonly kind: 'blocked'; readonly cause: 'permission' | 'in-use' | 'other' }
  /** Closed while the machine sleeps. */
  | { readonly kind: 'asleep' }
  | { readonly kind: 'stopped' };

export interface SessionDependencies {
  readonly path: string;
  /** A new stream for every call, not yet open. */
  readonly openStream: () => SerialStream;
  readonly identify: Identify;
  readonly watchArrival: WatchArrival;
  readonly clock: Clock;
  readonly random: () => number;
  readonly platform: NodeJS.Platform;
  /** The bytes are zeroed when it returns. */
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onState: (state: SessionState) => void;
  /** Ports that would not close have piled up: only ending the process frees them. */
  readonly onStuck: () => void;
}

/** One device on one path: opened, watched, lost and opened again until stopped. */
export interface DeviceSession {
  start(): void;
  /** Resolves when the port is closed, or given up after 2 s. */
  stop(): Promise<void>;
  /**
   * Writes to the device. `sent` when everything has left this machine, `refused` where the device is not there and
   * nothing was written, `lost` when it went away meanwhile: how much arrived is not known.
   */
  send(bytes: Uint8Array): Promise<'sent' | 'refused' | 'lost'>;
  /** Gives the port up and opens it anew, with nothing of what was written left in it. */
  restart(): void;
  /** Closes the port until `resume`: what was open over a sleep is often dead afterwards, and says nothing of it. */
  suspend(): void;
  /** Opens the port again at once, with a new stream. */
  resume(): void;
  /** The device proved itself by a good frame: the next loss starts with the shortest pause. */
  prove(): void;
}

/**
 * Keeps a serial device open through unplugging, replugging, missing permissions and locks. Every attempt gets a new
 * stream and a generation number; whatever ends an attempt goes through `lose`, once, and a late word from an older
 * stream changes nothing.
 */
export function createDeviceSession(dependencies: SessionDependencies): DeviceSession {
  const { path, clock, identify, onState } = dependencies;
  const backoff = createBackoff(dependencies.random);
  let generation = 0;
  let state: SessionState = { kind: 'absent' };
  let stream: SerialStream | undefined;
  let identityAtOpen: string | undefined;
  let abandonedCount = 0;
  let wasBlocked = false;
  let cancels: (() => void)[] = [];
  let closing: Promise<void> = Promise.resolve();
  const sending = new Set<() => void>();
  let cancelWatchdog = (): void => undefined;

  function enter(next: SessionState): void {
    state = next;
    onState(next);
  }

  function cancelAll(): void {
    cancelWatchdog();
    for (const cancel of cancels) cancel();
    cancels = [];
  }

  /** Waits in `next` for the pause to pass or for something to appear, whichever comes first. */
  function waitIn(next: SessionState, pauseMs: number): void {
    cancelAll();
    enter(next);
    if (state !== next) return;
    cancels.push(clock.after(pauseMs, attempt), dependencies.watchArrival(path, attempt));
  }

  function attempt(): void {
    cancelAll();
    generation += 1;
    const mine = generation;
    void identify(path).then(
      (identity) => {
        if (mine !== generation) return;
        if (identity === undefined) waitIn({ kind: 'absent' }, backoff.nextMs());
        else open(mine, identity);
      },
      (error: Error) => {
        if (mine === generation) waitAfter(error);
      },
    );
  }

  /** `error` is why the port would not open, `undefined` after one that was open. */
  function waitAfter(error: Error | undefined): void {
    const fault: OpenFault =
      error === undefined ? { kind: 'passing' } : openFaultOf(error, dependencies.platform);
    if (fault.kind === 'blocked') waitIn(fault, wasBlocked ? BLOCKED_RETRY_MS : FIRST_BLOCKED_RETRY_MS);
    else waitIn({ kind: fault.kind === 'absent' ? 'absent' : 'back-off' }, backoff.nextMs());
    wasBlocked = fault.kind === 'blocked';
  }

  function open(mine: number, identity: string): void {
    const opened = dependencies.openStream();
    stream = opened;
    identityAtOpen = identity;
    enter({ kind: 'opening' });
    cancels.push(clock.after(OPEN_TIMEOUT_MS, () => lose(mine)));
    opened.on('open', () => {
      if (mine === generation) becomeReady(mine);
    });
    opened.on('error', (error: Error) => lose(mine, state.kind === 'opening' ? error : undefined));
    opened.on('close', () => lose(mine));
    opened.on('data', (bytes: Buffer) => {
      if (mine === generation) dependencies.onBytes(bytes);
      bytes.fill(0);
    });
    opened.open();
  }

  function becomeReady(mine: number): void {
    cancelAll();
    wasBlocked = false;
    cancels.push(clock.after(PROVEN_MS, () => backoff.reset()));
    watchOver(mine);
    enter({ kind: 'ready' });
  }

  /** Some unplugs are announced by nothing at all, so look every 2 s whether the device is still the same. */
  function watchOver(mine: number): void {
    cancelWatchdog = clock.after(WATCHDOG_MS, () => {
      void identify(path).then(
        (identity) => {
          if (mine !== generation) return;
          if (identity === identityAtOpen) watchOver(mine);
          else lose(mine);
        },
        // Not being able to look says nothing about the device.
        () => {
          if (mine === generation) watchOver(mine);
        },
      );
    });
  }

  /** The one way out of an attempt. `error` is why a port would not open. */
  function lose(mine: number, error?: Error): void {
    if (mine !== generation || isResting()) return;
    generation += 1;
    const ended = generation;
    cancelAll();
    giveUpSending();
    if (error === undefined) enter({ kind: 'lost' });
    closing = closeStream();
    void closing.then(() => {
      if (ended !== generation) return;
      if (abandonedCount >= ABANDONED_LIMIT) dependencies.onStuck();
      waitAfter(error);
    });
  }

  /** Nothing is open and nothing is to be opened. */
  function isResting(): boolean {
    return state.kind === 'asleep' || state.kind === 'stopped';
  }

  /** Ends whatever goes on, and closes the port. */
  function rest(next: SessionState): Promise<void> {
    generation += 1;
    cancelAll();
    giveUpSending();
    enter(next);
    closing = Promise.all([closing, closeStream()]).then(() => undefined);
    return closing;
  }

  /** What was being written when the device went away is not written again. */
  function giveUpSending(): void {
    for (const giveUp of sending) giveUp();
  }

  /** Resolves when the present stream is closed, or abandoned after 2 s. */
  async function closeStream(): Promise<void> {
    const closing = stream;
    stream = undefined;
    if (closing === undefined) return;
    const isClosed = await closeBounded(closing, clock);
    if (!isClosed) abandonedCount += 1;
  }

  return {
    start: attempt,
    stop: () => rest({ kind: 'stopped' }),
    suspend() {
      if (!isResting()) void rest({ kind: 'asleep' });
    },
    resume() {
      if (state.kind !== 'asleep') return;
      backoff.reset();
      const mine = generation;
      // The old port first: two streams on one would lock each other out.
      void closing.then(() => {
        if (mine === generation) attempt();
      });
    },
    send(bytes) {
      const open = stream;
      if (open === undefined || state.kind !== 'ready') return Promise.resolve('refused');
      return new Promise((resolve) => {
        const settle = (outcome: 'sent' | 'lost'): void => {
          sending.delete(giveUp);
          resolve(outcome);
        };
        const giveUp = (): void => settle('lost');
        sending.add(giveUp);
        const unlessFailed = (next: () => void) => (error?: Error | null) =>
          error instanceof Error ? giveUp() : next();
        open.write(
          bytes,
          unlessFailed(() => open.drain(unlessFailed(() => settle('sent')))),
        );
      });
    },
    restart: () => lose(generation),
    prove: () => backoff.reset(),
  };
}
