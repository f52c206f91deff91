import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { play } from '../../ui/sound.ts';
import type { CallResult } from '../../client.ts';
import { useApproval } from '../operators/approval.tsx';

type DecisionCall = 'devices.bind' | 'devices.keepLine' | 'devices.keepTaught' | 'devices.forgetTaught';

/** Decisions that stay: asked with IT's approval where it takes one; what could not be done is told, for the ears too. */
export function useDeviceDecision() {
  const withApproval = useApproval('it');
  const [isRefused, setRefused] = useState(false);
  return {
    /** The last one was not done. */
    isRefused,
    async decide<Name extends DecisionCall>(
      call: (approval: { readonly approval?: string }) => Promise<CallResult<Name>>,
    ): Promise<void> {
      const result = await withApproval((approval) => call(approval === undefined ? {} : { approval }));
      // Null: the person gave up at the PIN.
      const output: CallOutput<DecisionCall> | undefined =
        result?.kind === 'answer' ? result.output : undefined;
      const wasRefused = result !== null && output?.kind !== 'done';
      setRefused(wasRefused);
      if (wasRefused) play('refused');
    },
  };
}
