import {
  findNodeAtLocation,
  parse,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { reason, type Reason, type ReasonCode } from '../../shared/domain/reasons.ts';

/** By the parser's own word for what it met. */
const reasons: Readonly<Record<string, ReasonCode>> = {
  InvalidSymbol: 'json-word',
  InvalidNumberFormat: 'json-number',
  PropertyNameExpected: 'json-name',
  ValueExpected: 'json-value',
  ColonExpected: 'json-colon',
  CommaExpected: 'json-comma',
  CloseBraceExpected: 'json-brace',
  CloseBracketExpected: 'json-bracket',
  EndOfFileExpected: 'json-end',
  UnexpectedEndOfComment: 'json-comment',
  InvalidCommentToken: 'json-no-comments',
  UnexpectedEndOfString: 'json-text',
  UnexpectedEndOfNumber: 'json-number',
  InvalidUnicode: 'json-escape',
  InvalidEscapeCharacter: 'json-escape',
  InvalidCharacter: 'json-text',
};

export type Path = ReadonlyArray<string | number>;

export interface JsonText {
  /** As much as could be read; anything at all. */
  readonly value: unknown;
  /** The first few places where the text is no JSON. */
  readonly faults: ReadonlyArray<{ readonly line: number; readonly reason: Reason }>;
  /** Where a value stands, counted from 1. */
  lineOf(path: Path): number | undefined;
}

const FAULTS_TOLD = 3;

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/**
 * Reads JSON as people write it (comments, trailing commas, a byte order mark), as far as it can be read. `strict` takes
 * neither comments nor trailing commas, and says where they are.
 */
export function readJsonText(given: string, form: 'strict' | 'lenient' = 'lenient'): JsonText {
  const text = given.replace(/^\uFEFF/, '');
  const options = { allowTrailingComma: form === 'lenient', disallowComments: form === 'strict' };
  const errors: ParseError[] = [];
  let value: unknown;
  let root: Node | undefined;
  try {
    value = parse(text, errors, options);
    root = parseTree(text, [], options);
  } catch (error) {
    // The parser calls itself for each bracket: thousands of them are no settings and end its stack.
    if (!(error instanceof RangeError)) throw error;
    return { value: undefined, faults: [{ line: 1, reason: reason('file-deep') }], lineOf: () => undefined };
  }
  return {
    value,
    faults: errors.slice(0, FAULTS_TOLD).map(({ error, offset }) => ({
      line: lineAt(text, offset),
      reason: reason(reasons[printParseErrorCode(error)] ?? 'json'),
    })),
    lineOf(path) {
      const node = root === undefined ? undefined : findNodeAtLocation(root, [...path]);
      return node === undefined ? undefined : lineAt(text, node.offset);
    },
  };
}

/** Whether a text is a whole JSON object: what a file cut short, zeroed or overwritten is not. */
export function isWholeObject({ value, faults }: JsonText): boolean {
  return faults.length === 0 && typeof value === 'object' && value !== null && !Array.isArray(value);
}
