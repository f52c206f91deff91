import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../journal/sync.ts';
import { isSecretName, secretNames, type SecretName } from './names.ts';

const Entry = z.union([
  z.string().min(1).max(20_000),
  z.strictObject({ value: z.string().min(1).max(20_000), oldAcceptedUntil: z.iso.datetime().optional() }),
]);

export interface Provisioned {
  readonly name: SecretName;
  readonly value: string;
  /** Rotation: until then the value it replaces is tried as well. */
  readonly oldAcceptedUntil: string | undefined;
}

export type ProvisioningReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly secrets: readonly Provisioned[] }
  | { readonly kind: 'refused'; readonly problem: string };

/** Reads a one-time provisioning file: `{ "client-secret": "…", "api-key": { "value": "…", "oldAcceptedUntil": "…" } }`. */
export function readProvisioning(file: string): ProvisioningReading {
  if (!existsSync(file)) return { kind: 'none' };
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    // A parser's own words would repeat a part of the file, and the file is made of secrets.
    return { kind: 'refused', problem: 'is not valid JSON' };
  }
  const entries = z.record(z.string(), z.unknown()).safeParse(content);
  if (!entries.success) return { kind: 'refused', problem: 'holds no object' };
  const secrets: Provisioned[] = [];
  for (const [name, value] of Object.entries(entries.data)) {
    if (!isSecretName(name))
      return { kind: 'refused', problem: `holds other keys than ${secretNames.join(', ')}` };
    const entry = Entry.safeParse(value);
    if (!entry.success) return { kind: 'refused', problem: `has no usable value for ${name}` };
    const { data } = entry;
    const given = typeof data === 'string' ? { value: data, oldAcceptedUntil: undefined } : data;
    secrets.push({ name, value: given.value, oldAcceptedUntil: given.oldAcceptedUntil });
  }
  return { kind: 'read', secrets };
}

/**
 * Overwrites a file with noise, then removes it. On a disk that never writes in place (flash, copy-on-write) the old
 * blocks may live on below the file system: there only a new secret helps. Throws the system's error.
 */
export function shred(file: string): void {
  const { size } = statSync(file);
  const descriptor = openSync(file, 'r+');
  try {
    const noise = randomBytes(size);
    for (let written = 0; written < size;)
      written += writeSync(descriptor, noise, written, size - written, written);
    fsyncSync(descriptor);
    ftruncateSync(descriptor, 0);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  rmSync(file);
  syncFolder(dirname(file));
}
