import { existsSync, readFileSync } from 'node:fs';

/** What a SQLite WAL file holds, as far as its frame headers tell. Offsets are bytes from the start of the file. */
export interface WalReading {
  readonly bytes: Buffer;
  readonly frameBytes: number;
  /** Where each commit ends, in order. */
  readonly commitEnds: readonly number[];
}

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** Reads a WAL (https://sqlite.org/fileformat2.html#walformat); undefined where there is none, or an empty one. */
export function readWal(file: string): WalReading | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  if (bytes.length < HEADER_BYTES) return undefined;
  const frameBytes = FRAME_HEADER_BYTES + bytes.readUInt32BE(8);
  const salts = bytes.subarray(16, 24);
  const commitEnds: number[] = [];
  for (let at = HEADER_BYTES; at + frameBytes <= bytes.length; at += frameBytes) {
    // Frames with other salts are left over from before the WAL was last begun anew.
    if (!salts.equals(bytes.subarray(at + 8, at + 16))) break;
    // The size of the database after the commit stands in its last frame only.
    if (bytes.readUInt32BE(at + 4) !== 0) commitEnds.push(at + frameBytes);
  }
  return { bytes, frameBytes, commitEnds };
}

export const frameNumberAt = (wal: WalReading, end: number): number => (end - HEADER_BYTES) / wal.frameBytes;

/** Up to which frame the WAL was, or was about to be, copied into the database; undefined where nobody says. */
export function framesCopied(shmFile: string): number | undefined {
  if (!existsSync(shmFile)) return undefined;
  const bytes = readFileSync(shmFile);
  // WalCkptInfo after the two copies of the header: nBackfill, and nBackfillAttempted 32 bytes on.
  return bytes.length < 132 ? undefined : Math.max(bytes.readUInt32LE(96), bytes.readUInt32LE(128));
}
