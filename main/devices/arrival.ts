import { existsSync, watch } from 'node:fs';
import { basename, dirname, isAbsolute } from 'node:path';

/** Calls `listener` when something may have appeared at the path, until the returned function is called. */
export type WatchArrival = (path: string, listener: () => void) => () => void;

/**
 * Watches the nearest folder that exists above `path`. /dev/serial/by-id itself comes and goes with its last device,
 * so arm it anew for every wait. Only a hint to try at once: polling goes on beside it.
 */
export function watchArrival(path: string, listener: () => void): () => void {
  // A Windows port name is no file.
  if (!isAbsolute(path)) return () => undefined;
  let entry = path;
  while (dirname(entry) !== entry && !existsSync(dirname(entry))) entry = dirname(entry);
  return watchFolder(dirname(entry), (name) => name === basename(entry), listener);
}

/** Watches one folder for names that `isWanted`. Where the system can not watch, nothing is ever announced. */
export function watchFolder(
  folder: string,
  isWanted: (name: string) => boolean,
  listener: () => void,
): () => void {
  try {
    const watcher = watch(folder, (event, name) => {
      // `change` would also tell of every byte another program writes to the device.
      if (event === 'rename' && name !== null && isWanted(name)) listener();
    });
    // A folder that goes away ends the watch; the next wait arms a new one.
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return () => undefined;
    throw error;
  }
}
