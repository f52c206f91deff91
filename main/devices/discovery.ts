import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import type { UsbIdentity } from '../../shared/contract/devices.ts';

/** A serial port as the system lists it; only the path is certain. */
export interface ListedPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly pnpId?: string | undefined;
  readonly locationId?: string | undefined;
  /** The socket it is plugged into, where known. */
  readonly place?: string | undefined;
}

/** Lists the serial ports. Rejects where the system has no way to tell, as on Linux without `udevadm`. */
export type ListPorts = () => Promise<readonly ListedPort[]>;

export const listPorts: ListPorts = async () => {
  const [ports, places] = [await SerialPort.list(), await placesIn('/dev/serial/by-path')];
  return ports.map((port) => ({
    ...port,
    place: places.get(port.path) ?? port.locationId ?? port.pnpId,
  }));
};

/** Which socket each device file belongs to, by the links the system makes (`/dev/serial/by-path` on Linux). */
async function placesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch((error: unknown) => {
    // No such folder: nothing is plugged in, or the system makes no such links.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  });
  const places = new Map<string, string>();
  for (const name of names) {
    const target = await realpath(join(folder, name)).catch(() => undefined);
    if (target !== undefined) places.set(target, name);
  }
  return places;
}

/** USB vendors of scanners and card readers (usb.ids). */
const scannerVendors: ReadonlyMap<string, string> = new Map([
  ['0c2e', 'Honeywell'],
  ['0536', 'Honeywell'],
  ['05e0', 'Zebra'],
  ['05f9', 'Datalogic'],
  ['080c', 'Datalogic'],
  ['1eab', 'Newland'],
  ['0801', 'MagTek'],
  ['0acd', 'ID TECH'],
  ['11ca', 'VeriFone'],
]);

/** Chips that make a serial line of a USB plug: the identifier says nothing about the device behind them. */
const bridgeVendors = new Set(['0403', '067b', '10c4', '1a86']);

/** Who made what is plugged in, as far as its USB vendor tells. */
export function makerOf({ vendorId, manufacturer }: ListedPort): string | undefined {
  return scannerVendors.get(vendorId?.toLowerCase() ?? '') ?? manufacturer;
}

/**
 * The port a scanner is most likely on, or `undefined`: USB only, a scanner vendor's before a bridge before anything
 * else. Built-in ports are left alone: a till's modem, scale or pole display may hang there.
 */
export function chooseScanner(ports: readonly ListedPort[]): ListedPort | undefined {
  const candidates = ports.filter((port) => port.vendorId !== undefined && !/ttyS\d+$/.test(port.path));
  return candidates.toSorted((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path))[0];
}

function rank({ vendorId }: ListedPort): number {
  const vendor = vendorId?.toLowerCase() ?? '';
  if (scannerVendors.has(vendor)) return 0;
  return bridgeVendors.has(vendor) ? 1 : 2;
}

/** What to know the device behind a port by, when ports are numbered anew; nothing where it is no USB device. */
export function usbIdentityOf({
  vendorId,
  productId,
  serialNumber,
  place,
}: ListedPort): UsbIdentity | undefined {
  if (vendorId === undefined) return undefined;
  return {
    vendorId,
    ...(productId === undefined ? {} : { productId }),
    // A bridge's serial number is the bridge's own, which is as good: it is what is plugged in.
    ...(serialNumber === undefined ? (place === undefined ? {} : { place }) : { serialNumber }),
  };
}

/** The port that has what an identity names, or `undefined`. */
export function findIdentity(identity: UsbIdentity, ports: readonly ListedPort[]): ListedPort | undefined {
  const isSame = (wanted: string | undefined, found: string | undefined): boolean =>
    wanted === undefined || wanted.toLowerCase() === found?.toLowerCase();
  return ports.find(
    (port) =>
      isSame(identity.vendorId, port.vendorId) &&
      isSame(identity.productId, port.productId) &&
      isSame(identity.serialNumber, port.serialNumber) &&
      isSame(identity.place, port.place),
  );
}

/** The path to open: on Linux the link named after the device, which outlives a change of port number. */
export function stablePathOf(port: ListedPort, exists: (path: string) => boolean): string {
  const link = `/dev/serial/by-id/${port.pnpId ?? ''}`;
  return port.pnpId !== undefined && exists(link) ? link : port.path;
}
