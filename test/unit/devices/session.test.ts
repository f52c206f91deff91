import { describe, expect, test } from 'vitest';
import { createBackoff } from '../../../main/devices/backoff.ts';
import { createDeviceSession, type SessionState } from '../../../main/devices/session.ts';
import { createHandClock } from './hand-clock.ts';
import { HandStream } from './hand-stream.ts';

function startSession({ isPluggedIn = true } = {}) {
  const clock = createHandClock();
  const streams: HandStream[] = [];
  const states: SessionState['kind'][] = [];
  const taken: string[] = [];
  const device: { identity: string | undefined } = { identity: isPluggedIn ? 'a' : undefined };
  let stuckCount = 0;
  const session = createDeviceSession({
    path: '/dev/ttyACM0',
    openStream() {
      const stream = new HandStream();
      streams.push(stream);
      return stream;
    },
    identify: () => Promise.resolve(device.identity),
    watchArrival: () => () => undefined,
    clock,
    random: () => 0.5,
    platform: 'linux',
    onBytes: (bytes) => taken.push(Buffer.from(bytes).toString()),
    onState: (state) => states.push(state.kind),
    onStuck: () => (stuckCount += 1),
  });
  session.start();
  /** Lets time pass and everything that was promised by then happen. */
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise(setImmediate);
  };
  const last = (): HandStream => streams.at(-1) ?? new HandStream();
  return { session, clock, streams, states, taken, device, pass, last, stuckCount: () => stuckCount };
}

