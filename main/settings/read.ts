import { readFileSync } from 'node:fs';
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import type { Notice } from '../../shared/contract/views.ts';
import { nearestWord } from './nearest-word.ts';
import { Settings } from './schema.ts';

export interface SettingsReading {
  readonly settings: Settings;
  /** What was refused, with file, line, key and reason. The defaults hold in its place. */
  readonly notices: readonly Notice[];
}

type Path = ReadonlyArray<string | number>;

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Takes one key out of a parsed settings tree; true when it was there. */
function remove(tree: unknown, path: Path): boolean {
  const last = path.at(-1);
  let parent: unknown = tree;
  for (const step of path.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null) return false;
    parent = Reflect.get(parent, step);
  }
  if (last === undefined || typeof parent !== 'object' || parent === null) return false;
  return Object.hasOwn(parent, last) && Reflect.deleteProperty(parent, last);
}

/** The keys the schema knows beside a misspelt one, to suggest the nearest. */
function keysBeside(path: Path): readonly string[] {
  let defaults: unknown = Settings.parse({});
  for (const step of path) {
    defaults = typeof defaults === 'object' && defaults !== null ? Reflect.get(defaults, step) : undefined;
  }
  return typeof defaults === 'object' && defaults !== null ? Object.keys(defaults) : [];
}

interface Refusal {
  readonly path: Path;
  readonly problem: string;
}

function refusalsOf(issue: z.core.$ZodIssue): Refusal[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code !== 'unrecognized_keys') return [{ path, problem: issue.message }];
  return issue.keys.map((key) => {
    const suggestion = nearestWord(key, keysBeside(path));
    const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    return { path: [...path, key], problem: `There is no such setting${hint}` };
  });
}

/**
 * Reads settings from JSON (comments allowed). What can not be used is refused key by key, the default holds in its
 * place, and a notice says which file, line and key, and why. Never throws on what the text holds.
 */
export function readSettings(text: string, file: string): SettingsReading {
  const notices: Notice[] = [];
  const add = (notice: Omit<Notice, 'id' | 'file'>): void => {
    notices.push({ id: `setting-${notices.length + 1}`, file, ...notice });
  };
  const errors: ParseError[] = [];
  const parseOptions = { allowTrailingComma: true };
  const parsed: unknown = parse(text.replace(/^\uFEFF/, ''), errors, parseOptions);
  const root = parseTree(text.replace(/^\uFEFF/, ''), [], parseOptions);
  for (const error of errors.slice(0, 3)) {
    const problem = `The file is not valid JSON here: ${printParseErrorCode(error.error)}`;
    add({ code: 'settings-file-unreadable', line: lineAt(text, error.offset), problem });
  }
  let tree = parsed;
  for (;;) {
    const result = Settings.safeParse(tree ?? {});
    if (result.success) return { settings: result.data, notices };
    let removed = 0;
    for (const { path, problem } of result.error.issues.flatMap(refusalsOf)) {
      const node = root === undefined ? undefined : findNodeAtLocation(root, [...path]);
      // A part of a value can not always be taken out by itself: then the whole value goes.
      const cut = [...path.keys()]
        .map((index) => path.slice(0, path.length - index))
        .find((part) => remove(tree, part));
      if (cut !== undefined) removed += 1;
      const key = path.join('.');
      // What is missing only because a part of it was taken out was told already.
      if (notices.some((notice) => notice.key === key || notice.key?.startsWith(`${key}.`))) continue;
      add({
        code: 'setting-refused',
        key,
        problem,
        ...(node === undefined ? {} : { line: lineAt(text, node.offset) }),
      });
    }
    // Nothing could be taken out (the file holds no object at all): every default holds.
    if (removed === 0) tree = {};
  }
}

/** Reads a settings file. One that is not there is an empty one only where none was asked for by name. */
export function readSettingsFile(file: string, isRequired: boolean): SettingsReading {
  try {
    return readSettings(readFileSync(file, 'utf8'), file);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && !isRequired) return { settings: Settings.parse({}), notices: [] };
    const problem = isMissing ? 'There is no such file' : 'The file can not be read';
    const notice: Notice = { id: 'setting-file', code: 'settings-file-unreadable', file, problem };
    return { settings: Settings.parse({}), notices: [notice] };
  }
}
