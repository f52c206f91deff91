import { reason, type Reason } from '../../shared/domain/reasons.ts';
import { keepCheckedCopy, readCheckedCopy } from './checked-copy.ts';
import { isWholeObject, readJsonText, type JsonText } from './json-text.ts';
import type { SettingsNotice } from './layer.ts';
import { readTextFile, type TextFile } from './text-file.ts';

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

const empty = readJsonText('{}');

/** What is wrong with the file as a whole; nothing where it is whole. */
function wholeProblem(raw: TextFile, read: JsonText): Reason | undefined {
  if (raw.kind === 'missing') return reason('file-missing');
  if (raw.kind === 'no-text') return raw.reason;
  if (isWholeObject(read)) return undefined;
  if (raw.text.trim() === '') return reason('file-empty');
  return read.faults[0]?.reason ?? reason('file-no-object');
}

/** Minutes are near enough for a person, and every language reads them. */
const minuteOf = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/**
 * Reads a settings file that others write. One that is whole is copied; one that is torn, zeroed, too large or not
 * readable gives way to its last whole copy, which a power cut or a bad editor can not take along. Without a copy, as
 * much as can be read of it holds. Never throws on what the file holds.
 */
export function readLayerFile(options: LayerFileOptions): LayerFileReading {
  const { file, copyFile } = options;
  const raw = readTextFile(file);
  if (raw.kind === 'missing' && !options.isRequired) return { text: empty, notices: [] };
  const read = raw.kind === 'text' ? readJsonText(raw.text) : empty;
  const problem = wholeProblem(raw, read);
  if (problem === undefined) {
    const notices = options.canWrite && raw.kind === 'text' ? keep(options, raw.text) : [];
    return { text: read, notices };
  }
  const line = raw.kind === 'no-text' ? raw.line : read.faults[0]?.line;
  const place = { code: 'settings-file-unreadable', file, ...(line === undefined ? {} : { line }) } as const;
  const copy = readCheckedCopy(copyFile);
  if (copy !== undefined) {
    const told = reason(problem.code, { ...problem.values, savedAt: minuteOf(copy.savedAt) });
    return { text: readJsonText(copy.text), notices: [{ ...place, reason: told }] };
  }
  // What can be read of it is told fault by fault by who reads the layer.
  const isToldElsewhere = read.faults.length > 0;
  return { text: read, notices: isToldElsewhere ? [] : [{ ...place, reason: problem }] };
}

function keep({ copyFile, nowMs, file }: LayerFileOptions, text: string): SettingsNotice[] {
  try {
    keepCheckedCopy(copyFile, text, nowMs);
    return [];
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // The settings hold all the same; a disk that can not be written is told by the journal and by doctor.
    const why = reason('copy-not-kept', { code: String(error.code) });
    return [{ code: 'settings-file-unreadable', file, reason: why }];
  }
}
