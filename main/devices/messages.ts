import { z } from 'zod';
import { contract } from '../../shared/contract/contract.ts';
import { Status } from '../../shared/contract/views.ts';

export type ScannerStatus = Status['scanner'];

/** What main tells the device process. */
export const ToDevices = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('configure'),
    /** A port, or `auto` to find one. */
    path: z.string().min(1).max(300),
    baudRate: z.int().min(110).max(4_000_000),
    collectorNumberRule: z.strictObject({
      length: z.int().min(1).max(64),
      startsWith: z.string().max(64),
      check: z.enum(['modulus-11', 'none']),
    }),
  }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type ToDevices = z.output<typeof ToDevices>;
export type Configuration = Extract<ToDevices, { kind: 'configure' }>;

/** What the device process tells main: results only. A raw frame, or a digit of a refused one, has no place in it. */
export const FromDevices = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status'), status: Status.shape.scanner }),
  z.strictObject({ kind: z.literal('scan'), scan: contract.events.scan }),
]);
export type FromDevices = z.output<typeof FromDevices>;
