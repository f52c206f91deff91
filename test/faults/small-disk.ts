import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A disk small enough to be filled up in a moment. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves this many bytes to others. */
  fill(leaveBytes: number): void;
  free(): void;
  remove(): void;
}

const SIZE_MEGABYTES = 64;
const mounted = new Set<string>();
process.on('exit', () => {
  for (const folder of mounted) spawnSync('umount', ['--lazy', folder]);
});

/** A tmpfs of its own at `folder`; undefined where mounting is not allowed, which takes root on Linux. */
export function makeSmallDisk(folder: string): SmallDisk | undefined {
  mkdirSync(folder);
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const mount = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${SIZE_MEGABYTES}m`,
    'milepost-faults',
    folder,
  ]);
  if (mount.status !== 0) return undefined;
  mounted.add(folder);
  const filler = join(folder, 'filler');

  return {
    folder,
    fill(leaveBytes) {
      const chunk = Buffer.alloc(4096);
      const descriptor = openSync(filler, 'w');
      try {
        for (;;) {
          const { bavail, bsize } = statfsSync(folder);
          const spare = Math.floor((bavail * bsize - leaveBytes) / chunk.length);
          if (spare <= 0) return;
          writeSync(descriptor, Buffer.alloc(Math.min(spare, 256) * chunk.length));
        }
      } catch (error) {
        // Somebody else took the last of it: all the fuller.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        closeSync(descriptor);
      }
    },
    free() {
      rmSync(filler, { force: true });
    },
    remove() {
      spawnSync('umount', ['--lazy', folder]);
      mounted.delete(folder);
    },
  };
}
