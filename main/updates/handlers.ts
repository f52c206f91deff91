import type { Handlers } from '../../shared/contract/contract.ts';
import type { Notice } from '../../shared/contract/views.ts';
import type { UpdatesView } from '../../shared/contract/updates.ts';
import type { Settings } from '../settings/schema.ts';

/** What a host that can be updated knows; a browser's terminal has none. */
export interface UpdatesKnown {
  /** What a person must know of the version that runs. */
  readonly notices: readonly Notice[];
  view(): Omit<UpdatesView, 'windowFrom' | 'windowTo'>;
}

/** Answers which version waits, and why. */
export function createUpdateHandlers(
  known: UpdatesKnown | undefined,
  { updates }: Settings,
): Pick<Handlers, 'updates.read'> {
  const { windowFrom, windowTo } = updates;
  return {
    'updates.read': () => ({ windowFrom, windowTo, ...(known?.view() ?? { state: 'sources' }) }),
  };
}
