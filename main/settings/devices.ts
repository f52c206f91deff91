import { z } from 'zod';
import { CardRule, CouponRule, framings, WedgeSettings } from '../../shared/contract/devices.ts';

const PortPath = z.string().min(1).max(300);
const line = {
  baudRate: z.int().min(300).max(921_600).default(9600),
  /** Data bits, parity, stop bits. USB devices that are no bridge ignore both. */
  framing: z.enum(framings).default('8N1'),
};

const Scanner = z.strictObject({
  /** What people call it: “counter”, “hand-held”. */
  name: z.string().min(1).max(60).optional(),
  /** `auto` looks for a USB serial scanner, `none` uses none, else the port's name (`COM5`, `/dev/ttyACM0`). */
  path: PortPath.default('auto'),
  ...line,
  /** Silence that ends half a frame. Radio bases and Zebra's SSI need 250. */
  idleMs: z.int().min(20).max(2000).default(120),
});
export type ScannerSettings = z.output<typeof Scanner>;

const Printer = z.discriminatedUnion('connection', [
  z.strictObject({ connection: z.literal('none') }),
  z.strictObject({
    connection: z.literal('serial'),
    path: PortPath,
    ...line,
    /** Asks the printer after each job whether it is printed. Off for one that can not answer. */
    confirms: z.boolean().default(true),
  }),
  z.strictObject({
    connection: z.literal('network'),
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535).default(9100),
    confirms: z.boolean().default(true),
  }),
]);
export type PrinterSettings = z.output<typeof Printer>;

/** Scanners, card readers and the receipt printer, and the rules by which what they read is told apart. */
export const DeviceSettings = z.strictObject({
  scanner: Scanner.prefault({}),
  /** Several at once, in the place of `scanner`. */
  scanners: z.array(Scanner).min(1).max(8).optional(),
  /** Scanners that act as keyboards. */
  wedge: WedgeSettings.prefault({}),
  /** Where Collectors' cards hold the number, in the place of the built-in rules; cards that were taught come on top. */
  cardRules: z.array(CardRule).min(1).max(32).optional(),
  coupons: z.array(CouponRule).max(32).default([]),
  printer: Printer.default({ connection: 'none' }),
});
export type DeviceSettings = z.output<typeof DeviceSettings>;
