import { once } from 'node:events';
import { DelimiterParser, SerialPort } from 'serialport';

const CR = 0x0d;

/**
 * A bare serialport on a path: its `data` event and nothing more, or, for frames, its own delimiter parser behind it.
 * Counts the chunks that hold a line end, or the frames.
 */
export async function openBareLine(path: string, cuts: 'frames' | 'chunks') {
  const port = new SerialPort({ path, baudRate: 9600, autoOpen: false });
  let ends = 0;
  let waiting: { readonly count: number; readonly resolve: () => void } | undefined;
  const count = (): void => {
    ends += 1;
    if (waiting !== undefined && ends >= waiting.count) {
      waiting.resolve();
      waiting = undefined;
    }
  };
  if (cuts === 'frames') port.pipe(new DelimiterParser({ delimiter: '\r' })).on('data', count);
  else port.on('data', (bytes: Buffer) => bytes.includes(CR) && count());
  port.open();
  await once(port, 'open');
  return {
    /** Resolves when so many more have come. */
    next: (more: number): Promise<void> =>
      new Promise((resolve) => {
        waiting = { count: ends + more, resolve };
      }),
    close: (): Promise<void> => new Promise((resolve) => port.close(() => resolve())),
  };
}
