import { isDeepStrictEqual } from 'node:util';
import type { DevicesView, DeviceState, LineSettings } from '../../shared/contract/devices.ts';
import type { CollectorNumberRule } from '../../shared/domain/collector-number.ts';
import { bareCardRules, type CardRule, type ScanRules } from '../../shared/domain/scan/rules.ts';
import { type Observation, type Scan } from '../../shared/domain/scan/scan.ts';
import type { Log } from '../diagnostics/log.ts';
import type { DeviceSettings } from '../settings/devices.ts';
import { systemClock } from '../clock.ts';
import { createDeviceBook } from './device-book.ts';
import { configurationOf, knownDevices, portOf, WEDGE_ID } from './device-list.ts';
import type { DeviceStore } from './device-store.ts';
import type { FromDevices, KnownPort, ToDevices } from './messages.ts';
import { createPrinter, type Printer } from './printer.ts';
import { createProcessKeeper } from './process-keeper.ts';
import { countOf, eachScan } from './read-runs.ts';
import { createRepeatFilter } from '../../shared/domain/scan/repeat.ts';
import { forkDeviceProcess, type SpawnDeviceProcess } from './spawn.ts';

/** Samples of cards are not left lying in memory by somebody who went away. */
const TEACH_LIMIT_MS = 600_000;

export interface DevicesOptions {
  readonly settings: DeviceSettings;
  readonly collectorNumberRule: CollectorNumberRule;
  readonly store: DeviceStore;
  readonly log: Log;
  readonly onScan: (scan: Scan) => void;
  /** The status bar's word for all scanners. */
  readonly onStatus: (status: DeviceState) => void;
  /** Something that the Device page shows changed. */
  readonly onChange: () => void;
  /** Electron gives its utility process; otherwise a child process is forked. */
  readonly spawn?: SpawnDeviceProcess | undefined;
}

