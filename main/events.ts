import type { EventName, EventPayload } from '../shared/contract/contract.ts';

type Listener = (name: EventName, payload: unknown) => void;

/** Where main's parts announce what windows should know. */
export function createEvents() {
  const listeners = new Set<Listener>();
  return {
    emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
      for (const listener of listeners) listener(name, payload);
    },
    /** Returns the way to stop listening. */
    on(listener: Listener): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
export type Events = ReturnType<typeof createEvents>;
