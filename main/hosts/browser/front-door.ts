import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A name of its own for each data folder: a pipe on Windows, elsewhere a socket, whose path must stay short. */
function doorOf(dataFolder: string): string {
  const name = `milepost-${createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/**
 * Lets a second start on the same data folder bring the first to the front. Open it only while holding the folder's lock:
 * whatever lies in its place is then a leftover. Nothing is read from who knocks.
 */
export async function openFrontDoor(
  dataFolder: string,
  onKnock: () => void,
): Promise<{ close(): Promise<void> }> {
  const door = doorOf(dataFolder);
  if (process.platform !== 'win32') rmSync(door, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end();
    onKnock();
  });
  await once(server.listen(door), 'listening');
  server.unref();
  return {
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

const KNOCK_LIMIT_MS = 2000;

/** Knocks at the running terminal's door; true when it was heard. */
export function knock(dataFolder: string): Promise<boolean> {
  return new Promise((resolveKnock) => {
    const socket = connect(doorOf(dataFolder));
    const end = (isHeard: boolean): void => {
      socket.destroy();
      resolveKnock(isHeard);
    };
    socket.setTimeout(KNOCK_LIMIT_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
