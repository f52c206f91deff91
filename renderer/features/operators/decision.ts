import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import type { CallResult } from '../../client.ts';
import { operatorFaultText } from './pin-text.ts';

type DecisionCall = 'operators.add' | 'operators.change' | 'operators.resetPin';

export type DecisionEnd =
  | { readonly kind: 'done' }
  /** The person gave up at the manager's PIN. */
  | { readonly kind: 'given-up' }
  | { readonly kind: 'fault'; readonly fault: MessageId; readonly isAboutPin: boolean };

/** What a decision on operators came to, as the screen goes on from it. */
export function decisionEnd(result: CallResult<DecisionCall> | null): DecisionEnd {
  if (result === null) return { kind: 'given-up' };
  if (result.kind === 'failure') return { kind: 'fault', fault: 'pin.no-answer', isAboutPin: false };
  const reply: CallOutput<DecisionCall> = result.output;
  if (reply.kind === 'done') return { kind: 'done' };
  if (reply.kind === 'approval-needed') return { kind: 'given-up' };
  return { kind: 'fault', fault: operatorFaultText[reply.fault], isAboutPin: reply.fault.startsWith('pin') };
}
