import type { CallReply, Wire } from '../shared/contract/contract.ts';

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 2_000;
/** Three of the host's heartbeats: a terminal that hangs is noticed as surely as one that died. */
const SILENCE_LIMIT_MS = 6_000;

/** What the host sends; what `reply` and `payload` hold is read by whoever waits for them. */
type HostMessage =
  | { readonly id: number; readonly reply: unknown }
  | { readonly event: string; readonly payload: unknown }
  | { readonly beat: true };

/** What is used of a WebSocket, so that tests can bring one that sends headers. */
export interface WireSocket {
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (message: { data: unknown }) => void): void;
  send(text: string): void;
  close(): void;
}

export interface WireOptions {
  readonly address?: string;
  readonly connect?: (address: string) => WireSocket;
  /** Ends the connection and the attempts to renew it. */
  readonly signal?: AbortSignal;
}

const disconnected: CallReply = { kind: 'failure', failure: 'disconnected' };

function isWire(candidate: unknown): candidate is Wire {
  return (
    typeof candidate === 'object' && candidate !== null && 'call' in candidate && 'onConnection' in candidate
  );
}

/** By hand: the line opens before the schemas are there. */
function isHostMessage(message: unknown): message is HostMessage {
  if (typeof message !== 'object' || message === null) return false;
  const holds = (...keys: readonly string[]): boolean =>
    keys.length === Object.keys(message).length && keys.every((key) => key in message);
  if ('id' in message)
    return holds('id', 'reply') && Number.isSafeInteger(message.id) && Number(message.id) >= 0;
  if ('event' in message) return holds('event', 'payload') && typeof message.event === 'string';
  return 'beat' in message && holds('beat') && message.beat === true;
}

function parseMessage(data: unknown): HostMessage | undefined {
  try {
    const message: unknown = JSON.parse(String(data));
    return isHostMessage(message) ? message : undefined;
  } catch {
    return undefined; // Not JSON: the connection is broken, and the caller drops it.
  }
}

/** The wire to main: what Electron's preload left for us, else a WebSocket to the host that served this page. */
export function createWire(options: WireOptions = {}): Wire {
  const exposed: unknown = Reflect.get(globalThis, 'milepost');
  return isWire(exposed) ? exposed : createSocketWire(options);
}

function createSocketWire({ address, connect, signal }: WireOptions): Wire {
  const open = connect ?? ((url: string): WireSocket => new WebSocket(url));
  const pending = new Map<number, (reply: unknown) => void>();
  const eventListeners = new Set<(name: string, payload: unknown) => void>();
  const connectionListeners = new Set<(isConnected: boolean) => void>();
  let connected: WireSocket | undefined;
  let lastId = 0;
  let retries = 0;

  function setConnected(socket: WireSocket | undefined): void {
    const hasChanged = (connected === undefined) !== (socket === undefined);
    connected = socket;
    if (hasChanged) for (const listener of connectionListeners) listener(socket !== undefined);
  }

  function receive(message: HostMessage): void {
    if ('event' in message) for (const listener of eventListeners) listener(message.event, message.payload);
    if (!('id' in message)) return;
    pending.get(message.id)?.(message.reply);
    pending.delete(message.id);
  }

  function start(): void {
    if (signal?.aborted) return;
    const socket = open(address ?? `ws://${location.host}/wire`);
    let silence: ReturnType<typeof setTimeout> | undefined;
    let isLost = false;

    /** Once for each socket. Not left to `close` alone: a hanging host never completes the closing handshake. */
    const lose = (): void => {
      if (isLost) return;
      isLost = true;
      clearTimeout(silence);
      signal?.removeEventListener('abort', lose);
      socket.close();
      setConnected(undefined);
      for (const answer of pending.values()) answer(disconnected);
      pending.clear();
      // Half of the wait is random, so that several windows do not come back in one moment.
      const longestMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** retries++);
      if (!signal?.aborted) setTimeout(start, longestMs * (0.5 + Math.random() / 2));
    };
    const hear = (): void => {
      clearTimeout(silence);
      silence = setTimeout(lose, SILENCE_LIMIT_MS);
    };

    hear();
    signal?.addEventListener('abort', lose);
    socket.addEventListener('close', lose);
    socket.addEventListener('open', () => {
      retries = 0;
      setConnected(socket);
    });
    socket.addEventListener('message', ({ data }) => {
      if (isLost) return;
      hear();
      const message = parseMessage(data);
      if (message === undefined) lose();
      else receive(message);
    });
  }
  start();

  return {
    async call(name, input) {
      const socket = connected;
      if (socket === undefined) return disconnected;
      const id = ++lastId;
      try {
        socket.send(JSON.stringify({ id, call: name, input }));
      } catch {
        return { kind: 'failure', failure: 'invalid-input' } satisfies CallReply; // A cycle or a BigInt.
      }
      return new Promise((resolve) => pending.set(id, resolve));
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => void eventListeners.delete(listener);
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      listener(connected !== undefined);
      return () => void connectionListeners.delete(listener);
    },
  };
}
