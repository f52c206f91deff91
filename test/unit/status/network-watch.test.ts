import { expect, test } from 'vitest';
import { createNetworkWatch } from '../../../main/network-watch.ts';
import { createManualClock } from '../manual-clock.ts';

test('a network that comes, or becomes another, is noticed once; one that goes is not', () => {
  const time = createManualClock();
  let addresses = '';
  const noticed: string[] = [];
  const watch = createNetworkWatch(
    time.clock,
    () => noticed.push(addresses),
    () => addresses,
  );
  watch.start();
  for (const next of ['', '192.0.2.7', '192.0.2.7', '', '198.51.100.3']) {
    addresses = next;
    time.advance(3000);
  }
  expect(noticed).toEqual(['192.0.2.7', '198.51.100.3']);
  watch.stop();
  expect(time.pendingTimers()).toBe(0);
});
