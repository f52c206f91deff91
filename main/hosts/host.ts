import type { EventName, Handlers } from '../../shared/contract/contract.ts';
import type { SpawnDeviceProcess } from '../devices/spawn.ts';
import type { Log } from '../diagnostics/log.ts';

/** The terminal as a host sees it: something that answers calls and announces events. */
export interface HostedTerminal {
  readonly handlers: Handlers;
  /** Announces every event; returns the way to stop listening. */
  onEvent(listener: (name: EventName, payload: unknown) => void): () => void;
}

export interface TerminalOptions {
  readonly dataFolder: string;
  readonly settingsFile: string | undefined;
  readonly log: Log;
  readonly environmentVariables: NodeJS.ProcessEnv;
  readonly version: string;
  /** How the device process is started; a child process where a host has nothing better. */
  readonly spawnDeviceProcess?: SpawnDeviceProcess;
}

/**
 * How starting a terminal ended. Refused is expected: a journal from a newer version, another terminal on the same
 * data, the wrong environment. The message is for the person who started it.
 */
export type TerminalStart =
  | { readonly kind: 'started'; readonly terminal: HostedTerminal & { stop(): Promise<void> } }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export type StartTerminal = (options: TerminalOptions) => Promise<TerminalStart>;
