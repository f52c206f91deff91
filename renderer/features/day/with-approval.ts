import type { CallName } from '../../../shared/contract/contract.ts';
import type { CallResult } from '../../client.ts';

type WithApproval = <Name extends CallName>(
  call: (approval: string | undefined) => Promise<CallResult<Name>>,
) => Promise<CallResult<Name> | null>;

/** Until operators are here: nobody is asked. */
export const useApproval = (): WithApproval => async (call) => await call(undefined);