export interface Devices {
  readonly printer: Printer;
  start(): void;
  view(): DevicesView;
  lookAgain(): void;
  /** False where there is no such device or port, or nothing to know it by. */
  bind(deviceId: string, path: string | null): boolean;
  keepLine(deviceId: string, line: LineSettings): boolean;
  probe(deviceId: string): boolean;
  endProbe(): void;
  teach(): void;
  teachDigits(digits: string): void;
  /** A sample that a keyboard scanner read; null for a payment card. */
  teachFrame(frame: string | null): void;
  keepTaught(): boolean;
  endTeach(): void;
  forgetTaught(): boolean;
  wedgeRead(observation: Observation): void;
  /** The machine goes to sleep: every port is closed. */
  suspend(): void;
  /** It has woken: every port is opened anew, at once. */
  resume(): void;
  /** Closes the ports and ends the device process; resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * The devices as the terminal sees them: scans, a status, a printer, and what the Device page asks for. The serial ones
 * live in a process of their own. The same card again within a second of the last read is one scan.
 */
export function createDevices(options: DevicesOptions): Devices {
  const { settings, collectorNumberRule, store, log } = options;
  const clock = systemClock;
  const devices = knownDevices(settings);
  const book = createDeviceBook(devices);
  const isRepeat = createRepeatFilter();
  const { printer, finish, looked, processEnded } = createPrinter(settings.printer, {
    give: (message) => keeper.send(message),
  });
  let ports: readonly KnownPort[] | undefined = [];
  let teach: DevicesView['teach'];
  let probe: DevicesView['probe'];
  let lastWord: DeviceState | undefined;
  let cancelTeach = (): void => undefined;

  const keeper = createProcessKeeper({
    spawn: options.spawn ?? forkDeviceProcess,
    clock,
    log,
    random: Math.random,
    onStart: () => tell({ kind: 'configure', devices: serialDevices(), rules: rules() }),
    onMessage: receive,
    onEnd() {
      processEnded();
      teach = undefined;
      probe = undefined;
      for (const { id, kind } of devices) if (kind !== 'wedge' && isSerial(id)) report(id, { state: 'lost' });
      options.onChange();
    },
  });

  function tell(message: ToDevices): void {
    keeper.send(message);
  }

  function serialDevices() {
    return devices.flatMap(({ id }) => configurationOf(id, settings, store.current()) ?? []);
  }

  function isSerial(id: string): boolean {
    return configurationOf(id, settings, store.current()) !== undefined;
  }

  function cardRules(): DevicesView['cardRules'] {
    const told = settings.cardRules?.map((rule) => ({ origin: 'settings' as const, rule }));
    const builtIn = bareCardRules(collectorNumberRule.length).map((rule) => ({
      origin: 'built-in' as const,
      rule,
    }));
    const taught = store.current().taughtRules.map((rule) => ({ origin: 'taught' as const, rule }));
    return [...taught, ...(told ?? builtIn)];
  }

  function rules(): Extract<ToDevices, { kind: 'rules' }>['rules'] {
    const { coupons } = settings;
    return {
      collectorNumberRule,
      cardRules: cardRules().map(({ rule }) => rule),
      coupons,
    } satisfies ScanRules;
  }

  function receive(message: FromDevices): void {
    switch (message.kind) {
      case 'status':
        report(message.deviceId, message.status);
        break;
      case 'reads': {
        const readMs = clock.monotonicMs();
        for (const run of message.runs) {
          book.read(message.deviceId, run.observation, clock.nowMs(), countOf(run));
          logRead(message.deviceId, run.observation, countOf(run));
          eachScan(run, (scan) => {
            if (!isRepeat(scan, readMs)) options.onScan(scan);
          });
        }
        break;
      }
      case 'ports':
        ports = message.ports;
        break;
      case 'teach':
        teach = message.state;
        break;
      case 'probe':
        probe = message.state;
        break;
      case 'print':
        log.info('print', { kind: message.result.kind });
        finish(message.jobId, message.result);
        break;
      case 'printer-look':
        looked(message.look);
        break;
      default:
        message satisfies never;
    }
    options.onChange();
  }

  /** A device that stays away is tried again and again; a person is told once. */
  function report(deviceId: string, state: DeviceState): void {
    book.stateChanged(deviceId, state);
    log.info('device-status', { key: deviceId, status: state.state, path: state.path, reason: state.cause });
    const word = book.scannerState();
    if (isDeepStrictEqual(word, lastWord)) return;
    lastWord = word;
    options.onStatus(word);
  }

  /** One line for all that were read at once and are alike: a device gone wild must not drown the log. */
  function logRead(deviceId: string, { form, length, outcome }: Observation, count = 1): void {
    const several = count === 1 ? {} : { count };
    log.info('read', { key: deviceId, kind: form, bytes: length, code: outcome, ...several });
  }

  function changed(deviceId: string): boolean {
    const device = configurationOf(deviceId, settings, store.current());
    if (device !== undefined) tell({ kind: 'device', device });
    options.onChange();
    return device !== undefined;
  }

  function endTeach(): void {
    cancelTeach();
    tell({ kind: 'teach-end' });
    teach = undefined;
    options.onChange();
  }

  function keepRules(taughtRules: CardRule[]): boolean {
    const isKept = store.change({ taughtRules });
    tell({ kind: 'rules', rules: rules() });
    options.onChange();
    return isKept;
  }

  return {
    printer,
    start() {
      const hasLine = serialDevices().length > 0 || settings.printer.connection === 'network';
      // Cards are taught in the device process, also to a terminal that has but a keyboard scanner.
      if (hasLine || settings.wedge.mode !== 'off') keeper.start();
      if (!hasLine) options.onStatus(book.scannerState());
    },
    view: () => ({
      platform: process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'macos' : 'linux',
      devices: book.views().map((device) => ({ ...device, ...portOf(device.id, settings, store.current()) })),
      ports: [...(ports ?? [])],
      arePortsKnown: ports !== undefined,
      reads: book.reads(),
      cardRules: cardRules(),
      coupons: settings.coupons,
      wedge: settings.wedge,
      ...(teach === undefined ? {} : { teach }),
      ...(probe === undefined ? {} : { probe }),
    }),
    lookAgain: () => tell({ kind: 'look' }),
    bind(deviceId, path) {
      const { bindings } = store.current();
      const { [deviceId]: _old, ...others } = bindings;
      if (path === null) {
        store.change({ bindings: others });
        return changed(deviceId);
      }
      const identity = ports?.find((port) => port.path === path)?.identity;
      if (identity === undefined) return false;
      store.change({ bindings: { ...others, [deviceId]: identity } });
      return changed(deviceId);
    },
    keepLine(deviceId, line) {
      // Ending the probe opens the device with what it was configured with: it has to know the new line first.
      store.change({ lines: { ...store.current().lines, [deviceId]: line } });
      probe = undefined;
      const isChanged = changed(deviceId);
      tell({ kind: 'probe-end' });
      return isChanged;
    },
    probe(deviceId) {
      if (!isSerial(deviceId)) return false;
      tell({ kind: 'probe', deviceId });
      return true;
    },
    endProbe: () => tell({ kind: 'probe-end' }),
    teach() {
      cancelTeach();
      cancelTeach = clock.after(TEACH_LIMIT_MS, endTeach);
      tell({ kind: 'teach' });
    },
    teachDigits: (digits) => tell({ kind: 'teach-digits', digits }),
    teachFrame: (frame) => tell({ kind: 'teach-frame', frame }),
    keepTaught() {
      if (teach?.step !== 'proposed') return false;
      const isKept = keepRules([...store.current().taughtRules, ...teach.rules].slice(-32));
      endTeach();
      return isKept;
    },
    endTeach,
    forgetTaught: () => keepRules([]),
    wedgeRead(observation) {
      book.read(WEDGE_ID, observation, clock.nowMs());
      logRead(WEDGE_ID, observation);
      options.onChange();
    },
    suspend: () => tell({ kind: 'suspend' }),
    resume: () => tell({ kind: 'resume' }),
    stop() {
      cancelTeach();
      return keeper.stop();
    },
  };
}
