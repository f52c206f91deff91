import { join } from 'node:path';
import type { Status } from '../shared/contract/views.ts';
import type { CollectorNumberRule } from '../shared/domain/collector-number.ts';
import type { createDraftKeeper } from './checkout/draft.ts';
import { coalesce, type Clock } from './clock.ts';
import { createDeviceStore } from './devices/device-store.ts';
import { createDevices } from './devices/devices.ts';
import type { Metrics } from './diagnostics/metrics/metrics.ts';
import type { Events } from './events.ts';
import type { TerminalOptions } from './hosts/host.ts';
import type { Operators } from './operators/operators.ts';
import type { Settings } from './settings/schema.ts';
import type { StatusKeeper } from './status.ts';

/** Often enough to watch a scan arrive on the Device page, seldom enough for a scanner gone mad. */
const DEVICES_COALESCE_MS = 100;

/** The devices, with what they tell brought to the sale that is being keyed, to the status bar and to the Device page. */
export function createScanning(given: {
  readonly options: TerminalOptions;
  readonly settings: Settings;
  readonly collectorNumber: CollectorNumberRule;
  readonly clock: Clock;
  readonly events: Events;
  readonly operators: Pick<Operators, 'atCheckout'>;
  readonly draft: ReturnType<typeof createDraftKeeper>;
  readonly metrics: Metrics;
  readonly status: Pick<StatusKeeper, 'scannerChanged'>;
}) {
  const { options, settings, collectorNumber, clock, events, operators, draft, metrics, status } = given;
  const { dataFolder, log } = options;
  let scannerSeen: Status['scanner'] = { state: 'none' };
  const devices = createDevices({
    settings: settings.devices,
    collectorNumberRule: collectorNumber,
    store: createDeviceStore(join(dataFolder, 'devices.json'), log),
    log,
    spawn: options.spawnDeviceProcess,
    onScan: (scan) => {
      // A card read at a locked screen must not change, unseen, the sale that waits under it.
      if (operators.atCheckout().kind === 'sign-in-needed') return;
      if (scan.kind === 'collector') draft.scanned(scan.collectorNumber, scan.entryMode);
      events.emit('scan', scan);
    },
    onChange: () => deviceChanges.changed(),
    onStatus: (scanner) => {
      scannerSeen = scanner;
      if (scanner.state === 'lost' || scanner.state === 'blocked') metrics.deviceFault();
      status.scannerChanged(scanner);
    },
  });
  const deviceChanges = coalesce(clock, DEVICES_COALESCE_MS, () => events.emit('devices', devices.view()));
  return {
    devices,
    scanner: () => scannerSeen,
    stop: async (): Promise<void> => {
      await devices.stop();
      deviceChanges.stop();
    },
  };
}
