/**
 * The device process: owns every serial port, so that a driver that hangs or crashes takes no sale with it, and so that
 * no hashing or compressing in main delays a scan. Reads go through libuv's thread pool: the parent starts this with
 * UV_THREADPOOL_SIZE=16.
 */
import { existsSync } from 'node:fs';
import { watchArrival, watchFolder } from './arrival.ts';
import { systemClock } from '../clock.ts';
import { listPorts } from './discovery.ts';
import { createIdentify } from './identity.ts';
import { type FromDevices, ToDevices } from './messages.ts';
import { findParentPort } from './parent-port.ts';
import { createSerialStream } from './stream.ts';
import { createScanning, type Scanning } from './scanning.ts';

/** Told apart from a crash in main's log. */
const STUCK_EXIT_CODE = 75;

const parent = findParentPort();
let scanning: Scanning | undefined;

function send(message: FromDevices): void {
  parent.send(message);
}

function configure(configuration: Extract<ToDevices, { kind: 'configure' }>): void {
  if (scanning !== undefined) throw new Error('The device process is configured once');
  scanning = createScanning(configuration, {
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
    onScan: (scan) => send({ kind: 'scan', scan }),
    onStatus: (status) => send({ kind: 'status', status }),
    onStuck: () => process.exit(STUCK_EXIT_CODE),
  });
  scanning.start();
}

/** An open port would keep the process alive: closing has a deadline of its own, then it ends whatever is left. */
async function stop(): Promise<void> {
  await scanning?.stop();
  process.exit(0);
}

parent.onMessage((raw) => {
  const message = ToDevices.parse(raw);
  if (message.kind === 'configure') configure(message);
  else void stop();
});
parent.onGone(() => void stop());
