import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder for this user alone, and those it lies in. Throws what the system says: Node, asked for all of them at
 * once, calls a read-only disk a folder that is not there.
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const parent = dirname(folder);
    if (!existsSync(parent)) makeFolder(parent);
    mkdirSync(folder, { mode: 0o700 });
  }
}
