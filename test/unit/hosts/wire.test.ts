import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWire, type WireSocket } from '../../../renderer/wire.ts';

/** A socket whose other end is the test. */
function createFakeSocket() {
  const events = new EventTarget();
  const sent: unknown[] = [];
  const socket: WireSocket = {
    addEventListener(type: string, listener: (message: { data: unknown }) => void) {
      events.addEventListener(type, (event) => listener({ data: Reflect.get(event, 'data') }));
    },
    send: (text) => void sent.push(JSON.parse(text)),
    close: vi.fn<() => void>(),
  };
  return {
    socket,
    sent,
    open: () => events.dispatchEvent(new Event('open')),
    drop: () => events.dispatchEvent(new Event('close')),
    say: (data: unknown) =>
      events.dispatchEvent(
        new MessageEvent('message', { data: typeof data === 'string' ? data : JSON.stringify(data) }),
      ),
  };
}

describe('the wire over a socket', () => {
  let sockets: ReturnType<typeof createFakeSocket>[];
  let ending: AbortController;
  let connections: boolean[];

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    sockets = [];
    connections = [];
    ending = new AbortController();
  });
  afterEach(() => {
    ending.abort();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  function makeWire() {
    const wire = createWire({
      address: 'ws://host/wire',
      signal: ending.signal,
      connect() {
        const fake = createFakeSocket();
        sockets.push(fake);
        return fake.socket;
      },
    });
    wire.onConnection((isConnected) => void connections.push(isConnected));
    return wire;
  }
  function socketAt(index: number) {
    const found = sockets[index];
    if (found === undefined) throw new Error(`Socket ${index} was not opened.`);
    return found;
  }
  const disconnected = { kind: 'failure', failure: 'disconnected' };

  test('a call made before the connection stands is answered at once', async () => {
    expect(await makeWire().call('checkout.clear', {})).toEqual(disconnected);
    expect(connections).toEqual([false]);
    expect(socketAt(0).sent).toEqual([]);
  });

  test('calls are told apart by their ids, whatever the order of the answers', async () => {
    const wire = makeWire();
    socketAt(0).open();
    const replies = [wire.call('a', { first: true }), wire.call('b', { second: true })];
    expect(socketAt(0).sent).toEqual([
      { id: 1, call: 'a', input: { first: true } },
      { id: 2, call: 'b', input: { second: true } },
    ]);
    socketAt(0).say({ id: 2, reply: 'two' });
    socketAt(0).say({ id: 1, reply: 'one' });
    expect(await Promise.all(replies)).toEqual(['one', 'two']);
  });

  test('an answer nobody waits for changes nothing', async () => {
    const wire = makeWire();
    socketAt(0).open();
    socketAt(0).say({ id: 99, reply: 'late' });
    const reply = wire.call('a', {});
    socketAt(0).say({ id: 1, reply: 'one' });
    socketAt(0).say({ id: 1, reply: 'again' });
    expect(await reply).toBe('one');
    expect(connections).toEqual([false, true]);
  });

  test('open calls are answered when the connection drops', async () => {
    const wire = makeWire();
    socketAt(0).open();
    const replies = [wire.call('a', {}), wire.call('b', {})];
    socketAt(0).drop();
    expect(await Promise.all(replies)).toEqual([disconnected, disconnected]);
    expect(connections).toEqual([false, true, false]);
  });

  test('it comes back by itself, and a late answer of the old connection is not taken for one of the new', async () => {
    const wire = makeWire();
    socketAt(0).open();
    void wire.call('a', {});
    socketAt(0).drop();
    vi.advanceTimersByTime(200);
    socketAt(1).open();
    expect(connections).toEqual([false, true, false, true]);
    const reply = wire.call('b', {});
    socketAt(0).say({ id: 2, reply: 'from the old one' });
    socketAt(1).say({ id: 2, reply: 'from the new one' });
    expect(await reply).toBe('from the new one');
  });

  test('attempts grow apart from 200 ms to 2 s, and start over after success', () => {
    makeWire();
    for (const [attempt, waitMs] of [200, 400, 800, 1_600, 2_000, 2_000].entries()) {
      socketAt(attempt).drop();
      vi.advanceTimersByTime(waitMs - 1);
      expect(sockets).toHaveLength(attempt + 1);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(attempt + 2);
    }
    socketAt(6).open();
    socketAt(6).drop();
    vi.advanceTimersByTime(200);
    expect(sockets).toHaveLength(8);
  });

  test('at most half of a wait is saved by chance', () => {
    vi.mocked(Math.random).mockReturnValue(0);
    makeWire();
    socketAt(0).drop();
    vi.advanceTimersByTime(99);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(2);
  });

  test('a host that says nothing for 6 s is taken for dead; one that beats is not', async () => {
    const wire = makeWire();
    socketAt(0).open();
    for (let beat = 0; beat < 5; beat++) {
      vi.advanceTimersByTime(5_999);
      socketAt(0).say({ beat: true });
    }
    const reply = wire.call('a', {});
    expect(connections).toEqual([false, true]);
    vi.advanceTimersByTime(6_000);
    expect(await reply).toEqual(disconnected);
    expect(connections).toEqual([false, true, false]);
    expect(socketAt(0).socket.close).toHaveBeenCalled();
  });

  test('an attempt that never opens is given up and made again', () => {
    makeWire();
    vi.advanceTimersByTime(6_200);
    expect(sockets).toHaveLength(2);
  });

  test.each([
    'no json',
    '7',
    '{}',
    '{"id":"1","reply":1}',
    '{"event":1,"payload":2}',
    '{"id":1,"reply":1,"more":1}',
  ])('a message of %s drops the connection and nothing else', (text) => {
    const wire = makeWire();
    const heard: string[] = [];
    wire.onEvent((name) => void heard.push(name));
    socketAt(0).open();
    socketAt(0).say(text);
    expect(connections).toEqual([false, true, false]);
    socketAt(0).say({ event: 'status', payload: {} });
    expect(heard).toEqual([]);
  });

  test('events go to every listener until it is taken away', () => {
    const wire = makeWire();
    socketAt(0).open();
    const heard: unknown[] = [];
    const stop = wire.onEvent((name, payload) => void heard.push([name, payload]));
    wire.onEvent((name) => void heard.push(name));
    socketAt(0).say({ event: 'status', payload: 1 });
    stop();
    socketAt(0).say({ event: 'status', payload: 2 });
    expect(heard).toEqual([['status', 1], 'status', 'status']);
  });

  test('what can not be written as JSON is answered as refused input', async () => {
    const wire = makeWire();
    socketAt(0).open();
    expect(await wire.call('a', { big: 1n })).toEqual({ kind: 'failure', failure: 'invalid-input' });
  });

  test('nothing is tried again once it was ended', async () => {
    const wire = makeWire();
    socketAt(0).open();
    const reply = wire.call('a', {});
    ending.abort();
    expect(await reply).toEqual(disconnected);
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });
});
