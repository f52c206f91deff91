import { useState } from 'react';
import type { Story } from '../../../shared/contract/board.ts';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import { useClient } from '../../app/context.tsx';
import { saidOf, saidOfCheck, type Said } from './said.ts';
import { useApproval } from '../operators/approval.tsx';

interface DecisionsOptions {
  readonly story: Story;
  readonly onSaid: (said: Said) => void;
}

/** Carries out the decisions about the transaction that is shown, one at a time, with a manager's approval. */
export function useDecisions({ story, onSaid }: DecisionsOptions) {
  const client = useClient();
  const withApproval = useApproval();
  const [isBusy, setBusy] = useState(false);
  const { seq, outcome } = story.sale;

  /** False where the person gave up: nothing is said then. */
  async function end(work: Promise<Said | null>): Promise<boolean> {
    setBusy(true);
    const said = await work;
    setBusy(false);
    if (said !== null) onSaid(said);
    return said !== null;
  }

  async function carryOut(decision: 'check' | 'send-again' | 'send-now'): Promise<Said | null> {
    switch (decision) {
      case 'check': {
        const result = await withApproval((approval) => client.call('board.check', { seq, approval }));
        return result === null ? null : saidOfCheck(result, outcome === 'accepted');
      }
      case 'send-again': {
        const result = await withApproval((approval) => client.call('board.sendAgain', { seq, approval }));
        return result === null ? null : saidOf(decision, result);
      }
      case 'send-now':
        return saidOf(decision, await client.call('board.sendNow', { seq }));
      default:
        return assertNever(decision);
    }
  }

  async function giveUp(decision: 'write-off' | 'cancel', why: string): Promise<Said | null> {
    const name = decision === 'write-off' ? 'board.writeOff' : 'board.cancel';
    const result = await withApproval((approval) => client.call(name, { seq, why, approval }));
    return result === null ? null : saidOf(decision, result);
  }

  return {
    isBusy,
    run: (decision: 'check' | 'send-again' | 'send-now') => end(carryOut(decision)),
    /** True once it was answered. */
    decideWhy: (decision: 'write-off' | 'cancel', why: string) => end(giveUp(decision, why)),
  };
}
