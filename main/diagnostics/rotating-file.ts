import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

export interface RotatingFile {
  write(text: string): void;
  flush(): void;
  close(): void;
}

/**
 * A file that is appended to, line by line, and never larger than `maxBytes`: then it becomes `file.1`, the one before
 * `file.2`, and so on to `file.<kept>`; the oldest goes. Written at once, so that the line before a crash is there.
 * pino-roll, the library for it, opens and rolls asynchronously: the last lines of a crash would be lost with it.
 * Throws only when it can not be opened; what fails later goes to `onError`, once for each spell of trouble.
 */
export function openRotatingFile(options: {
  readonly file: string;
  readonly maxBytes: number;
  readonly kept: number;
  readonly onError: (cause: unknown) => void;
}): RotatingFile {
  const { file, maxBytes, kept, onError } = options;
  const open = (): number => openSync(file, 'a', 0o600);
  let descriptor = open();
  let size = fstatSync(descriptor).size;
  let isInTrouble = false;

  const rotate = (): void => {
    closeSync(descriptor);
    try {
      rmSync(`${file}.${kept}`, { force: true });
      for (let number = kept - 1; number >= 1; number -= 1) {
        if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
      }
      renameSync(file, `${file}.1`);
    } finally {
      descriptor = open();
      size = fstatSync(descriptor).size;
    }
  };
  const guarded = (action: () => void): void => {
    try {
      action();
      isInTrouble = false;
    } catch (cause) {
      if (!isInTrouble) onError(cause);
      isInTrouble = true;
    }
  };
  return {
    write(text) {
      guarded(() => {
        const bytes = Buffer.from(text);
        if (size > 0 && size + bytes.length > maxBytes) rotate();
        writeSync(descriptor, bytes);
        size += bytes.length;
      });
    },
    flush: () => guarded(() => fsyncSync(descriptor)),
    close: () => guarded(() => closeSync(descriptor)),
  };
}
