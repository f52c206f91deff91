import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { z } from 'zod';
import type { Log } from '../../diagnostics/log.ts';
import type { ContractServer } from '../contract-server.ts';
import type { Gate } from './gate.ts';

/** Above the contract's own bound for an input, so that a call just over that gets an answer instead of a cut. */
const MAX_FRAME_BYTES = 256 * 1024;
/** A window that leaves this much unread hangs; it will reconnect and take a fresh snapshot. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
/** The renderer takes three silent intervals for a dead terminal. */
const HEARTBEAT_MS = 2_000;
const CLOSING_LIMIT_MS = 1_000;

const closeCodes = { stopping: 1001, binary: 1003, malformed: 1007 } as const;

const ClientMessage = z.strictObject({
  id: z.int().min(0),
  call: z.unknown(),
  input: z.unknown().optional(),
});

export interface WireServer {
  /** For the HTTP server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Says goodbye to every window; resolves within about a second, whatever they do. */
  stop(): Promise<void>;
}

function parseFrame(data: RawData): z.output<typeof ClientMessage> | 'malformed' {
  try {
    const parsed = ClientMessage.safeParse(JSON.parse(Buffer.isBuffer(data) ? data.toString() : ''));
    return parsed.success ? parsed.data : 'malformed';
  } catch {
    // Not JSON. The text is not worth a log line and may hold anything.
    return 'malformed';
  }
}

/** Says no to an upgrade and lets the socket go. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The contract over WebSocket: one JSON object a frame, `{id, call, input}` in; `{id, reply}` and events out. */
export function createWireServer({
  gate,
  contractServer,
  log,
}: {
  gate: Gate;
  contractServer: ContractServer;
  log: Log;
}): WireServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  const answeredLastPing = new WeakSet<WebSocket>();

  function send(socket: WebSocket, message: object): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
      log.warn('window-not-reading', { bytes: socket.bufferedAmount });
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify(message));
  }

  function closeFor(socket: WebSocket, reason: keyof typeof closeCodes): void {
    log.warn('window-closed', { reason });
    socket.close(closeCodes[reason], reason);
  }

  async function receive(socket: WebSocket, data: RawData, isBinary: boolean): Promise<void> {
    if (isBinary) return closeFor(socket, 'binary');
    const message = parseFrame(data);
    if (message === 'malformed') return closeFor(socket, 'malformed');
    send(socket, { id: message.id, reply: await contractServer.call(message.call, message.input) });
  }

  sockets.on('connection', (socket) => {
    answeredLastPing.add(socket);
    socket.on('pong', () => answeredLastPing.add(socket));
    // A frame that is too large or broken: ws closes that socket with its own code. Nothing else is touched.
    socket.on('error', (cause) => log.warn('window-wire-broken', {}, cause));
    socket.on('message', (data, isBinary) => {
      receive(socket, data, isBinary).catch((cause: unknown) => {
        log.error('wire-failed', {}, cause);
        socket.terminate();
      });
    });
    send(socket, { beat: true });
  });

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!answeredLastPing.delete(socket)) {
        socket.terminate();
        continue;
      }
      socket.ping();
      // A page can not see pings, so it gets a message of its own.
      send(socket, { beat: true });
    }
  }, HEARTBEAT_MS);

  const stopEvents = contractServer.onEvent((name, payload) => {
    for (const socket of sockets.clients) send(socket, { event: name, payload });
  });

  return {
    upgrade(request, socket, head) {
      const { host, origin, cookie } = request.headers;
      const refusal = gate.refusalOf({ host, origin, cookie });
      if (refusal !== undefined) {
        log.warn('wire-refused', { reason: refusal });
        return refuseUpgrade(socket, '403 Forbidden');
      }
      sockets.handleUpgrade(request, socket, head, (accepted) =>
        sockets.emit('connection', accepted, request),
      );
    },

    async stop() {
      clearInterval(heartbeat);
      stopEvents();
      await new Promise<void>((resolve) => {
        const limit = setTimeout(() => {
          for (const socket of sockets.clients) socket.terminate();
        }, CLOSING_LIMIT_MS);
        for (const socket of sockets.clients) socket.close(closeCodes.stopping, 'stopping');
        sockets.close(() => {
          clearTimeout(limit);
          resolve();
        });
      });
    },
  };
}
