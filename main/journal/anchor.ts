import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** How far the journal had come when the anchor was last written. */
export interface AnchorMark {
  /** Which environment the journal belongs to, for the day its own word for it can not be read. */
  readonly environment: string;
  readonly epoch: string;
  readonly lastSeq: number;
  readonly lastHash: string;
  readonly lastAuditId: number;
  readonly lastAuditHash: string;
}

const SLOT_BYTES = 512;

function seal(payload: string): string {
  return createHash('sha256').update(payload).digest('hex').slice(0, 16);
}

function readSlot(bytes: Buffer): AnchorMark | undefined {
  const [payload, checksum] = bytes.toString('utf8').replace(/\0+$/, '').split('\n');
  if (payload === undefined || checksum === undefined || seal(payload) !== checksum) return undefined;
  const [environment, epoch, lastSeq, lastHash, lastAuditId, lastAuditHash] = payload.split(' ');
  if (environment === undefined || epoch === undefined) return undefined;
  if (lastHash === undefined || lastAuditHash === undefined) return undefined;
  return {
    environment,
    epoch,
    lastSeq: Number(lastSeq),
    lastHash,
    lastAuditId: Number(lastAuditId),
    lastAuditHash,
  };
}

/** The furthest whole mark in an anchor file, or `undefined` where there is no file or no whole slot. */
export function readAnchor(file: string): AnchorMark | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const marks = [
    readSlot(bytes.subarray(0, SLOT_BYTES)),
    readSlot(bytes.subarray(SLOT_BYTES, 2 * SLOT_BYTES)),
  ];
  return marks
    .filter((mark) => mark !== undefined)
    .toSorted((left, right) => left.lastAuditId - right.lastAuditId)
    .at(-1);
}

export interface Anchor {
  write(mark: AnchorMark): void;
  close(): void;
}

/**
 * A small file beside the journal that says how far it had come. SQLite reports a journal whose last commits went
 * missing as whole; an anchor ahead of it tells. Two slots are written in turn, so a torn write spoils one at the most.
 * It needs no sync: it is written after the commit, which was synced, so after a power cut it can only be behind.
 */
export function openAnchor(file: string): Anchor {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r+');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    descriptor = openSync(file, 'w+', 0o600);
  }
  let slot = 0;
  return {
    write(mark) {
      const { environment, epoch, lastSeq, lastHash, lastAuditId, lastAuditHash } = mark;
      const payload = [environment, epoch, lastSeq, lastHash, lastAuditId, lastAuditHash].join(' ');
      const bytes = Buffer.alloc(SLOT_BYTES);
      bytes.write(`${payload}\n${seal(payload)}`);
      writeSync(descriptor, bytes, 0, SLOT_BYTES, slot * SLOT_BYTES);
      slot = 1 - slot;
    },
    close: () => closeSync(descriptor),
  };
}
