import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../journal/sync.ts';

/**
 * Puts `content` in the place of `file`, readable by its owner only: whatever happens in between, either the old or
 * the new content is found there, never a mixture. Throws the system's error.
 */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  const half = `${file}.${process.pid}.new`;
  try {
    const descriptor = openSync(half, 'w', 0o600);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    // A leftover of an earlier try keeps the permissions it was made with.
    chmodSync(half, 0o600);
    renameSync(half, file);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}
