import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { EventName, EventPayload } from '../../shared/contract/contract.ts';
import type { Snapshot } from '../../shared/contract/views.ts';
import type { Client } from '../client.ts';
import type { Terminal } from './terminal.ts';
import type { TerminalState } from './terminal-state.ts';
import type { Words } from './words.ts';

const TerminalContext = createContext<Terminal | null>(null);
const ClientContext = createContext<Client | null>(null);
const WordsContext = createContext<Words | null>(null);

export const TerminalProvider = TerminalContext.Provider;
export const ClientProvider = ClientContext.Provider;
export const WordsProvider = WordsContext.Provider;

/** What the screen can ask for. */
export function useTerminal(): Terminal {
  const terminal = useContext(TerminalContext);
  if (terminal === null) throw new Error('No terminal above this component');
  return terminal;
}

/** The state to draw; a change draws again. */
export function useTerminalState(): TerminalState {
  const terminal = useTerminal();
  return useSyncExternalStore(terminal.subscribe, terminal.getState);
}

/** The words of the language in use. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('No words above this component');
  return words;
}

/** The contract, for pages that keep their own state. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('No client above this component');
  return client;
}

/** What main said of itself; only below a window that is loaded. */
export function useSnapshot(): Snapshot {
  const { loaded } = useTerminalState();
  if (loaded === null) throw new Error('Nothing is loaded yet');
  return loaded.snapshot;
}

/** Hears an event for as long as the component stands; the listener may change without missing one. */
export function useEvent<Name extends EventName>(
  name: Name,
  listener: (payload: EventPayload<Name>) => void,
): void {
  const client = useClient();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => client.on(name, (payload) => latest.current(payload)), [client, name]);
}
