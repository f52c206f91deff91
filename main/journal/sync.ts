import { closeSync, fsyncSync, openSync } from 'node:fs';

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
