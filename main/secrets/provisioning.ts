import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { reason, type Reason } from '../../shared/domain/reasons.ts';
import { syncFolder } from '../journal/sync.ts';
import { readJsonText } from '../settings/json-text.ts';
import { readTextFile } from '../settings/text-file.ts';
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
  | { readonly kind: 'refused'; readonly reason: Reason; readonly line?: number | undefined };

/** Reads a one-time provisioning file: `{ "client-secret": "…", "api-key": { "value": "…", "oldAcceptedUntil": "…" } }`. */
export function readProvisioning(file: string): ProvisioningReading {
  const found = readTextFile(file);
  if (found.kind === 'missing') return { kind: 'none' };
  // Reasons are codes: a parser's own words would repeat a part of the file, and the file is made of secrets.
  const refused = (why: Reason, line?: number) => ({ kind: 'refused', reason: why, line }) as const;
  if (found.kind === 'no-text') return refused(found.reason, found.line);
  const content = readJsonText(found.text);
  const [fault] = content.faults;
  if (found.text.trim() === '') return refused(reason('file-empty'));
  if (fault !== undefined) return refused(fault.reason, fault.line);
  const entries = z.record(z.string(), z.unknown()).safeParse(content.value);
  if (!entries.success) return refused(reason('file-no-object'));
  const secrets: Provisioned[] = [];
  for (const [name, value] of Object.entries(entries.data)) {
    const line = content.lineOf([name]);
    if (!isSecretName(name))
      return refused(reason('provisioning-name', { allowed: secretNames.join(', ') }), line);
    const entry = Entry.safeParse(value);
    if (!entry.success) return refused(reason('provisioning-value', { name }), line);
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
