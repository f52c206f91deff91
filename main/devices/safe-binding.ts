import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { SerialPort } from 'serialport';

const readAsync = promisify(read);

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
 * mode with VMIN = 1 a non-blocking read gives 0 bytes only after a hang-up. `readFd` is for counting in tests.
 */
export function makeSafe(binding: Binding, readFd: typeof readAsync = readAsync) {
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
  readFd: typeof readAsync,
) {
  for (;;) {
    const { fd } = port;
    if (fd === null) throw new ReadEnded('canceled');
    try {
      const { bytesRead } = await readFd(fd, buffer, offset, length, null);
      if (bytesRead > 0) return { bytesRead, buffer };
    } catch (error) {
      if (!isTryAgain(error)) throw error;
      if (!port.isOpen) throw new ReadEnded('canceled');
      await becomesReadable(port);
      continue;
    }
    throw new ReadEnded('disconnect');
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
