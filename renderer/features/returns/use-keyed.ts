import { useRef, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { keyedReturnFaults } from '../../../shared/contract/returns.ts';
import type { Sale } from '../../../shared/contract/views.ts';
import type { MessageId } from '../../../shared/i18n/catalogues.ts';
import { useWords } from '../../app/context.tsx';
import type { CallResult } from '../../client.ts';
import { useApproval } from '../operators/approval.tsx';
import { returnNotStoredText } from './return-text.ts';

type KeyedCall = 'returns.recordKeyed' | 'corrections.record';

const keyedFaultText: Readonly<Record<(typeof keyedReturnFaults)[number], MessageId>> = {
  'collector-number': 'keyed.fault.collector-number',
  amount: 'keyed.fault.amount',
  taxes: 'keyed.fault.taxes',
  miles: 'keyed.fault.miles',
  reason: 'keyed.fault.reason',
  'no-offer-table': 'return.hindrance.no-offer-table',
  'sale-is-here': 'keyed.fault.sale-is-here',
};

/** Records what a manager keyed, once: pressing again under the same key finds the first. */
export function useKeyed() {
  const { text, number } = useWords();
  const withApproval = useApproval();
  const key = useRef(crypto.randomUUID());
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [done, setDone] = useState<Sale>();

  const problemOf = (reply: CallOutput<KeyedCall>): string | undefined => {
    if (reply.kind === 'refused') return text(keyedFaultText[reply.fault]);
    if (reply.kind === 'over-limit')
      return text('keyed.fault.miles-over-limit', { limit: number(reply.milesLimit) });
    return reply.kind === 'not-stored' ? text(returnNotStoredText[reply.reason]) : undefined;
  };

  async function record<Name extends KeyedCall>(
    call: (key: string, approval: { readonly approval?: string }) => Promise<CallResult<Name>>,
  ): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setFault(undefined);
    const result = await withApproval((approval) =>
      call(key.current, approval === undefined ? {} : { approval }),
    );
    setBusy(false);
    if (result === null) return;
    if (result.kind === 'failure') {
      setFault(text('return.not-answered'));
      return;
    }
    const reply: CallOutput<KeyedCall> = result.output;
    if (reply.kind === 'recorded') {
      key.current = crypto.randomUUID();
      setDone(reply.sale);
    } else setFault(problemOf(reply));
  }

  return { fault, isBusy, done, record };
}
