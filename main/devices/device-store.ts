import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { CardRule, LineSettings, UsbIdentity } from '../../shared/contract/devices.ts';
import type { Log } from '../diagnostics/log.ts';

/** What people told the Device page: it stands beside the settings file, which is theirs to write. */
const Stored = z.strictObject({
  taughtRules: z.array(CardRule).max(32).default([]),
  bindings: z.record(z.string(), UsbIdentity).default({}),
  lines: z.record(z.string(), LineSettings).default({}),
});
export type StoredDevices = z.output<typeof Stored>;

const nothing: StoredDevices = { taughtRules: [], bindings: {}, lines: {} };

export interface DeviceStore {
  current(): StoredDevices;
  /** False where the disk refused: what was told holds until the program ends. */
  change(part: Partial<StoredDevices>): boolean;
}

/** Keeps `file` (`devices.json` in the data folder). One that can not be read is put aside, never overwritten. */
export function createDeviceStore(file: string, log: Log): DeviceStore {
  let stored = read(file, log);
  return {
    current: () => stored,
    change(part) {
      stored = { ...stored, ...part };
      try {
        write(file, stored);
        return true;
      } catch (error) {
        log.warn('devices-not-stored', { file }, error);
        return false;
      }
    },
  };
}

function read(file: string, log: Log): StoredDevices {
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return nothing;
    log.warn('devices-not-read', { file }, error);
    if (error instanceof SyntaxError || error instanceof z.ZodError) renameSync(file, `${file}.unreadable`);
    return nothing;
  }
}

/** Whole or not at all, whenever the plug is pulled. */
function write(file: string, stored: StoredDevices): void {
  const next = `${file}.new`;
  const descriptor = openSync(next, 'w');
  try {
    writeSync(descriptor, `${JSON.stringify(stored, undefined, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, file);
}
