import { describe, expect, test } from 'vitest';
import { startProbe, TEST_CODE } from '../../../main/devices/probe.ts';
import type { LineSettings, ProbeState } from '../../../shared/contract/devices.ts';
import { createHandClock } from './hand-clock.ts';
import { HandStream } from './hand-stream.ts';

const lines: readonly LineSettings[] = [
  { baudRate: 9600, framing: '8N1' },
  { baudRate: 9600, framing: '7E1' },
  { baudRate: 9600, framing: '7O1' },
  { baudRate: 115_200, framing: '8N1' },
  { baudRate: 19_200, framing: '8N1' },
  { baudRate: 38_400, framing: '8N1' },
];

const ones = (byte: number): number => byte.toString(2).replaceAll('0', '').length;

/** The eight bits a device puts on the line for a character. */
function sent(character: number, framing: LineSettings['framing']): number {
  if (framing === '8N1') return character;
  const isOdd = ones(character) % 2 === 1;
  return character | ((framing === '7E1') === isOdd ? 0x80 : 0);
}

/** What a line set to `line` makes of it: serialport drops a byte of wrong parity, another speed makes noise. */
function heard(text: string, device: LineSettings, line: LineSettings): Buffer {
  const bytes = [...Buffer.from(text)].map((character) => sent(character, device.framing));
  if (device.baudRate !== line.baudRate) return Buffer.from(bytes.map((byte) => (byte * 7) | 0x80));
  if (line.framing === '8N1') return Buffer.from(bytes);
  const isEven = line.framing === '7E1';
  return Buffer.from(bytes.filter((byte) => (ones(byte) % 2 === 0) === isEven).map((byte) => byte & 0x7f));
}

function start() {
  const clock = createHandClock();
  const streams: HandStream[] = [];
  const opened: LineSettings[] = [];
  const states: ProbeState[] = [];
  const probe = startProbe({
    deviceId: 'scanner-1',
    path: '/dev/ttyACM0',
    clock,
    openStream(_path, line) {
      const stream = new HandStream();
      streams.push(stream);
      opened.push(line);
      return stream;
    },
    onState: (state) => void states.push(state),
  });
  /** Lets time pass; a port that was to be closed is, and the next one opens. */
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    streams.findLast(({ closing }) => closing)?.closes();
    await new Promise(setImmediate);
    const last = streams.at(-1);
    if (last?.opening === true) last.opens();
  };
  /** A person scans `text` on a device that is set so. */
  const scan = (text: string, device: LineSettings): Buffer => {
    const line = opened.at(-1);
    if (line === undefined) throw new Error('No port is open');
    const bytes = heard(`${text}\r`, device, line);
    // A Buffer without bytes is never an event.
    if (bytes.length > 0) streams.at(-1)?.emit('data', bytes);
    return bytes;
  };
  return { probe, streams, opened, states, pass, scan };
}

describe('the line probe', () => {
  test.each(lines)('finds a scanner set to $baudRate $framing, and nothing before it', async (device) => {
    const { states, opened, streams, pass, scan } = start();
    for (let turn = 0; turn < 12 && states.at(-1)?.step === 'trying'; turn += 1) {
      await pass(0);
      scan(TEST_CODE, device);
      // With a wrong parity a line may hear nothing at all; then it takes the whole 6 s.
      await pass(6_000);
    }
    expect(states.at(-1)).toEqual({ step: 'found', deviceId: 'scanner-1', line: device });
    expect(opened).toEqual(lines.slice(0, lines.indexOf(device) + 1));
    expect(streams.map(({ closeCalls }) => closeCalls)).toEqual(opened.map(() => 1));
  });

  test('takes a code with an identifier, and no other code', async () => {
    const [first] = lines;
    if (first === undefined) throw new Error('No lines');
    const { states, pass, scan } = start();
    await pass(0);
    for (const text of [`${TEST_CODE}9`, TEST_CODE.slice(1), 'NR']) scan(text, first);
    expect(states.at(-1)?.step).toBe('trying');
    scan(`]C0${TEST_CODE}`, first);
    await pass(0);
    expect(states.at(-1)).toEqual({ step: 'found', deviceId: 'scanner-1', line: first });
  });

  test('fails after three rounds of all settings when what comes is never the code, and says how much came', async () => {
    const { states, opened, streams, pass, scan } = start();
    let count = 0;
    for (let turn = 0; turn < 40 && states.at(-1)?.step === 'trying'; turn += 1) {
      await pass(0);
      const bytes = scan('another code', { baudRate: 2400, framing: '8N1' });
      count += bytes.length;
      expect([...bytes]).toEqual([...bytes].fill(0));
      await pass(400);
    }
    expect(states.at(-1)).toEqual({ step: 'failed', deviceId: 'scanner-1', bytes: count });
    expect(opened).toEqual([...lines, ...lines, ...lines]);
    expect(streams.every(({ closeCalls }) => closeCalls === 1)).toBe(true);
  });

  test('waits 6 s at each of the settings while nothing comes', async () => {
    const { opened, pass } = start();
    await pass(0);
    await pass(5_999);
    expect(opened).toHaveLength(1);
    await pass(1);
    expect(opened).toHaveLength(2);
  });

  test('frees the port when it is stopped, and tries nothing more', async () => {
    const { probe, streams, opened, states, pass } = start();
    await pass(0);
    const stopped = probe.stop();
    await pass(0);
    await stopped;
    await pass(60_000);
    expect(streams[0]?.closeCalls).toBe(1);
    expect(opened).toHaveLength(1);
    expect(states.map(({ step }) => step)).toEqual(['trying']);
  });
});
