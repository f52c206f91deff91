import { codesOf } from '../../shared/domain/scan/digits.ts';
import type { ScanRules } from '../../shared/domain/scan/rules.ts';
import type { ListPorts, ListedPort } from './discovery.ts';
import { makerOf, usbIdentityOf } from './discovery.ts';
import type { DeviceDependencies } from './device.ts';
import type { FinderDependencies } from './finder.ts';
import type {
  Configuration,
  DeviceConfiguration,
  FromDevices,
  PrinterLook,
  PrintJob,
  PrintResult,
  ToDevices,
} from './messages.ts';
import { connectPrinter, createAnswers, lookAtPrinter, type PrinterLine, printOn } from './printing.ts';
import { type Probe, startProbe } from './probe.ts';
import { createReadGathering } from './read-runs.ts';
import { createScanning, type Scanning } from './scanning.ts';
import { createTeaching, type Teaching } from './teach.ts';

export type DeviceSetDependencies = Omit<
  DeviceDependencies,
  'rules' | 'intercept' | 'onReading' | 'onAnswer' | 'onStatus' | 'onAbsent'
> &
  Omit<FinderDependencies, 'onFound' | 'choose'> & {
    readonly list: ListPorts;
    readonly send: (message: FromDevices) => void;
  };

/** Every serial device of the terminal, in the device process. */
export interface DeviceSet {
  obey(message: Exclude<ToDevices, { kind: 'configure' | 'stop' }>): void;
  start(): void;
  /** Resolves when every port is closed or given up. */
  stop(): Promise<void>;
}

interface Entry {
  configuration: DeviceConfiguration;
  scanning: Scanning;
  readonly answers: ReturnType<typeof createAnswers>;
}

