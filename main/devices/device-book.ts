import type { DevicesView, DeviceState, DeviceView } from '../../shared/contract/devices.ts';
import type { Observation, ScanRefusal } from '../../shared/domain/scan/scan.ts';
import { scanRefusals } from '../../shared/domain/scan/scan.ts';

const READS_SHOWN = 20;

type Read = DevicesView['reads'][number];

export interface KnownDevice {
  readonly id: string;
  readonly kind: DeviceView['kind'];
  readonly name?: string | undefined;
  readonly state: DeviceState;
}

interface Tally {
  state: DeviceState;
  readonly counts: Partial<Record<Observation['outcome'], number>>;
  readonly forms: Set<Observation['form']>;
  sendsIdentifiers: boolean;
  lastReadAtMs?: number;
  lastFault?: { code: ScanRefusal; atMs: number };
}

/** What every device has done since the program started: kinds, counts and faults, never data. */
export function createDeviceBook(devices: readonly KnownDevice[]) {
  const tallies = new Map(
    devices.map((device): [string, Tally] => [
      device.id,
      { state: device.state, counts: {}, forms: new Set(), sendsIdentifiers: false },
    ]),
  );
  let reads: Read[] = [];
  let seq = 0;

  return {
    stateChanged(deviceId: string, state: DeviceState): void {
      const tally = tallies.get(deviceId);
      if (tally !== undefined) tally.state = state;
    },
    /** `count` readings alike, at one moment. */
    read(deviceId: string, observation: Observation, atMs: number, count = 1): void {
      const tally = tallies.get(deviceId);
      if (tally === undefined) return;
      const { outcome, form, aim } = observation;
      tally.counts[outcome] = (tally.counts[outcome] ?? 0) + count;
      tally.forms.add(form);
      tally.lastReadAtMs = atMs;
      if (form === 'barcode') tally.sendsIdentifiers = aim !== undefined;
      if (isRefusal(outcome)) tally.lastFault = { code: outcome, atMs };
      seq += count;
      for (let before = Math.min(count, READS_SHOWN) - 1; before >= 0; before -= 1)
        reads.push({ seq: seq - before, deviceId, atMs, observation });
      if (reads.length > 2 * READS_SHOWN) reads = reads.slice(-READS_SHOWN);
    },
    /** Newest first. */
    reads: (): Read[] => reads.slice(-READS_SHOWN).toReversed(),
    views: (): Array<Omit<DeviceView, 'port' | 'line' | 'boundTo'>> =>
      devices.flatMap(({ id, kind, name }) => {
        const tally = tallies.get(id);
        if (tally === undefined) return [];
        const { state, counts, forms, sendsIdentifiers, lastReadAtMs, lastFault } = tally;
        const seen = { state, counts: { ...counts }, forms: [...forms], sendsIdentifiers };
        return [
          {
            id,
            kind,
            ...seen,
            ...(name === undefined ? {} : { name }),
            ...(lastReadAtMs === undefined ? {} : { lastReadAtMs }),
            ...(lastFault === undefined ? {} : { lastFault: { ...lastFault } }),
          },
        ];
      }),
    /** One word for all scanners: trouble before everything, then one that works. */
    scannerState: (): DeviceState => {
      const states = devices
        .filter(({ kind }) => kind === 'scanner')
        .flatMap(({ id }) => tallies.get(id)?.state ?? []);
      const order = ['blocked', 'lost', 'ready', 'connecting', 'searching', 'none'] as const;
      const word = order.find((one) => states.some(({ state }) => state === one)) ?? 'none';
      return states.find(({ state }) => state === word) ?? { state: 'none' };
    },
  };
}

function isRefusal(outcome: Observation['outcome']): outcome is ScanRefusal {
  return scanRefusals.some((code) => code === outcome);
}
