import { readSync } from 'node:fs';
import type { SerialPort } from 'serialport';

type Binding = typeof SerialPort.binding;
type Port = Awaited<ReturnType<Binding['open']>>;
type PolledPort = Extract<Port, { poller: unknown }>;

/** A read that must end the stream: `disconnect` when the device is gone, `canceled` when we closed it ourselves. */
class ReadEnded extends Error {
  readonly canceled: boolean;
  readonly disconnect: boolean;

  constructor(reason: 'disconnect' | 'canceled') {
    super(reason === 'disconnect' ? 'The serial line hung up' : 'Port is not open');
    this.canceled = reason === 'canceled';
    this.disconnect = reason === 'disconnect';
  }
}

/**
 * Makes a binding whose Unix ports end a read when the line hangs up. serialport 13 reads again when a read gives no
 * bytes; after a hang-up that is always, so it spins for ever without an event (node-serialport #2323, #1939). In raw
 * mode with VMIN = 1 a non-blocking read gives 0 bytes only after a hang-up.
 *
 * It also reads by itself once the line is readable, where serialport asks libuv's thread pool to try first: the port is
 * opened non-blocking, so the read can not wait, and going to another thread and back twice for every chunk took longer
 * than reading it. Waiting for the line before every read leaves everything else its turn. `readFd` is for counting in
 * tests.
 */
export function makeSafe(binding: Binding, readFd: typeof readSync = readSync) {
  return {
    list: () => binding.list(),
    async open(options: { readonly path: string; readonly baudRate: number }): Promise<Port> {
      const port = await binding.open(options);
      if ('poller' in port)
        port.read = (buffer, offset, length) => readOnce(port, buffer, offset, length, readFd);
      return port;
    },
  };
}

async function readOnce(
  port: PolledPort,
  buffer: Buffer,
  offset: number,
  length: number,
  readFd: typeof readSync,
) {
  for (;;) {
    if (!port.isOpen) throw new ReadEnded('canceled');
    await becomesReadable(port);
    const { fd } = port;
    if (fd === null) throw new ReadEnded('canceled');
    const bytesRead = readNow(() => readFd(fd, buffer, offset, length, null));
    if (bytesRead === 0) throw new ReadEnded('disconnect');
    if (bytesRead !== undefined) return { bytesRead, buffer };
  }
}

/** What `read` gave, or `undefined` where there was nothing after all. */
function readNow(read: () => number): number | undefined {
  try {
    return read();
  } catch (error) {
    if (isTryAgain(error)) return undefined;
    throw error;
  }
}

function becomesReadable(port: PolledPort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.poller.once('readable', (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

function isTryAgain(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'EAGAIN' || error.code === 'EWOULDBLOCK' || error.code === 'EINTR';
}
