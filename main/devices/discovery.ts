import { SerialPort } from 'serialport';

/** A serial port as the system lists it; only the path is certain. */
export interface ListedPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly pnpId?: string | undefined;
}

/** Lists the serial ports. Rejects where the system has no way to tell, as on Linux without `udevadm`. */
export type ListPorts = () => Promise<readonly ListedPort[]>;

export const listPorts: ListPorts = () => SerialPort.list();

/** USB vendors of scanners and card readers (usb.ids). */
const scannerVendors = new Set([
  '0c2e', // Honeywell, Metrologic
  '0536', // Honeywell, Hand Held Products
  '05e0', // Zebra, Symbol
  '05f9', // Datalogic, PSC
  '080c', // Datalogic
  '1eab', // Newland
  '0801', // MagTek
  '0acd', // ID TECH
  '11ca', // VeriFone
]);

/** Chips that make a serial line of a USB plug: the identifier says nothing about the device behind them. */
const bridgeVendors = new Set(['0403', '067b', '10c4', '1a86']);

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

/** The path to open: on Linux the link named after the device, which outlives a change of port number. */
export function stablePathOf(port: ListedPort, exists: (path: string) => boolean): string {
  const link = `/dev/serial/by-id/${port.pnpId ?? ''}`;
  return port.pnpId !== undefined && exists(link) ? link : port.path;
}
