import type { CheckTrouble, DecisionKind } from '../../../shared/contract/board.ts';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Words } from '../../app/words.ts';
import type { CallResult } from '../../client.ts';
import { reasons } from './row-text.ts';

/** What is said of a decision once it is known how it ended. */
export interface Said {
  readonly isGood: boolean;
  readonly sentence: string;
  readonly detail?: string;
}

type Decided = CallOutput<'board.sendAgain' | 'board.writeOff' | 'board.cancel' | 'board.sendNow'>;

export const decisionText: Readonly<Record<DecisionKind, MessageId>> = {
  correct: 'board.decide.correct',
  check: 'board.decide.check',
  'send-again': 'board.decide.send-again',
  'send-now': 'board.decide.send-now',
  'write-off': 'board.decide.write-off',
  cancel: 'board.decide.cancel',
};

const done: Readonly<Record<Exclude<DecisionKind, 'correct' | 'check'>, MessageId>> = {
  'send-again': 'board.said.sent-again',
  'send-now': 'board.said.sending',
  'write-off': 'board.said.written-off',
  cancel: 'board.said.cancelled',
};

/** Main did not answer, or could not: whether it acted stands in the story. */
export const saidNothing = ({ text }: Words): Said => ({
  isGood: false,
  sentence: text('board.said.no-answer'),
});

export const saidNotPossible = ({ text }: Words): Said => ({
  isGood: false,
  sentence: text('board.said.not-possible'),
});

export function saidOf(
  decision: keyof typeof done,
  result: CallResult<'board.sendAgain' | 'board.writeOff' | 'board.cancel' | 'board.sendNow'>,
  words: Words,
): Said {
  if (result.kind === 'failure') return saidNothing(words);
  const output: Decided = result.output;
  return output.kind === 'done'
    ? { isGood: true, sentence: words.text(done[decision]) }
    : saidNotPossible(words);
}

/** What came of asking AIR MILES. `isAccepted`: it was taken in, so not finding it yet says nothing. */
export function saidOfCheck(result: CallResult<'board.check'>, isAccepted: boolean, words: Words): Said {
  const { text } = words;
  if (result.kind === 'failure') return saidNothing(words);
  const { output } = result;
  switch (output.kind) {
    case 'found':
      return { isGood: true, sentence: text('board.said.found') };
    case 'not-found':
      return { isGood: true, sentence: text(isAccepted ? 'board.said.not-yet' : 'board.said.not-found') };
    case 'unavailable': {
      const { trouble, detail } = output;
      return {
        isGood: false,
        sentence: troubleText(trouble, words),
        ...(detail === undefined ? {} : { detail }),
      };
    }
    case 'not-possible':
    case 'approval-needed':
      return saidNotPossible(words);
    default:
      return assertNever(output);
  }
}

/** Why AIR MILES could not be asked, in a sentence. */
export function troubleText(trouble: CheckTrouble, { text }: Words): string {
  switch (trouble) {
    case 'no-sponsor-codes':
      return text('board.trouble.no-sponsor-codes');
    case 'busy':
      return text('board.trouble.busy');
    case 'refused':
      return text('board.trouble.refused');
    case 'too-many':
      return text('board.trouble.too-many');
    default:
      return text('board.trouble.unreached', { reason: text(reasons[trouble]) });
  }
}
