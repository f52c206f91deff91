import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { Client } from '../../client.ts';

type Shown = CallOutput<'customer.snapshot'>;

/**
 * What the customer is to see. Nothing while the terminal program is away: what was on the display may be over by then,
 * and nobody is to find the sale of the one before.
 */
export function useCustomer(client: Client): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let isCurrent = true;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      void client.call('customer.snapshot', {}).then((result) => {
        if (!isCurrent) return;
        if (result.kind === 'answer') setShown(result.output);
        else if (result.failure !== 'disconnected') retry = setTimeout(load, 1_000);
      });
    };
    const stops = [
      client.on('customer', (view) => setShown((before) => before && { ...before, view })),
      client.onConnection((isConnected) => {
        clearTimeout(retry);
        if (isConnected) load();
        else setShown(null);
      }),
    ];
    return () => {
      isCurrent = false;
      clearTimeout(retry);
      for (const stop of stops) stop();
    };
  }, [client]);
  return shown;
}
