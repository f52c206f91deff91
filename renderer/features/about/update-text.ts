import type { UpdatesView, UpdateState } from '../../../shared/contract/updates.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';

/** Why nothing newer is installed now. */
export const stateText: Readonly<Record<UpdateState, MessageId>> = {
  off: 'about.updates.off',
  'it-tool': 'about.updates.it-tool',
  sources: 'about.updates.sources',
  'no-feed': 'about.updates.no-feed',
  'needs-it': 'about.updates.needs-it',
  'not-looked-yet': 'about.updates.not-looked-yet',
  unreachable: 'about.updates.unreachable',
  'nothing-newer': 'about.updates.nothing-newer',
  rollout: 'about.updates.rollout',
  'failed-before': 'about.updates.failed-before',
  'not-installed': 'about.updates.not-installed',
  stopping: 'about.updates.stopping',
  'outside-window': 'about.updates.outside-window',
  'signed-in': 'about.updates.signed-in',
  'sale-open': 'about.updates.sale-open',
  'queue-too-old': 'about.updates.queue-too-old',
  'copy-failed': 'about.updates.copy-failed',
  installing: 'about.updates.installing',
};

/** Why the version before was not put back. */
export const failingText: Readonly<Record<NonNullable<UpdatesView['failing']>['why'], MessageId>> = {
  'needs-it': 'about.updates.failing.needs-it',
  'nothing-kept': 'about.updates.failing.nothing-kept',
  'recorded-since': 'about.updates.failing.recorded-since',
  'journal-unreadable': 'about.updates.failing.journal-unreadable',
  'did-not-work': 'about.updates.failing.did-not-work',
};
