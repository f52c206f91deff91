import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { reason, type Reason } from '../../shared/domain/reasons.ts';

/** No settings file is near this; a larger one is no settings file. */
const LARGEST_SETTINGS_BYTES = 1_000_000;
/** A table may list every item of a store. */
const LARGEST_OFFER_TABLE_BYTES = 20_000_000;

export interface NoText {
  readonly kind: 'no-text';
  readonly reason: Reason;
  readonly line?: number;
}

export type TextFile =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'missing' } | NoText;

const noText = (given: Reason): NoText => ({ kind: 'no-text', reason: given });

/**
 * The file's text. Another encoding is refused rather than guessed at: read as UTF-8, a name would go wrong unseen. UTF-16 is
 * what Windows PowerShell 5 writes unless told otherwise.
 */
function decode(bytes: Buffer): TextFile {
  if (bytes.length > 0 && bytes.every((byte) => byte === 0)) return noText(reason('file-zeros'));
  const [first, second] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isMarked || (bytes.length > 1 && (first === 0 || second === 0))) return noText(reason('file-utf-16'));
  if (isUtf8(bytes)) return { kind: 'text', text: bytes.toString('utf8') };
  // No byte of a whole line break belongs to another character, so lines can be tried one by one.
  const lines = bytes.toString('latin1').split('\n');
  const line = lines.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1'))) + 1;
  return { ...noText(reason('file-not-utf-8')), line };
}

/** Reads a file that people or their tools write: settings, provisioning, offers. Never throws on what is there. */
export function readTextFile(file: string, limitBytes = LARGEST_SETTINGS_BYTES): TextFile {
  try {
    const found = statSync(file);
    // A pipe or a device would be waited for without end.
    if (!found.isFile()) return noText(reason(found.isDirectory() ? 'file-folder' : 'file-device'));
    const { size } = found;
    if (size > limitBytes) return noText(reason('file-large', { bytes: size }));
    return decode(readFileSync(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return { kind: 'missing' };
    return noText(reason('file-unreadable', { code: String(error.code) }));
  }
}

/** Reads an offer table's file, likewise. */
export function readOfferTableFile(file: string): TextFile {
  return readTextFile(file, LARGEST_OFFER_TABLE_BYTES);
}
