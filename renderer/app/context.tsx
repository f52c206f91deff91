import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Terminal } from './terminal.ts';
import type { TerminalState } from './terminal-state.ts';
import type { Words } from './words.ts';

const TerminalContext = createContext<Terminal | null>(null);
const WordsContext = createContext<Words | null>(null);

export const TerminalProvider = TerminalContext.Provider;
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
