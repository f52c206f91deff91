import type { CheckTrouble, DecisionKind } from '../../../shared/contract/board.ts';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Message, Words } from '../../app/words.ts';
import type { CallResult } from '../../client.ts';
import { reasons } from './row-text.ts';

/** What is said of a decision once it is known how it ended. */
export interface Said {
  readonly isGood: boolean;
  /** Data, not words: what is said follows the language when it is switched. */
  readonly about: Message | CheckTrouble;
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
export const saidNothing: Said = { isGood: false, about: ['board.said.no-answer'] };

export const saidNotPossible: Said = { isGood: false, about: ['board.said.not-possible'] };

/** What is said, in the words of now. */
export const saidText = ({ about }: Said, words: Words): string =>
  typeof about === 'string' ? troubleText(about, words) : words.text(...about);

export function saidOf(
  decision: keyof typeof done,
  result: CallResult<'board.sendAgain' | 'board.writeOff' | 'board.cancel' | 'board.sendNow'>,
): Said {
  if (result.kind === 'failure') return saidNothing;
  const output: Decided = result.output;
  return output.kind === 'done' ? { isGood: true, about: [done[decision]] } : saidNotPossible;
}

/** What came of asking AIR MILES. `isAccepted`: it was taken in, so not finding it yet says nothing. */
export function saidOfCheck(result: CallResult<'board.check'>, isAccepted: boolean): Said {
  if (result.kind === 'failure') return saidNothing;
  const { output } = result;
  switch (output.kind) {
    case 'found':
      return { isGood: true, about: ['board.said.found'] };
    case 'not-found':
      return { isGood: true, about: [isAccepted ? 'board.said.not-yet' : 'board.said.not-found'] };
    case 'unavailable': {
      const { trouble, detail } = output;
      return {
        isGood: false,
        about: trouble,
        ...(detail === undefined ? {} : { detail }),
      };
    }
    case 'not-possible':
    case 'approval-needed':
      return saidNotPossible;
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
