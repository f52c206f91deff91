import type { EventName, Handlers } from '../../shared/contract/contract.ts';
import type { Settings } from '../settings/schema.ts';
import type { UpdatesKnown } from '../updates/handlers.ts';
import type { UpdateSubject } from '../updates/updater.ts';
import type { HostWindow } from './lockdown.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Redactor } from '../diagnostics/redact.ts';
import type { SpawnDeviceProcess } from '../devices/spawn.ts';
import type { Sealer } from '../secrets/sealer.ts';

/** What an installed program needs besides: to lock its screen and to update itself. */
export interface Installation {
  readonly settings: Settings;
  readonly updateSubject: UpdateSubject;
}

/** What must not be held open while the machine sleeps. */
export interface SleepAware {
  /** Lets go, before the machine sleeps. */
  suspend(): void;
  /** Takes up again at once, when it has woken. */
  resume(): void;
}

/** The terminal as a host sees it: something that answers calls and announces events. */
export interface HostedTerminal {
  readonly handlers: Handlers;
  /** Announces every event; returns the way to stop listening. */
  onEvent(listener: (name: EventName, payload: unknown) => void): () => void;
}

export interface TerminalOptions {
  readonly dataFolder: string;
  readonly settingsFile: string | undefined;
  /** The machine's policy, where it is not in the operating system's place for it. */
  readonly policyFile?: string | undefined;
  readonly log: Log;
  /** What stands in front of that log. */
  readonly redactor?: Redactor;
  /** What seals secrets, where the host has it. */
  readonly sealer?: Sealer;
  /** What kind of window the host has; a terminal without one (tests, benches) counts as the browser's. */
  readonly window?: HostWindow;
  /** How device processes start, where it is not a fork. */
  readonly spawnDeviceProcess?: SpawnDeviceProcess;
  readonly environmentVariables: NodeJS.ProcessEnv;
  readonly version: string;
  /** What is known of newer versions, where the host can be updated. */
  readonly updates?: UpdatesKnown;
}

export type StartedTerminal = HostedTerminal & {
  readonly installation?: Installation;
  /** The serial ports; a host that hears of the machine's sleep tells them. */
  readonly devices?: SleepAware;
  stop(): Promise<void>;
};

/**
 * How starting a terminal ended. Refused is expected: a journal from a newer version, another terminal on the same
 * data, the wrong environment. The message is for the person who started it.
 */
export type TerminalStart =
  | { readonly kind: 'started'; readonly terminal: StartedTerminal }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export type StartTerminal = (options: TerminalOptions) => Promise<TerminalStart>;
