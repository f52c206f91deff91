import type { Story, StoryLine } from '../../../shared/contract/board.ts';
import type { PrintState, PrintTrouble } from '../../../shared/contract/receipts.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { outcomes, type CloseReason } from '../../../shared/domain/outcome.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { Words } from '../../app/words.ts';
import { outcomeText } from '../sales/outcome-text.ts';
import { reasons } from './row-text.ts';

export interface Told {
  readonly sentence: string;
  /** What support asks for, who did it, and why. */
  readonly details: readonly string[];
}

/** One thing that happened, as a sentence and what stands behind it. */
export function tell(line: StoryLine, words: Words): Told {
  const { text } = words;
  const by = 'actor' in line && line.actor !== undefined ? [text('story.by', { actor: line.actor })] : [];
  const why =
    'why' in line && line.why !== undefined && line.why !== '' ? [text('story.why', { why: line.why })] : [];
  const told = (sentence: string, more: readonly (string | undefined)[] = []): Told => ({
    sentence,
    details: [...more.filter((part) => part !== undefined), ...by, ...why],
  });
  switch (line.kind) {
    case 'stored':
      return told(
        line.inPlaceOf === undefined
          ? text('story.stored')
          : text('story.stored-in-place', { reference: line.inPlaceOf }),
      );
    case 'attempt': {
      const { number, code, status, detail, elapsedMs } = line;
      const outcome = outcomes.find((one) => one === code);
      const reason = code in reasons ? reasons[code as keyof typeof reasons] : undefined;
      const answer = outcome === undefined ? reason : outcomeText[outcome];
      // A refusal's detail begins with its status already.
      const http = status === undefined || detail !== undefined ? undefined : `HTTP ${status}`;
      const tenths = Math.round(elapsedMs / 100);
      const seconds =
        tenths === 0 ? undefined : text('story.seconds', { seconds: words.number(tenths / 10) });
      const sentence = text('story.attempt', { number, answer: answer === undefined ? code : text(answer) });
      return told(sentence, [detail, http, seconds]);
    }
    case 'parked':
      return told(text(line.isMissingThere ? 'story.parked-missing' : 'story.parked'));
    case 'checked':
      return told(text('story.checked'));
    case 'found':
      return told(
        line.milesAmount === undefined
          ? text('story.found')
          : text('story.found-counted', { count: line.milesAmount }),
      );
    case 'sent-again':
      return told(text('story.sent-again'));
    case 'closed':
      return told(
        line.by === undefined ? text(closed[line.closedAs]) : text('story.replaced', { reference: line.by }),
      );
    case 'print':
      return told(text(printed[line.state]), [
        line.trouble === undefined ? undefined : text(printTrouble[line.trouble]),
      ]);
    case 'miles-taken-over': {
      const here = line.milesHere === null ? text('day.difference.nothing') : words.number(line.milesHere);
      return told(text('story.miles-taken-over', { here, there: words.number(line.milesThere) }));
    }
    case 'difference-noted':
      return told(text('story.difference-noted'));
    case 'other':
      return told(text('story.other'));
    case 'returned': {
      const { reference, outcome, milesAmount } = line;
      const state = text(outcome === 'closed' ? 'outcome.closed' : outcomeText[outcome]);
      return told(text('story.returned', { reference }), [
        state,
        milesAmount === undefined ? undefined : words.miles(-milesAmount),
      ]);
    }
    default:
      return assertNever(line);
  }
}

/** What support is told to find it: its reference, how often it was tried, and the last answer's status. */
export function supportReference({ sale, lines }: Story, { text }: Words): string {
  const last = lines.findLast((line) => line.kind === 'attempt');
  const parts = [
    sale.reference,
    last === undefined ? undefined : text('story.attempts', { count: last.number }),
    last?.status === undefined ? undefined : `HTTP ${last.status}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

const printed: Readonly<Record<PrintState, MessageId>> = {
  printed: 'story.print.printed',
  failed: 'story.print.failed',
  'no-printer': 'story.print.no-printer',
  unknown: 'story.print.unknown',
};

const printTrouble: Readonly<Record<PrintTrouble, MessageId>> = {
  'not-connected': 'story.print.not-connected',
  'not-reached': 'story.print.not-reached',
  stopping: 'story.print.stopping',
  lost: 'story.print.lost',
  'no-answer': 'story.print.no-answer',
  'paper-out': 'story.print.paper-out',
  'process-ended': 'story.print.process-ended',
};

const closed: Readonly<Record<CloseReason, MessageId>> = {
  'returned-unsent': 'story.closed.returned-unsent',
  corrected: 'story.closed.corrected',
  cancelled: 'story.closed.cancelled',
  'written-off': 'story.closed.written-off',
};
