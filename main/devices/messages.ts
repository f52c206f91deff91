import { z } from 'zod';
import {
  CardRule,
  CouponRule,
  DeviceState,
  LineSettings,
  ProbeState,
  TeachState,
  UsbIdentity,
} from '../../shared/contract/devices.ts';
import { ReadRun } from './read-runs.ts';

const DeviceId = z.string().min(1).max(40);
const PortPath = z.string().min(1).max(300);

const ScanRules = z.strictObject({
  collectorNumberRule: z.strictObject({
    length: z.int().min(1).max(64),
    startsWith: z.string().max(64),
    check: z.enum(['modulus-11', 'none']),
  }),
  cardRules: z.array(CardRule).max(64),
  coupons: z.array(CouponRule).max(64),
});

/** One serial device: where it is, how its line is set, and whether it reads or prints. */
export const DeviceConfiguration = z.strictObject({
  id: DeviceId,
  kind: z.enum(['scanner', 'printer']),
  /** A port, or `auto` to find a scanner. */
  path: PortPath,
  /** What to look for wherever it is plugged in, in the place of the path. */
  identity: UsbIdentity.optional(),
  line: LineSettings,
  idleMs: z.int().min(20).max(2000),
});
export type DeviceConfiguration = z.output<typeof DeviceConfiguration>;

/** Where a job goes and whether the printer says that it is done. */
export const PrintJob = z.strictObject({
  jobId: z.string().min(1).max(100),
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('serial'), deviceId: DeviceId }),
    z.strictObject({
      kind: z.literal('tcp'),
      host: z.string().min(1).max(253),
      port: z.int().min(1).max(65_535),
    }),
  ]),
  /** Bytes of the job, in base64. */
  bytes: z.base64(),
  confirms: z.boolean(),
});
export type PrintJob = z.output<typeof PrintJob>;

/**
 * What became of a job. `failed`: nothing reached the printer. `unknown`: some or all of it may have; only a person who
 * looks at the paper can tell, so it is never sent again by itself.
 */
export const PrintResult = z.discriminatedUnion('kind', [
  /** `isConfirmed`: the printer itself said so; else the bytes have left this machine. */
  z.strictObject({ kind: z.literal('printed'), isConfirmed: z.boolean() }),
  z.strictObject({
    kind: z.literal('failed'),
    reason: z.enum(['not-connected', 'not-reached', 'stopping']),
  }),
  z.strictObject({ kind: z.literal('no-printer') }),
  z.strictObject({
    kind: z.literal('unknown'),
    reason: z.enum(['lost', 'no-answer', 'paper-out', 'process-ended']),
  }),
]);
export type PrintResult = z.output<typeof PrintResult>;

/**
 * What a printer says of itself, between jobs. `reached`: it is there and was asked nothing, or can not be asked;
 * `silent`: it is there and does not say how it is.
 */
export const PrinterLook = z.enum([
  'well',
  'reached',
  'silent',
  'paper-low',
  'paper-out',
  'not-reached',
  'busy',
  'no-printer',
]);
export type PrinterLook = z.output<typeof PrinterLook>;

/** What main tells the device process. */
export const ToDevices = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('configure'),
    devices: z.array(DeviceConfiguration).max(16),
    rules: ScanRules,
  }),
  /** Another port or line for a device; it is closed and opened anew. */
  z.strictObject({ kind: z.literal('device'), device: DeviceConfiguration }),
  z.strictObject({ kind: z.literal('rules'), rules: ScanRules }),
  z.strictObject({ kind: z.literal('look') }),
  z.strictObject({ kind: z.literal('teach') }),
  z.strictObject({ kind: z.literal('teach-digits'), digits: z.string().max(64) }),
  /** A sample that a keyboard scanner read; null for a payment card. */
  z.strictObject({ kind: z.literal('teach-frame'), frame: z.string().max(512).nullable() }),
  z.strictObject({ kind: z.literal('teach-end') }),
  z.strictObject({ kind: z.literal('probe'), deviceId: DeviceId }),
  z.strictObject({ kind: z.literal('probe-end') }),
  z.strictObject({ kind: z.literal('print'), job: PrintJob }),
  z.strictObject({ kind: z.literal('printer-look'), to: PrintJob.shape.to, confirms: z.boolean() }),
  /** The machine goes to sleep, or has woken. */
  z.strictObject({ kind: z.literal('suspend') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type ToDevices = z.output<typeof ToDevices>;
export type Configuration = Extract<ToDevices, { kind: 'configure' }>;

const ListedPort = z.strictObject({
  path: PortPath,
  identity: UsbIdentity.optional(),
  maker: z.string().max(200).optional(),
});
export type KnownPort = z.output<typeof ListedPort>;

/** What the device process tells main: results only. A raw frame, or a digit of a refused one, has no place in it. */
export const FromDevices = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status'), deviceId: DeviceId, status: DeviceState }),
  /** What was read in one go, in order. */
  z.strictObject({
    kind: z.literal('reads'),
    deviceId: DeviceId,
    runs: z.array(ReadRun).min(1).max(10_000),
  }),
  /** Without ports where the system has no way to tell. */
  z.strictObject({ kind: z.literal('ports'), ports: z.array(ListedPort).optional() }),
  z.strictObject({ kind: z.literal('teach'), state: TeachState.optional() }),
  z.strictObject({ kind: z.literal('probe'), state: ProbeState.optional() }),
  z.strictObject({ kind: z.literal('print'), jobId: z.string(), result: PrintResult }),
  z.strictObject({ kind: z.literal('printer-look'), look: PrinterLook }),
]);
export type FromDevices = z.output<typeof FromDevices>;
