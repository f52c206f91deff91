import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ReceiptPrinter } from '../../../main/receipts/printer.ts';

/** An ESC/POS printer on the network that keeps what it was sent, and a printer's side of ours that sends to it. */
export async function startPrinter() {
  const jobs: Uint8Array[] = [];
  const server = createServer((socket) => {
    const parts: Buffer[] = [];
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => {
      jobs.push(Buffer.concat(parts));
      socket.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  onTestFinished(stop);
  const printer: ReceiptPrinter = {
    async print({ bytes }) {
      const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
      try {
        await once(socket, 'connect');
      } catch {
        return { kind: 'failed', reason: 'not-reached' };
      }
      socket.end(bytes);
      socket.resume();
      await once(socket, 'end');
      return { kind: 'printed' };
    },
  };
  return { printer, jobs, stop };
}