describe('a device session', () => {
  test('takes a new stream for every attempt and hears no more of an old one', async () => {
    const { streams, states, taken, pass, last } = startSession();
    await pass(0);
    last().opens();
    last().closes();
    await pass(0);
    await pass(100);
    last().opens();
    streams[0]?.emit('data', Buffer.from('old'));
    streams[0]?.emit('error', new Error('late'));
    last().emit('data', Buffer.from('new'));
    expect(streams).toHaveLength(2);
    expect(taken).toEqual(['new']);
    expect(states).toEqual(['opening', 'ready', 'lost', 'back-off', 'opening', 'ready']);
  });

  test('is lost once, however many ways it is told', async () => {
    const { states, pass, last } = startSession();
    await pass(0);
    last().opens();
    last().emit('error', new Error('write failed'));
    last().closes();
    last().closes();
    await pass(0);
    expect(states.filter((state) => state === 'lost')).toHaveLength(1);
  });

  test('zeroes the bytes it was given once they are taken', async () => {
    const { pass, last } = startSession();
    await pass(0);
    last().opens();
    const bytes = Buffer.from('80000');
    last().emit('data', bytes);
    expect([...bytes]).toEqual([0, 0, 0, 0, 0]);
  });

  test('gives an opening up after 3 s, and closes it when it succeeds late', async () => {
    const { streams, states, pass, last } = startSession();
    await pass(0);
    await pass(3_000);
    expect(states).toEqual(['opening', 'lost']);
    last().opens();
    expect(streams[0]?.closeCalls).toBe(1);
    last().closes();
    await pass(0);
    expect(states.at(-1)).toBe('back-off');
  });

  test('is lost within 2 s when another device stands under the same link', async () => {
    const { states, device, pass, last } = startSession();
    await pass(0);
    last().opens();
    await pass(2_000);
    expect(states.at(-1)).toBe('ready');
    device.identity = 'b';
    await pass(2_000);
    expect(states.at(-1)).toBe('lost');
    expect(last().closeCalls).toBe(1);
  });

  test('asks for a new process after two ports that would not close', async () => {
    const { device, pass, last, stuckCount } = startSession();
    await pass(0);
    for (const identity of ['b', 'c']) {
      expect(stuckCount()).toBe(0);
      last().opens();
      device.identity = identity;
      await pass(2_000);
      await pass(2_000);
      await pass(5_000);
    }
    expect(stuckCount()).toBe(1);
  });

  test('stops although its port will not close', async () => {
    const { session, states, pass, last } = startSession();
    await pass(0);
    last().opens();
    const stopped = session.stop();
    await pass(2_000);
    await stopped;
    expect(states.at(-1)).toBe('stopped');
  });

  test('has sent what was written once it has drained, and refuses to write where nothing is open', async () => {
    const { session, pass, last } = startSession();
    expect(await session.send(Buffer.from('early'))).toBe('refused');
    await pass(0);
    last().opens();
    const outcome = session.send(Buffer.from('receipt'));
    last().drained?.();
    expect(await outcome).toBe('sent');
    expect(last().written.map(String)).toEqual(['receipt']);
  });

  test('has lost what was being written when the device went away, and writes none of it to the next stream', async () => {
    const { session, streams, pass, last } = startSession();
    await pass(0);
    last().opens();
    const outcome = session.send(Buffer.from('receipt'));
    last().closes();
    expect(await outcome).toBe('lost');
    await pass(0);
    await pass(100);
    last().opens();
    // The driver's late word on it changes nothing.
    streams[0]?.drained?.();
    expect(streams.map(({ written }) => written.length)).toEqual([1, 0]);
  });

  test('closes its port before a sleep, leaves it alone meanwhile, and opens a new stream at once afterwards', async () => {
    const { session, streams, states, taken, pass, last } = startSession();
    await pass(0);
    last().opens();
    session.suspend();
    expect(streams[0]?.closeCalls).toBe(1);
    // A printer's job that was given up asks for a fresh port; a sleeping one has none.
    session.restart();
    await pass(60_000);
    expect(await session.send(Buffer.from('x'))).toBe('refused');
    expect(streams).toHaveLength(1);
    session.resume();
    await pass(0);
    last().opens();
    streams[0]?.emit('data', Buffer.from('old'));
    last().emit('data', Buffer.from('new'));
    expect(taken).toEqual(['new']);
    expect(states).toEqual(['opening', 'ready', 'asleep', 'opening', 'ready']);
  });

  test('does not open its port after a sleep before the old one is closed', async () => {
    const { session, streams, pass, last } = startSession();
    await pass(0);
    last().opens();
    session.suspend();
    session.resume();
    await pass(1_000);
    expect(streams).toHaveLength(1);
    last().closes();
    await pass(0);
    expect(streams).toHaveLength(2);
  });

  test('stays stopped over a sleep', async () => {
    const { session, streams, states, pass, last } = startSession();
    await pass(0);
    last().opens();
    const stopped = session.stop();
    last().closes();
    await stopped;
    session.suspend();
    session.resume();
    session.restart();
    await pass(60_000);
    expect(states.at(-1)).toBe('stopped');
    expect(streams).toHaveLength(1);
  });

  test('waits while nothing is plugged in', async () => {
    const { states, streams, device, pass, last } = startSession({ isPluggedIn: false });
    await pass(0);
    await pass(100);
    expect(states).toEqual(['absent', 'absent']);
    device.identity = 'a';
    await pass(200);
    last().opens();
    expect(states.at(-1)).toBe('ready');
    expect(streams).toHaveLength(1);
  });

  test('is blocked at once when permission is missing, tries again after 1 s and then every 10 s', async () => {
    const { states, streams, pass, last } = startSession();
    const denies = async (): Promise<void> => {
      last().opening = false;
      last().emit('error', new Error('Error: Permission denied, cannot open /dev/ttyACM0'));
      await pass(0);
    };
    await pass(0);
    await denies();
    expect(states).toEqual(['opening', 'blocked']);
    await pass(1_000);
    expect(streams).toHaveLength(2);
    await denies();
    await pass(9_999);
    expect(streams).toHaveLength(2);
    await pass(1);
    expect(streams).toHaveLength(3);
  });
});

describe('the pause between attempts', () => {
  test('doubles from 100 ms to 5 s, give or take a fifth, and starts over when reset', () => {
    const backoff = createBackoff(() => 0.5);
    const pauses = Array.from({ length: 8 }, () => backoff.nextMs());
    expect(pauses).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    backoff.reset();
    expect(backoff.nextMs()).toBe(100);
    expect(createBackoff(() => 0).nextMs()).toBe(80);
    expect(createBackoff(() => 0.999_999).nextMs()).toBeCloseTo(120);
  });
});
