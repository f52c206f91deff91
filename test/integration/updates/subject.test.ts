import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { createDraftKeeper } from '../../../main/checkout/draft.ts';
import { createKeying } from '../../../main/updates/keying.ts';
import { createUpdateSubject } from '../../../main/updates/subject.ts';
import { openedJournal, temporaryFolder } from '../journal/support.ts';

test('a sale is open for updates while one is keyed, and while a return or a correction is', async () => {
  const dataFolder = temporaryFolder();
  const journal = await openedJournal(dataFolder);
  onTestFinished(() => journal.close());
  const draft = createDraftKeeper();
  const keying = createKeying(systemClock);
  const operators = {
    view: () => ({
      mode: 'off' as const,
      isSetUp: false,
      operators: [],
      signedIn: null,
      isLocked: false,
      itApprovers: [],
    }),
  };
  const subject = createUpdateSubject({
    journal,
    operators,
    draft,
    keying,
    clock: systemClock,
    dataFolder,
  });
  expect(subject.isSaleOpen()).toBe(false);
  draft.keep({ ...draft.current(), amountText: '24.97' });
  expect(subject.isSaleOpen()).toBe(true);
  draft.clear();
  keying.say(true);
  expect(subject.isSaleOpen()).toBe(true);
  keying.say(false);
  expect(subject.isSaleOpen()).toBe(false);
});
