import { join } from 'node:path';
import type { createDraftKeeper } from '../checkout/draft.ts';
import type { Clock } from '../clock.ts';
import { queueFigures } from '../diagnostics/upkeep.ts';
import type { Journal } from '../journal/journal.ts';
import type { Operators } from '../operators/operators.ts';
import type { Keying } from './keying.ts';
import type { UpdateSubject } from './updater.ts';

/** Copies kept of the journal from before updates. */
const COPIES_KEPT = 3;

/** The terminal as updates see it. The copy of the journal is followed from end to end before it counts as one. */
export function createUpdateSubject(given: {
  readonly journal: Journal;
  readonly operators: Pick<Operators, 'view'>;
  readonly draft: ReturnType<typeof createDraftKeeper>;
  readonly keying: Pick<Keying, 'isOpen'>;
  readonly clock: Clock;
  readonly dataFolder: string;
}): UpdateSubject {
  const { journal, operators, draft, keying, clock, dataFolder } = given;
  return {
    async copyJournal() {
      const { file, lastSeq } = await journal.backUp(join(dataFolder, 'updates'), COPIES_KEPT, clock.nowMs());
      return { file, lastSeq };
    },
    async queue() {
      const { depth, oldestAgeMs } = await queueFigures(journal, clock);
      return { due: depth, oldestDueAgeMs: oldestAgeMs };
    },
    isSignedIn: () => operators.view().signedIn !== null,
    isSaleOpen: () => {
      const { collectorText, amountText } = draft.current();
      return collectorText !== '' || amountText !== '' || keying.isOpen();
    },
  };
}
