import { useEffect, useState } from 'react';
import type { DevicesView } from '../../../shared/contract/devices.ts';
import { useClient, useEvent, useTerminalState } from '../../app/context.tsx';

/** The devices as main sees them, kept current; nothing until it has said so once. */
export function useDevices(): DevicesView | null {
  const client = useClient();
  const { isConnected } = useTerminalState();
  const [view, setView] = useState<DevicesView | null>(null);
  useEvent('devices', setView);
  useEffect(() => {
    let isCurrent = true;
    if (isConnected) {
      void client.call('devices.view', {}).then((result) => {
        if (isCurrent && result.kind === 'answer') setView(result.output);
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [client, isConnected]);
  return view;
}
