import type { CopyStanding } from '../journal/put-back.ts';
import type { FormKind } from './installed-form.ts';

export interface RollBackFacts {
  readonly form: FormKind;
  readonly canReplace: boolean;
  /** What was kept of the version before is there, byte for byte. */
  readonly isKeptWhole: boolean;
  /** It was put back once, and the new version starts again: the installer did nothing. */
  readonly wasPutBack: boolean;
  readonly journal: CopyStanding;
}

/** Why a version that does not start stays all the same. */
const stayReasons = [
  'needs-it',
  'nothing-kept',
  'recorded-since',
  'journal-unreadable',
  'did-not-work',
] as const;
export type StayReason = (typeof stayReasons)[number];

export type RollBackPlan =
  | { readonly kind: 'put-back'; readonly restoresJournal: boolean }
  | { readonly kind: 'stay'; readonly why: StayReason };

/**
 * Pure: what to do about a new version that does not start. The version before comes back only with a journal it can
 * open that forgets nothing; where that can not be, the new one is tried again at every start and IT is told.
 */
export function planRollBack(facts: RollBackFacts): RollBackPlan {
  const { form, canReplace, isKeptWhole, wasPutBack, journal } = facts;
  // The version before would refuse a newer journal and sell nothing; the copy from before would forget sales.
  if (journal === 'recorded-since') return { kind: 'stay', why: 'recorded-since' };
  if (journal === 'unreadable') return { kind: 'stay', why: 'journal-unreadable' };
  // A package manager's, or another user's, to replace.
  if ((form !== 'nsis' && form !== 'appimage') || !canReplace) return { kind: 'stay', why: 'needs-it' };
  // Again and again would sell nothing either.
  if (wasPutBack) return { kind: 'stay', why: 'did-not-work' };
  if (!isKeptWhole) return { kind: 'stay', why: 'nothing-kept' };
  return { kind: 'put-back', restoresJournal: journal === 'same' };
}