/** Runs the configured devices side by side, and what is done with one of them by hand: teach-in, probe, print. */
export function createDeviceSet(first: Configuration, dependencies: DeviceSetDependencies): DeviceSet {
  const { clock } = dependencies;
  const entries = new Map<string, Entry>();
  let rules: ScanRules = first.rules;
  let teaching: Teaching | undefined;
  let probe: { readonly running: Probe; readonly deviceId: string } | undefined;
  let printing: Promise<unknown> = Promise.resolve();
  let portChanges: Promise<unknown> = Promise.resolve();
  let jobs = 0;
  let isStopped = false;
  let isAsleep = false;
  const gathering = createReadGathering(clock, (deviceId, runs) =>
    dependencies.send({ kind: 'reads', deviceId, runs }),
  );

  /** In the order things happened: a device is not lost before what it read last. */
  function send(message: FromDevices): void {
    gathering.flush();
    dependencies.send(message);
  }

  /** Two devices never fight over one port: a port named in the settings, or open, is its device's. */
  function isTakenBut(id: string, port: ListedPort): boolean {
    return [...entries.values()].some(({ configuration, scanning }) => {
      if (configuration.id === id) return false;
      const paths = [scanning.path(), configuration.path];
      return paths.some((path) => path === port.path || path?.endsWith(`/${port.pnpId ?? '\0'}`) === true);
    });
  }

  function build(configuration: DeviceConfiguration): Entry {
    const { id } = configuration;
    const answers = createAnswers();
    const scanning = createScanning(configuration, {
      ...dependencies,
      rules: () => rules,
      isTaken: (port) => isTakenBut(id, port),
      intercept(frame) {
        teaching?.take(frame);
        return teaching !== undefined;
      },
      onReading: (reading) => gathering.add(id, reading),
      onAnswer: (bytes) => answers.take(bytes),
      onStatus(status) {
        if (status.state !== 'ready') answers.gone();
        send({ kind: 'status', deviceId: id, status });
      },
    });
    return { configuration, scanning, answers };
  }

  function add(configuration: DeviceConfiguration): Entry {
    const entry = build(configuration);
    entries.set(configuration.id, entry);
    return entry;
  }

  /** One after the other: two that open the same port at once would leave one of them open for ever. */
  function inTurn(change: () => Promise<void>): void {
    portChanges = portChanges.then(change);
  }

  async function replace(configuration: DeviceConfiguration): Promise<void> {
    const old = entries.get(configuration.id);
    // The probe has the port; its end opens the device with what it is configured with by then.
    if (old !== undefined && probe?.deviceId === configuration.id) {
      old.configuration = configuration;
      return;
    }
    await old?.scanning.stop();
    if (isStopped) return;
    const { scanning } = add(configuration);
    if (isAsleep) scanning.suspend();
    else scanning.start();
  }

  async function look(): Promise<void> {
    for (const { scanning } of entries.values()) scanning.lookNow();
    const listed = await dependencies.list().catch(() => undefined);
    if (listed === undefined) return send({ kind: 'ports' });
    const ports = listed.map((port) => {
      const [identity, maker] = [usbIdentityOf(port), makerOf(port)];
      return {
        path: port.path,
        ...(identity === undefined ? {} : { identity }),
        ...(maker === undefined ? {} : { maker: maker.slice(0, 200) }),
      };
    });
    send({ kind: 'ports', ports });
  }

  async function startProbing(deviceId: string): Promise<void> {
    await endProbe();
    const entry = entries.get(deviceId);
    const path = entry?.scanning.path();
    if (entry === undefined || path === undefined)
      return send({ kind: 'probe', state: { step: 'failed', deviceId, bytes: 0 } });
    await entry.scanning.stop();
    if (isStopped) return;
    const { openStream } = dependencies;
    const onState = (state: Extract<FromDevices, { kind: 'probe' }>['state']): void =>
      send({ kind: 'probe', ...(state === undefined ? {} : { state }) });
    probe = { deviceId, running: startProbe({ deviceId, path, openStream, clock, onState }) };
  }

  /** Gives the port back to the device. */
  async function endProbe(): Promise<void> {
    const ended = probe;
    probe = undefined;
    if (ended === undefined) return;
    await ended.running.stop();
    const entry = entries.get(ended.deviceId);
    if (entry !== undefined) await replace(entry.configuration);
    send({ kind: 'probe' });
  }

  /** A probe holds its port; it is over, and its device sleeps with the others. */
  function suspend(): void {
    isAsleep = true;
    for (const { scanning } of entries.values()) scanning.suspend();
    inTurn(endProbe);
  }

  function resume(): void {
    if (!isAsleep) return;
    isAsleep = false;
    for (const { scanning } of entries.values()) scanning.resume();
  }

  function serialPrinter(deviceId: string): PrinterLine | undefined {
    const entry = entries.get(deviceId);
    if (entry === undefined) return undefined;
    return {
      send: (bytes) => entry.scanning.send(bytes),
      answer: () => entry.answers.next(),
      abandon: () => entry.scanning.restart(),
      end: () => undefined,
    };
  }

  const lineTo = (to: PrintJob['to']): PrinterLine | undefined | Promise<PrinterLine | undefined> =>
    to.kind === 'tcp' ? connectPrinter(to, clock) : serialPrinter(to.deviceId);

  async function lookAt(to: PrintJob['to'], confirms: boolean): Promise<PrinterLook> {
    const line = await lineTo(to);
    return line === undefined ? 'not-reached' : lookAtPrinter(line, confirms, clock);
  }

  async function print(job: PrintJob): Promise<PrintResult> {
    if (isStopped) return { kind: 'failed', reason: 'stopping' };
    const line = await lineTo(job.to);
    if (line === undefined) return { kind: 'failed', reason: 'not-reached' };
    return printOn(line, Buffer.from(job.bytes, 'base64'), job.confirms, clock);
  }

  function endTeaching(): void {
    teaching?.end();
    teaching = undefined;
    send({ kind: 'teach' });
  }

  for (const configuration of first.devices) add(configuration);

  return {
    obey(message) {
      switch (message.kind) {
        case 'device':
          return inTurn(() => replace(message.device));
        case 'rules':
          rules = message.rules;
          return;
        case 'look':
          return void look();
        case 'teach':
          teaching?.end();
          teaching = createTeaching(
            () => rules,
            (state) => send({ kind: 'teach', state }),
          );
          return;
        case 'teach-digits':
          return teaching?.giveDigits(message.digits);
        case 'teach-frame':
          if (message.frame === null) return teaching?.refusePaymentCard();
          return teaching?.take(codesOf(message.frame));
        case 'teach-end':
          return endTeaching();
        case 'probe':
          return inTurn(() => startProbing(message.deviceId));
        case 'probe-end':
          return inTurn(endProbe);
        case 'suspend':
          return suspend();
        case 'resume':
          return resume();
        case 'print':
          // One at a time, in the order they came.
          jobs += 1;
          printing = printing.then(async () => {
            send({ kind: 'print', jobId: message.job.jobId, result: await print(message.job) });
            jobs -= 1;
          });
          return;
        case 'printer-look':
          // A receipt goes first; a printer that prints is there.
          if (jobs > 0) return send({ kind: 'printer-look', look: 'busy' });
          printing = printing.then(async () =>
            send({ kind: 'printer-look', look: await lookAt(message.to, message.confirms) }),
          );
          return;
        default:
          message satisfies never;
      }
    },
    start() {
      for (const { scanning } of entries.values()) scanning.start();
      void look();
    },
    async stop() {
      isStopped = true;
      teaching?.end();
      await probe?.running.stop();
      await portChanges;
      await Promise.all([...entries.values()].map(({ scanning }) => scanning.stop()));
      gathering.flush();
    },
  };
}
