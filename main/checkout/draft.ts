import { randomUUID } from 'node:crypto';
import type { Draft } from '../../shared/contract/views.ts';

/** An empty sale with a key of its own. */
function newDraft(): Draft {
  return {
    saleKey: randomUUID(),
    collectorText: '',
    entryMode: 'keyed',
    amountText: '',
    excludedText: '',
    taxTexts: {},
  };
}

/** Holds the sale being keyed, so that reloading the window loses nothing. In memory: it is nobody's sale yet. */
export function createDraftKeeper() {
  let draft = newDraft();
  return {
    current: (): Draft => draft,
    /** Keeps what was keyed so far. A draft that was recorded or cleared meanwhile is ignored. */
    keep(next: Draft): void {
      if (next.saleKey === draft.saleKey) draft = next;
    },
    clear(): Draft {
      draft = newDraft();
      return draft;
    },
    /** The draft was recorded: the next customer's begins, unless it already has. */
    recorded(saleKey: string): Draft {
      return saleKey === draft.saleKey ? this.clear() : draft;
    },
    /** A Collector was scanned: it replaces whatever was keyed as the number, and nothing else. */
    scanned(collectorText: string, entryMode: Draft['entryMode']): void {
      draft = { ...draft, collectorText, entryMode };
    },
  };
}
