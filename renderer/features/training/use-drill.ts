import { useEffect, useState } from 'react';
import type { DrillState } from '../../../shared/contract/training.ts';
import { useClient, useEvent } from '../../app/context.tsx';

/** The drill as it stands; null until main has said. */
export function useDrill(): DrillState | null {
  const client = useClient();
  const [state, setState] = useState<DrillState | null>(null);
  useEvent('training', setState);
  useEffect(() => {
    let isCurrent = true;
    void client.call('training.state', {}).then((result) => {
      if (isCurrent && result.kind === 'answer') setState(result.output);
    });
    return () => {
      isCurrent = false;
    };
  }, [client]);
  return state;
}
