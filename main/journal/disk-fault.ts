import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotStoredReason } from './protocol.ts';

/** What is wrong with the disk that holds `folder`, where an error is the disk's; undefined where it is a bug. */
export function diskFaultIn(folder: string, error: unknown): NotStoredReason | undefined {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined;
  if (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC') return 'disk-full';
  if (error.code.startsWith('SQLITE_READONLY') || ['EROFS', 'EACCES', 'EPERM'].includes(error.code))
    return 'read-only';
  if (!/^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN)/.test(error.code)) return undefined;
  return isReadOnly(folder) ? 'read-only' : 'disk-error';
}

/** A system that finds a fault on a disk turns it read-only under whatever is open; SQLite calls that an I/O error. */
function isReadOnly(folder: string): boolean {
  const probe = join(folder, 'probe');
  try {
    writeFileSync(probe, '');
    rmSync(probe);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EROFS';
  }
}
