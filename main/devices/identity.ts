import { realpath, stat } from 'node:fs/promises';
import type { ListPorts } from './discovery.ts';

/**
 * What stands behind a path now, or `undefined` where nothing does: the file a link leads to and its device, so that a
 * link moved to another device counts as gone. Windows has no such file; there the list of ports answers.
 */
export type Identify = (path: string) => Promise<string | undefined>;

export function createIdentify(list: ListPorts, platform: NodeJS.Platform): Identify {
  if (platform !== 'win32') return identifyFile;
  return async (path) => {
    const ports = await list();
    return ports.find((port) => port.path.toLowerCase() === path.toLowerCase())?.path;
  };
}

async function identifyFile(path: string): Promise<string | undefined> {
  try {
    const target = await realpath(path);
    const { rdev, ino } = await stat(target);
    return `${target} ${rdev} ${ino}`;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return (
    error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ENXIO' || error.code === 'ENODEV'
  );
}
