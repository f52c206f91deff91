import { networkInterfaces } from 'node:os';
import type { Clock } from './clock.ts';

const LOOK_EVERY_MS = 3000;

function addresses(): string {
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal }) => !internal);
  return outside
    .map(({ address }) => address)
    .toSorted()
    .join(' ');
}

/**
 * Notices when this machine's addresses change: a cable plugged in, a wireless network found. It is a hint, which only
 * shortens a wait; whether AIR MILES can be reached is known by reaching it. `read` gives this machine's addresses.
 */
export function createNetworkWatch(clock: Clock, onChange: () => void, read: () => string = addresses) {
  let known = read();
  let cancel = (): void => undefined;
  const look = (): void => {
    const now = read();
    if (now !== known && now !== '') onChange();
    known = now;
    cancel = clock.after(LOOK_EVERY_MS, look);
  };
  return {
    start: (): void => {
      cancel = clock.after(LOOK_EVERY_MS, look);
    },
    stop: (): void => cancel(),
  };
}
