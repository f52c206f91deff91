import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { keepCheckedCopy, readCheckedCopy } from './checked-copy.ts';
import { isWholeObject, LARGEST_FILE_BYTES, readJsonText, type JsonText } from './json-text.ts';
import type { SettingsNotice } from './layer.ts';

export interface LayerFileOptions {
  readonly file: string;
  /** Somebody named this very file: that it is not there is a fault. */
  readonly isRequired: boolean;
  /** Where the last whole version of it is kept. */
  readonly copyFile: string;
  readonly nowMs: number;
  /** False leaves every file as it is: for who only wants to look. */
  readonly canWrite: boolean;
}

export interface LayerFileReading {
  readonly text: JsonText;
  readonly notices: readonly SettingsNotice[];
}

type Raw = { readonly text: string } | { readonly problem: string; readonly line?: number } | 'missing';

/**
 * The file's text. Another encoding is refused rather than guessed at: read as UTF-8, a name would go wrong unseen. UTF-16 is
 * what Windows PowerShell 5 writes unless told otherwise.
 */
function decode(bytes: Buffer): Raw {
  if (bytes.length > 0 && bytes.every((byte) => byte === 0))
    return { problem: 'The file holds nothing but zeros' };
  const [first, second] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isMarked || (bytes.length > 1 && (first === 0 || second === 0)))
    return { problem: 'The file is UTF-16: save it as UTF-8' };
  if (isUtf8(bytes)) return { text: bytes.toString('utf8') };
  // No byte of a whole line break belongs to another character, so lines can be tried one by one.
  const lines = bytes.toString('latin1').split('\n');
  const line = lines.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1'))) + 1;
  return { problem: 'The file is not UTF-8 text here: save it as UTF-8', line };
}

function readRaw(file: string): Raw {
  try {
    const found = statSync(file);
    // A pipe or a device would be waited for without end.
    if (!found.isFile()) return { problem: found.isDirectory() ? 'This is a folder' : 'This is no file' };
    const { size } = found;
    if (size > LARGEST_FILE_BYTES) return { problem: `The file is no settings file: it holds ${size} bytes` };
    return decode(readFileSync(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOENT') return 'missing';
      return { problem: `The file can not be read (${String(error.code)})` };
    }
    throw error;
  }
}

const empty = readJsonText('{}');

/** What is wrong with the file as a whole; nothing where it is whole. */
function wholeProblem(raw: Exclude<Raw, 'missing'>, read: JsonText): string | undefined {
  if ('problem' in raw) return raw.problem;
  if (isWholeObject(read)) return undefined;
  if (raw.text.trim() === '') return 'The file is empty';
  return read.faults[0]?.problem ?? 'The file holds no object';
}

/**
 * Reads a settings file that others write. One that is whole is copied; one that is torn, zeroed, too large or not
 * readable gives way to its last whole copy, which a power cut or a bad editor can not take along. Without a copy, as
 * much as can be read of it holds. Never throws on what the file holds.
 */
export function readLayerFile(options: LayerFileOptions): LayerFileReading {
  const { file, copyFile } = options;
  const raw = readRaw(file);
  if (raw === 'missing' && !options.isRequired) return { text: empty, notices: [] };
  const read = raw !== 'missing' && 'text' in raw ? readJsonText(raw.text) : empty;
  const problem = raw === 'missing' ? 'There is no such file' : wholeProblem(raw, read);
  if (problem === undefined) {
    if (options.canWrite && raw !== 'missing' && 'text' in raw)
      return { text: read, notices: keep(options, raw.text) };
    return { text: read, notices: [] };
  }
  const line = raw !== 'missing' && 'problem' in raw ? raw.line : read.faults[0]?.line;
  const place = { code: 'settings-file-unreadable', file, ...(line === undefined ? {} : { line }) } as const;
  const copy = readCheckedCopy(copyFile);
  if (copy !== undefined) {
    const told = `${problem}; its copy of ${copy.savedAt} is used in its place`;
    return { text: readJsonText(copy.text), notices: [{ ...place, problem: told }] };
  }
  // What can be read of it is told fault by fault by who reads the layer.
  const isToldElsewhere = read.faults.length > 0;
  return { text: read, notices: isToldElsewhere ? [] : [{ ...place, problem }] };
}

function keep({ copyFile, nowMs, file }: LayerFileOptions, text: string): SettingsNotice[] {
  try {
    keepCheckedCopy(copyFile, text, nowMs);
    return [];
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // The settings hold all the same; a disk that can not be written is told by the journal and by doctor.
    const problem = `No copy of it could be kept (${String(error.code)})`;
    return [{ code: 'settings-file-unreadable', file, problem }];
  }
}
