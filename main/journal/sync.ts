import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

function sync(path: string, flags: string): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Brings a file's content to the disk. */
export function syncFile(file: string): void {
  sync(file, 'r+');
}

/** Brings a folder's own entries to the disk: a new or renamed file is safe only once its name is. */
export function syncFolder(folder: string): void {
  // Windows can not sync a folder; NTFS keeps names in its own log.
  if (process.platform !== 'win32') sync(folder, 'r');
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}

/**
 * Syncs a folder and the names of the folders it lies in, `levels` up: a new folder can vanish with all that is in it.
 * One that this user may not open was not made by this program.
 */
export function syncFolderAndParents(folder: string, levels: number): void {
  syncFolder(folder);
  let parent = folder;
  for (let level = 0; level < levels && dirname(parent) !== parent; level += 1) {
    parent = dirname(parent);
    try {
      syncFolder(parent);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      return;
    }
  }
}
