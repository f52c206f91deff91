import { writeFileSync } from 'node:fs';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { readAnchor } from '../../main/journal/anchor.ts';
import type { Draws } from './draws.ts';
import { anchorFile, journalFile, readAsFound, type JournalReading } from './journal-reading.ts';
import type { TailDamage } from './plan.ts';
import { frameNumberAt, framesCopied, readWal, type WalReading } from './wal.ts';

/** What was seen outside the terminal, and so has to stand in its journal, whatever the power did. */
export type Evidence = (journal: JournalReading) => boolean;

const HEADER_BYTES = 32;
const SECTOR_BYTES = 512;

/**
 * The first byte of the WAL that may not have reached the disk when the terminal was killed. The journal has one
 * writer, and a commit returns only after its sync: when the frames of a commit are there, the commit before it was
 * synced. So all but the last commit is safe, and what lies behind the last commit is not. The last one itself is in
 * doubt, and counts as synced where anything says so: the anchor, written after the sync; something told, shown or
 * credited; a mark before a send, which may be on the wire already; a checkpoint, which syncs the WAL before it begins.
 */
function unsyncedFrom(dataFolder: string, wal: WalReading, isEvidenceIn: Evidence): number {
  const last = wal.commitEnds.at(-1) ?? HEADER_BYTES;
  const before = wal.commitEnds.at(-2) ?? HEADER_BYTES;
  const copied = framesCopied(`${journalFile(dataFolder)}-shm`);
  if (copied === undefined || copied > frameNumberAt(wal, before)) return last;
  const anchored = readAnchor(anchorFile(dataFolder))?.lastAuditId ?? 0;
  const marks = readAsFound(dataFolder, undefined, (journal) => journal.marks());
  const isBeforeEnough = readAsFound(
    dataFolder,
    wal.bytes.subarray(0, before),
    (journal) => journal.lastAuditId() >= anchored && journal.marks() === marks && isEvidenceIn(journal),
  );
  return isBeforeEnough === true ? before : last;
}

/** A frame as a write that was cut short leaves it: right salts, a commit flag, and a page that does not fit them. */
function tornFrame({ bytes, frameBytes }: WalReading, draws: Draws): Buffer {
  const frame = Buffer.alloc(frameBytes);
  // From somewhere in the page on, so that its beginning may be right.
  const from = 24 + draws.below(frameBytes - 24);
  draws.bytes(frameBytes - from).copy(frame, from);
  frame.writeUInt32BE(1 + draws.below(20), 0);
  frame.writeUInt32BE(draws.between(10, 30), 4);
  bytes.copy(frame, 8, 16, 24);
  return draws.chance(0.5) ? frame : frame.subarray(0, draws.between(1, frameBytes - 1));
}

function damaged(wal: WalReading, from: number, damage: TailDamage, draws: Draws): Buffer {
  const bytes = Buffer.from(wal.bytes);
  const length = bytes.length - from;
  switch (damage) {
    case 'none':
      return bytes;
    case 'truncate':
      return bytes.subarray(0, from + draws.below(length + 1));
    case 'flip':
      for (let flips = draws.between(1, 20); flips > 0 && length > 0; flips -= 1) {
        const at = from + draws.below(length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << draws.below(8));
      }
      return bytes;
    case 'zero-sector': {
      const at = from + draws.below(length + 1);
      return bytes.fill(0, at, Math.min(at + SECTOR_BYTES, bytes.length));
    }
    case 'append-garbage':
      return Buffer.concat([bytes, draws.bytes(draws.between(1, 9000))]);
    case 'append-torn-frame':
      // In the place where the next commit would have come.
      return Buffer.concat([bytes.subarray(0, from), tornFrame(wal, draws)]);
    default:
      return assertNever(damage);
  }
}

/** Damages the end of a dead terminal's WAL, where a power cut could have. Says how many bytes were open to it. */
export function damageTail(
  dataFolder: string,
  damage: TailDamage,
  isEvidenceIn: Evidence,
  draws: Draws,
): number {
  const file = `${journalFile(dataFolder)}-wal`;
  const wal = readWal(file);
  if (damage === 'none' || wal === undefined) return 0;
  const from = unsyncedFrom(dataFolder, wal, isEvidenceIn);
  writeFileSync(file, damaged(wal, from, damage, draws));
  return wal.bytes.length - from;
}

/**
 * What no power cut does: cuts synced commits off the WAL, so many that the anchor knows more than the file. False
 * where the WAL holds none that could be cut.
 */
export function cutSynced(dataFolder: string, draws: Draws): boolean {
  const file = `${journalFile(dataFolder)}-wal`;
  const wal = readWal(file);
  const copied = framesCopied(`${journalFile(dataFolder)}-shm`);
  const anchored = readAnchor(anchorFile(dataFolder))?.lastAuditId ?? 0;
  if (wal === undefined || copied === undefined) return false;
  const ends = wal.commitEnds.filter(
    (end) =>
      frameNumberAt(wal, end) >= copied &&
      (readAsFound(dataFolder, wal.bytes.subarray(0, end), (journal) => journal.lastAuditId()) ?? 0) <
        anchored,
  );
  if (ends.length === 0) return false;
  writeFileSync(file, wal.bytes.subarray(0, draws.pick(ends)));
  return true;
}
