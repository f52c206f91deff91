import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../journal/sync.ts';

export interface Written {
  readonly sha256: string;
  /** False where the same bytes lay there already, and nothing was touched. */
  readonly isNew: boolean;
}

async function hashOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(file)) hash.update(part as Buffer);
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file beside its place, syncs it, and only then gives it its name: whatever happens meanwhile, the old file or
 * the new one is there, whole. For this user alone where `mode` says so. Rejects where the disk refuses.
 */
export async function writeWhole(
  file: string,
  parts: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  mode: number,
): Promise<Written> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const half = `${file}.half`;
  const hash = createHash('sha256');
  try {
    const handle = await open(half, 'w', mode);
    try {
      for await (const part of parts) {
        const bytes = typeof part === 'string' ? Buffer.from(part) : part;
        hash.update(bytes);
        await handle.writeFile(bytes);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    // One that was left by a kill may have had another mode.
    await chmod(half, mode);
    const sha256 = hash.digest('hex');
    if ((await hashOf(file)) === sha256) {
      await rm(half);
      return { sha256, isNew: false };
    }
    await rename(half, file);
    syncFolder(folder);
    return { sha256, isNew: true };
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
