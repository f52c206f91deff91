/** One thing the traced program did to the watched folder, or told the world. Paths are relative to that folder, `.` is itself. */
export type TracedOperation =
  | { readonly kind: 'make-folder'; readonly path: string }
  /** A file was opened so that it is made where it is missing, or emptied. */
  | { readonly kind: 'open'; readonly path: string; readonly makes: boolean; readonly empties: boolean }
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'resize'; readonly path: string; readonly size: number }
  /** The file has at least this size from now on. */
  | { readonly kind: 'reserve'; readonly path: string; readonly size: number }
  /** Of a file or of a folder. */
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  /** Written to standard output. */
  | { readonly kind: 'told'; readonly text: string };

/** What strace has to watch. Calls that the reader does not understand are here so that it can refuse them. */
export const tracedCalls: readonly string[] = (
  'openat write pwrite64 writev pwritev pwritev2 lseek fsync fdatasync ftruncate fallocate rename renameat renameat2 ' +
  'unlink unlinkat mkdir mkdirat rmdir open creat truncate link linkat symlink symlinkat copy_file_range sendfile splice'
).split(' ');

interface Call {
  readonly name: string;
  readonly args: string;
  readonly result: number;
  /** Line numbers: a call of one thread can begin before and end after those of another. */
  readonly began: number;
  readonly ended: number;
}

const WHOLE = /^(\d+) +(\w+)\((.*)\) += (-?\d+|\?)/;
const BEGUN = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. \w+ resumed>(.*)\) += (-?\d+|\?)/;

/** Puts together calls that strace wrote in two parts. */
async function* callsOf(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Call> {
  const begun = new Map<string, { name: string; args: string; began: number }>();
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const [, pid = '', name = '', args = ''] = BEGUN.exec(line) ?? [];
    if (pid !== '') {
      begun.set(pid, { name, args, began: number });
      continue;
    }
    const [, resumedPid = '', rest = '', resumedResult = ''] = RESUMED.exec(line) ?? [];
    const first = begun.get(resumedPid);
    if (first !== undefined) {
      begun.delete(resumedPid);
      yield { ...first, args: `${first.args}${rest}`, result: Number(resumedResult), ended: number };
      continue;
    }
    const [, wholePid = '', wholeName = '', wholeArgs = '', result = ''] = WHOLE.exec(line) ?? [];
    if (wholePid !== '') {
      yield { name: wholeName, args: wholeArgs, result: Number(result), began: number, ended: number };
    }
  }
}

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
const textOf = (hex: string): string => bytesOf(hex).toString('utf8');

const QUOTED = /"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?/g;

/** Every string of a call, in order. */
function strings(args: string): Buffer[] {
  return [...args.matchAll(QUOTED)].map(([, hex = '', cut]) => {
    if (cut !== undefined) throw new Error('strace cut a string off: its -s is too small for this program');
    return bytesOf(hex);
  });
}

/**
 * Reads `strace -f -y -xx` of `tracedCalls` and keeps what concerns `folder` (absolute), in the order it counts for a
 * power cut: a write from the moment it began, everything else once it had returned. Failed calls are left out. Throws
 * at a call in the folder that it does not model.
 */
export async function readTrace(
  lines: AsyncIterable<string> | Iterable<string>,
  folder: string,
): Promise<TracedOperation[]> {
  const found: Array<{ readonly order: number; readonly operation: TracedOperation }> = [];
  const positions = new Map<string, number>();
  const within = (path: string): string | undefined => {
    if (path === folder) return '.';
    return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  };

  const read = (call: Call): TracedOperation | undefined => {
    const { name, args, result } = call;
    const [, descriptor = '', descriptorPath = ''] = /^(\d+)<((?:\\x[0-9a-f]{2})*)>/.exec(args) ?? [];
    if (name === 'write' && descriptor === '1') {
      return { kind: 'told', text: Buffer.concat(strings(args)).toString('utf8') };
    }
    const texts = (): string[] => strings(args).map(String);
    const numbers = args.split(', ').map(Number);
    const path = within(textOf(descriptorPath));
    switch (name) {
      case 'openat': {
        const opened = within(texts()[0] ?? '');
        if (opened === undefined) return undefined;
        positions.set(String(result), 0);
        if (args.includes('O_APPEND')) throw new Error('Appending is not modelled');
        const [makes, empties] = [args.includes('O_CREAT'), args.includes('O_TRUNC')];
        return makes || empties ? { kind: 'open', path: opened, makes, empties } : undefined;
      }
      case 'mkdir':
      case 'mkdirat': {
        const made = within(texts()[0] ?? '');
        return made === undefined ? undefined : { kind: 'make-folder', path: made };
      }
      case 'rename':
      case 'renameat':
      case 'renameat2': {
        const [from, to] = texts().map(within);
        if (from === undefined && to === undefined) return undefined;
        if (from === undefined || to === undefined)
          throw new Error('A file was moved into or out of the folder');
        return { kind: 'rename', from, to };
      }
      case 'unlink':
      case 'unlinkat': {
        const removed = within(texts()[0] ?? '');
        return removed === undefined ? undefined : { kind: 'remove', path: removed };
      }
      default:
    }
    if (path === undefined) {
      if (descriptor === '' && texts().some((text) => within(text) !== undefined)) {
        throw new Error(`The program calls ${name}, which is not modelled`);
      }
      return undefined;
    }
    // A file that has no name any more can not be found after a power cut.
    if (/^\d+<[^>]*>\(deleted\)/.test(args)) return undefined;
    switch (name) {
      case 'write':
      case 'writev': {
        const offset = positions.get(descriptor) ?? 0;
        positions.set(descriptor, offset + result);
        return { kind: 'write', path, offset, data: Buffer.concat(strings(args)).subarray(0, result) };
      }
      case 'pwrite64':
      case 'pwritev':
        return {
          kind: 'write',
          path,
          offset: numbers.at(-1) ?? 0,
          data: Buffer.concat(strings(args)).subarray(0, result),
        };
      case 'lseek':
        positions.set(descriptor, result);
        return undefined;
      case 'fsync':
      case 'fdatasync':
        return { kind: 'sync', path };
      case 'ftruncate':
        return { kind: 'resize', path, size: numbers.at(-1) ?? 0 };
      case 'fallocate': {
        if (!/, 0, \d+, \d+$/.test(args)) throw new Error('fallocate with a mode is not modelled');
        return { kind: 'reserve', path, size: (numbers.at(-2) ?? 0) + (numbers.at(-1) ?? 0) };
      }
      default:
        throw new Error(`The program calls ${name}, which is not modelled`);
    }
  };

  for await (const call of callsOf(lines)) {
    if (!(call.result >= 0)) continue;
    const operation = read(call);
    if (operation === undefined) continue;
    const counts = operation.kind === 'write' || operation.kind === 'told' ? call.began : call.ended;
    found.push({ order: counts, operation });
  }
  return found.toSorted((left, right) => left.order - right.order).map(({ operation }) => operation);
}
