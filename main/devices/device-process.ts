/**
 * The device process: owns every serial port, so that a driver that hangs or crashes takes no sale with it, and so that
 * no hashing or compressing in main delays a scan. Writes go through libuv's thread pool: the parent starts this with
 * UV_THREADPOOL_SIZE=16.
 */
import { existsSync } from 'node:fs';
import { watchArrival, watchFolder } from './arrival.ts';
import { systemClock } from '../clock.ts';
import { createDeviceSet, type DeviceSet } from './device-set.ts';
import { listPorts } from './discovery.ts';
import { createIdentify } from './identity.ts';
import { type Configuration, ToDevices } from './messages.ts';
import { findParentPort } from './parent-port.ts';
import { createSerialStream } from './stream.ts';

/** Told apart from a crash in main's log. */
const STUCK_EXIT_CODE = 75;

const parent = findParentPort();
let devices: DeviceSet | undefined;

function configure(configuration: Configuration): void {
  if (devices !== undefined) throw new Error('The device process is configured once');
  devices = createDeviceSet(configuration, {
    openStream: createSerialStream,
    identify: createIdentify(listPorts, process.platform),
    watchArrival,
    list: listPorts,
    exists: existsSync,
    watchDevices: (listener) =>
      process.platform === 'linux'
        ? watchFolder('/dev', (name) => /^(tty(ACM|USB)|serial$)/.test(name), listener)
        : () => undefined,
    clock: systemClock,
    random: Math.random,
    platform: process.platform,
    onStuck: () => process.exit(STUCK_EXIT_CODE),
    send: (message) => parent.send(message),
  });
  devices.start();
}

/** An open port would keep the process alive: closing has a deadline of its own, then it ends whatever is left. */
async function stop(): Promise<void> {
  await devices?.stop();
  process.exit(0);
}

parent.onMessage((raw) => {
  const message = ToDevices.parse(raw);
  if (message.kind === 'configure') configure(message);
  else if (message.kind === 'stop') void stop();
  else devices?.obey(message);
});
parent.onGone(() => void stop());
